"""Every operation of the published client has a route and answers in its model.

The tables have the names, paths, models, parameters and privileges of the client's operations, as
in the Python client (github.com/QualityUnit/LiveAgent-api-python, its older versions too) and in
the npm package @qualityunit/liveagent-api 0.0.4. What a simulator cannot have (a billed plan, a
Slack workspace) is refused in the error model.
"""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

import pytest

from tests.connectors.liveagent.simulator.conftest import BUTTON, DEVICE

FIXTURES = Path(__file__).parent / "fixtures"
OPERATIONS = json.loads((FIXTURES / "operations.json").read_text())
PARAMETERS = json.loads((FIXTURES / "parameters.json").read_text())
"""What each operation cannot be called without, by the names that go over the wire."""
PRIVILEGES = json.loads((FIXTURES / "privileges.json").read_text())
"""The privileges that the published client declares; any of them will do.

Of those for one's own records (`api.read_own`) only what stands alone is looked at.
"""
WITHOUT_KEY = {
    "Api.login",
    "Countries.get_countries",
    "Token.get_access_token",
    "TimeZones.get_timezones_list",
    "Hosting.get_info",
    "Devices.get_mobile_login_configuration",
}
NOT_THERE = {
    "Queue.get_queue_batch",
    "Slack.get_conversation",
    "Slack.get_slack_user",
    "Slack.get_template",
    "Variations.get_variation",
}


def filled(path: str, **ids: str) -> str:
    return re.sub(r"\{(\w+)\}", lambda m: str(ids.get(m[1], "nothere0")), path)


PLANS = {"DeviceDepartments": [{"day": 1, "start": "08:00", "end": "16:00"}]}
STATUS = {"DeviceDepartments": [{"device_id": 1.0, "department_id": "default",
                                  "preset_status": "F"}]}  # fmt: skip


def test_every_published_operation_has_a_route(simulator):
    routes = simulator.app.url_map.bind("acme.example")
    for _, method, path, _ in OPERATIONS:
        assert routes.test(f"/api/v3{filled(path)}", method), f"{method} {path}"


def test_every_published_operation_asks_for_a_key(admin_api, problems):
    for name, method, path, _ in OPERATIONS:
        if name in WITHOUT_KEY:
            continue
        answer = admin_api.call(method, filled(path), headers={"apikey": "wrong"})
        assert answer.status_code == 403, name
        assert problems(answer.get_json(), "ErrorResponse", name) == []


def test_a_published_privilege_opens_its_operation_and_a_key_without_any_is_refused(
    simulator, admin_api, problems
):
    simulator.switches.requests_per_minute = 0
    key = next(k for k in simulator.store.api_keys.values() if k.key == admin_api.headers["apikey"])
    for name, method, path, _ in OPERATIONS:
        wanted = PRIVILEGES.get(name, "").split()
        for privilege in [p for p in wanted if not p.endswith("own")] or wanted:
            key.scopes = frozenset({privilege})
            assert admin_api.call(method, filled(path)).status_code != 403, (name, privilege)
        if name in PRIVILEGES:
            key.scopes = frozenset()
            refused = admin_api.call(method, filled(path))
            assert (name, refused.status_code) == (name, 403)
            assert problems(refused.get_json(), "ErrorResponse", name) == []


def test_what_the_published_client_calls_without_a_key_is_answered(simulator, admin_api, problems):
    simulator.seed_tickets(3)
    reads = [o for o in OPERATIONS if o[0] in WITHOUT_KEY and o[1] == "GET" and o[2] != "/token"]
    assert len(reads) == 4
    for name, method, path, model in reads:
        answer = admin_api.call(method, path, headers={})
        assert (name, answer.status_code) == (name, 200)
        assert answer.get_json()
        assert problems(answer.get_json(), model, model) == []


def test_every_published_read_answers_in_its_model(ids, admin_api, simulator, problems):
    simulator.switches.requests_per_minute = 0
    reads = [o for o in OPERATIONS if o[1] == "GET" and o[0] not in WITHOUT_KEY | NOT_THERE]
    assert len(reads) > 90
    for name, method, path, model in reads:
        answer = admin_api.call(method, filled(path, **ids))
        assert (name, answer.status_code) == (name, 200)
        assert problems(answer.get_json(), model, name) == []


def test_what_a_simulator_does_not_have_is_not_found(admin_api, problems):
    for name, method, path, _ in OPERATIONS:
        if name in NOT_THERE:
            answer = admin_api.call(method, filled(path))
            assert answer.status_code == 404, name
            assert problems(answer.get_json(), "ErrorResponse", name) == []


def sample(operation: str, name: str, ids) -> str:
    """A value that the simulator takes for a parameter."""
    by_operation = {
        "Calls.call_change_channel_status": "R",
        "Calls.call_create": "4721000000",
        "PhoneNumbers.add_number": {"type": "S", "number": "+471", "status": "A"}.get(name),
        "Phones.update_phone_params": "{}",
    }
    by_name = {
        "channelId": "ch1", "callId": "c1", "secCallId": "c1", "to_callId": "c1",
        "deleteTickets": "True", "department_id": "default", "ipAddress": "203.0.113.1",
        "phoneId": "ph000001", "reg_status": "N", "registration_email": "a@b.example",
        "status": "I", "ticketId": ids["ticketId"], "voiceStatus": "N",
    }  # fmt: skip
    return by_operation.get(operation) or by_name.get(name, "1")


@pytest.mark.parametrize("operation", sorted(set(PARAMETERS) - WITHOUT_KEY))
def test_a_published_operation_takes_its_parameters_by_their_names(
    ids, admin_api, problems, operation
):
    method, path = next((o[1], o[2]) for o in OPERATIONS if o[0] == operation)
    names = PARAMETERS[operation]
    own_call = {"callId": "new"} if operation == "Calls.call_create" else {}

    def answer(without: str = ""):
        given = {name: sample(operation, name, ids) for name in names if name != without}
        query = {name: value for name, value in given.items() if names[name] == "query"}
        form = {name: value for name, value in given.items() if names[name] == "form"}
        return admin_api.call(method, filled(path, **ids | own_call), query_string=query, data=form)

    for name in names.keys() - {"pluginPurpose", "ipAddress"}:
        refused = answer(without=name)
        assert refused.status_code == 400
        assert refused.get_json()["message"].endswith(f": {name}")
        assert problems(refused.get_json(), "ErrorResponse", operation) == []
    assert answer().status_code == 200


@pytest.mark.parametrize(
    ("method", "path", "given", "model"),
    [
        ("PUT", "/agent_phone/{agentId}", {"query_string": {"phoneId": "ph000001"}}, "OkResponse"),
        ("POST", "/agents/{userId}/updateVoiceStatus?voiceStatus=N", {}, "OkResponse"),
        ("POST", "/agents/{userId}/_login", {}, "ErrorResponse"),
        ("PUT", "/custom_buttons/{customButtonId}", {"json": {"status": "I"}}, "CustomButton"),
        ("DELETE", "/custom_buttons/{customButtonId}", {}, "OkResponse"),
        ("PUT", "/devices/{deviceId}", {"json": {"preset_status": "F"}}, "Device"),
        (
            "PUT",
            "/devices/{deviceId}/departments/{departmentId}",
            {"json": {"work_allocation_allowed": False}},
            "DeviceDepartment",
        ),
        ("PUT", "/devices/departments/update", {"json": STATUS}, "list[DeviceDepartment]"),
        (
            "POST",
            "/devices/{deviceId}/departments/{departmentId}/plans",
            {"json": PLANS},
            "list[DeviceDepartmentPlan]",
        ),
        ("DELETE", "/devices/{deviceId}/departments/{departmentId}/plans", {}, "OkResponse"),
        ("DELETE", "/devices/{deviceId}", {}, "OkResponse"),
        ("POST", "/elastic/reindex", {"json": {"type": "T"}}, "ElasticMessage"),
        ("PUT", "/extensions/{extensionId}", {"data": {"number": "199"}}, "Extension"),
        (
            "POST",
            "/phone_numbers",
            {"data": {"type": "S", "number": "+471", "status": "A", "record_in_call": "True"}},
            "PhoneNumber",
        ),
        ("PUT", "/phone_numbers/{phoneNumberId}", {"json": {"number": "+472"}}, "PhoneNumber"),
        ("PUT", "/phone_numbers/{phoneNumberId}/status", {"data": {"status": "I"}}, "PhoneNumber"),
        ("DELETE", "/phone_numbers/{phoneNumberId}", {}, "OkResponse"),
        ("POST", "/phones?number=12&type=E&trunk_id=3.0", {}, "PhoneDevice"),
        ("PUT", "/phones/{phoneId}", {"data": {"name": "desk", "trunk_id": "4"}}, "PhoneDevice"),
        ("PUT", "/phones/{phoneId}/_updateParams", {"data": {"params": "{}"}}, "OkResponse"),
        ("PUT", "/phones/{phoneId}/_updateRegStatus", {"data": {"reg_status": "N"}}, "OkResponse"),
        ("DELETE", "/phones/{phoneId}", {}, "OkResponse"),
        ("PUT", "/viber_accounts/{accountId}", {"json": {"name": "v"}}, "ViberAccount"),
        ("PUT", "/viber_accounts/{accountId}/status", {"data": {"status": "I"}}, "ViberAccount"),
        ("DELETE", "/viber_accounts/{accountId}", {}, "OkResponse"),
        (
            "PUT",
            "/subscriptions/{subscriptionId}/custom_domain",
            {"json": {"custom_domain": "help.acme.example"}},
            "OkResponse",
        ),
        ("POST", "/sip_configuration/restore", {}, "OkResponse"),
        ("POST", "/calls/{callId}/_ring", {}, "CallStatus"),
        ("POST", "/calls/{callId}/_transfer?to=ceb5937b", {}, "CallTransferResult"),
        ("POST", "/calls/{callId}/messages", {"json": {"type": "T", "message": "x"}}, "OkResponse"),
        ("POST", "/calls/{callId}/channels/{channelId}/_hold", {}, "OkResponse"),
        ("DELETE", "/calls/{callId}/channels/{channelId}", {}, "OkResponse"),
        ("POST", "/calls/{callId}/_stop", {}, "OkResponse"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_published_write_answers_in_its_model(
    ids, admin_api, problems, method, path, given, model
):
    answer = admin_api.call(method, filled(path, **ids), **given)
    assert answer.status_code == 200
    assert problems(answer.get_json(), model, model) == []


@pytest.mark.parametrize(
    ("method", "path", "given", "status"),
    [
        ("POST", "/custom_buttons", {"json": {"name": "no address"}}, 400),
        ("POST", "/custom_buttons", {"json": BUTTON | {"method": "PUT"}}, 400),
        ("POST", "/devices", {"json": DEVICE | {"type": "Z"}}, 400),
        ("GET", "/devices/first", {}, 400),
        ("GET", "/devices/999", {}, 404),
        ("PUT", "/devices/departments/update", {"json": {}}, 400),
        ("GET", "/devices/{deviceId}/departments/c0mpl1an", {}, 404),
        ("POST", "/phones?number=12&trunk_id=main", {}, 400),
        ("POST", "/phone_numbers", {"data": {"number": "1"}}, 400),
        ("PUT", "/phone_numbers/{phoneNumberId}/status", {"data": {"status": "Z"}}, 400),
        ("POST", "/agents/{userId}/updateVoiceStatus", {}, 400),
        ("POST", "/agents/convert", {"json": {"name": "n", "email": "no@one.example"}}, 404),
        ("GET", "/slas/c0mpl1an", {}, 404),
        ("GET", "/subscriptions/other/domain", {}, 404),
        ("POST", "/calls/c1?to_number=1&from_number=2", {}, 400),
        ("POST", "/calls/{callId}/messages", {"json": {"type": "Z", "message": "x"}}, 400),
        ("POST", "/calls/{callId}/channels/other/_hold", {}, 404),
        ("PUT", "/calls/{callId}/channels/{channelId}/_status?status=Z", {}, 400),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_does_not_fit_is_refused_in_the_error_model(
    ids, admin_api, problems, method, path, given, status
):
    answer = admin_api.call(method, filled(path, **ids), **given)
    assert answer.status_code == status
    assert problems(answer.get_json(), "ErrorResponse", path) == []


def test_a_call_is_rung_answered_written_to_its_ticket_and_ended(ids, admin_api, simulator):
    assert admin_api.get("/calls/c1/status") == {"status": "Q", "queue_position": 1}
    rung = admin_api.call("POST", "/calls/c1/_ring").get_json()
    assert (rung["status"], rung["agent"]["device"]["type"]) == ("R", "W")
    admin_api.call("POST", "/calls/c1/_answer?to_number=1")
    admin_api.post("/calls/c1/messages", {"type": "N", "message": "asked about an order"})
    recording = {"file": (io.BytesIO(b"RIFF"), "call.wav", "audio/wav")}
    admin_api.call("POST", "/calls/c1/recordings", data=recording)
    listed = admin_api.get("/calls")[0]
    written = admin_api.messages(listed["ticketId"])
    assert [m["type"] for m in written] == ["T", "N", "V"]
    assert simulator.store.tickets[listed["ticketId"]].status == "P"
    admin_api.call("POST", "/calls/c1/_stop")
    assert simulator.store.tickets[listed["ticketId"]].status == "A"
    assert admin_api.get("/calls")[0]["callDuration"] == "0"


@pytest.mark.parametrize(
    ("direction", "kind"), [("in", "I"), ("out", "O"), ("int", "T"), ("auto", "O")]
)
def test_a_call_goes_the_way_that_is_said_or_that_its_numbers_say(admin_api, direction, kind):
    (ours,) = admin_api.get("/phone_numbers")
    numbers = {"to_number": "4721000000", "from_number": ours["number"], "direction": direction}
    assert admin_api.call("POST", "/calls/c9", query_string=numbers).status_code == 200
    assert admin_api.get("/calls")[0]["type"] == kind


def test_a_call_from_outside_comes_in(admin_api):
    numbers = {"to_number": "4721000000", "from_number": "4799999999", "direction": "auto"}
    admin_api.call("POST", "/calls/c9", query_string=numbers)
    assert admin_api.get("/calls")[0]["type"] == "I"


@pytest.mark.parametrize("kind", ["W", "A", "S", "E", "I"])
def test_a_device_of_every_published_type_is_made(admin_api, problems, kind):
    made = admin_api.post("/devices", DEVICE | {"type": kind}).get_json()
    assert problems(made, "Device", "Device") == []


@pytest.mark.parametrize("plan_id", [7, "7"])
def test_a_plan_is_named_by_a_number_or_a_text(ids, admin_api, plan_id):
    plan = PLANS["DeviceDepartments"][0] | {"plan_id_start": plan_id}
    path = f"/devices/{ids['deviceId']}/departments/default/plans"
    answer = admin_api.call("POST", path, json={"DeviceDepartments": [plan]})
    assert answer.get_json()[0]["plan_id_start"] == plan_id


def test_a_registered_visitor_becomes_an_agent(admin_api):
    made = admin_api.post("/contacts", {"firstname": "A", "emails": ["a@b.example"]}).get_json()
    given = {"name": "A B", "email": "a@b.example"}
    assert admin_api.post("/agents/convert", given).status_code == 400
    admin_api.put(f"/contacts/{made['id']}/_register", {"registration_email": "a@b.example"})
    agent = admin_api.post("/agents/convert", given).get_json()
    assert admin_api.get(f"/agents/{agent['id']}")["email"] == "a@b.example"
    assert admin_api.call("GET", f"/contacts/{made['id']}").status_code == 404


@pytest.mark.parametrize("path", ["/bans", "/viber_accounts", "/grid/tickets/sla", "/extensions"])
def test_a_list_is_sorted_and_filtered_by_every_plain_field_it_shows(ids, admin_api, path):
    rows = admin_api.get(path)
    assert rows
    for name, value in rows[0].items():
        if isinstance(value, dict):
            continue
        filters = json.dumps([[name, "E", value]])
        assert rows[0] in admin_api.get(path, _filters=filters, _sortField=name), name


def test_an_agent_in_a_chat_is_busy(busy, admin_api):
    activity = {a["id"]: a for a in admin_api.get("/agents/activity")}
    assert activity["1pkaew79"]["agent_status"] == "B"
    assert activity["1pkaew79"]["active_tickets"][0]["status"] == "J"


def test_what_a_device_may_do_is_kept_per_department(ids, admin_api):
    path = f"/devices/{ids['deviceId']}.0/departments"
    admin_api.put(f"{path}/default", {"work_allocation_allowed": False})
    kept = {d["department_id"]: d["work_allocation_allowed"] for d in admin_api.get(path)}
    assert kept == {"default": False, "ceb5937b": True}
    admin_api.call("POST", f"{path}/default/plans", json=PLANS)
    plans = {
        p["department_id"]: p["plans"] for p in admin_api.get(f"/devices/{ids['deviceId']}/plans")
    }
    assert plans["default"][0]["start"] == "08:00"
    assert plans["ceb5937b"] == []


def test_the_older_token_call_answers_with_a_key(simulator, admin_api, problems):
    agent = next(a for a in simulator.store.agents.values() if a.password and a.status == "A")
    given = {"username": agent.email, "password": agent.password}
    answer = admin_api.call("GET", "/token", query_string=given, headers={})
    assert problems(answer.get_json(), "Token", "Token") == []
    key = {"apikey": answer.get_json()["key"]}
    assert admin_api.call("GET", "/agents/me", headers=key).get_json()["id"] == agent.id
    given["password"] = "wrong"
    assert admin_api.call("GET", "/token", query_string=given, headers={}).status_code == 403


def test_an_address_is_taken_out_of_a_banned_range(admin_api):
    admin_api.post("/bans", {"start_ip": "198.51.100.1", "end_ip": "198.51.100.9"})
    admin_api.call("PUT", "/bans/_exclude?ipAddress=198.51.100.5")
    left = sorted((ban["start_ip"], ban["end_ip"]) for ban in admin_api.get("/bans"))
    assert left == [("198.51.100.1", "198.51.100.4"), ("198.51.100.6", "198.51.100.9")]
    admin_api.call("PUT", "/bans/_exclude?ipAddress=198.51.100.1")
    assert {ban["start_ip"] for ban in admin_api.get("/bans")} == {"198.51.100.2", "198.51.100.6"}
    other = admin_api.call("PUT", "/bans/_exclude?ipAddress=2001:db8::1")
    assert other.status_code == 404


def test_extensions_are_read_to_their_end_with_the_cursor(simulator, ids, admin_api):
    extensions = simulator.store.shelves["extensions"]
    (first,) = list(extensions.values())[:1]
    extensions |= {f"more{n}": first | {"id": f"more{n}"} for n in range(3)}
    seen, cursor = [], ""
    while True:
        page = admin_api.call("GET", f"/extensions?_perPage=2&_cursor={cursor}")
        seen += [row["id"] for row in page.get_json()]
        cursor = page.headers.get("next_page_cursor", "")
        if not cursor:
            break
    assert sorted(seen) == sorted(extensions)


def test_the_phones_of_one_agent_are_asked_for_by_their_special_filter(ids, admin_api):
    admin_api.put("/agent_phone/1pkaew79", {"phoneId": ids["phoneId"]})
    filters = json.dumps({"userId": "1pkaew79"})
    assert [p["id"] for p in admin_api.get("/phones", _filters=filters)] == [ids["phoneId"]]
    assert admin_api.get("/phones", _filters=json.dumps({"userId": "nobody"})) == []


def test_a_whole_number_of_a_form_is_one(admin_api):
    form = {"type": "S", "number": "+471", "status": "A", "dial_out_prefix": "7"}
    made = admin_api.call("POST", "/phone_numbers", data=form).get_json()
    assert made["dial_out_prefix"] == 7
    wrong = admin_api.call("POST", "/phone_numbers", data=form | {"dial_out_prefix": "x"})
    assert wrong.status_code == 400


def test_phones_are_sorted_by_their_contacts(admin_api):
    for name, number in (("Bo", "1"), ("Al", "2")):
        admin_api.post("/contacts", {"firstname": name, "phones": [number]})
    rows = admin_api.get("/contact_phones", _sortField="firstname", _sortDir="ASC")
    assert [row["phone"] for row in rows if row["phone"] in {"1", "2"}] == ["2", "1"]
    assert all(row.keys() == {"phone", "contact"} for row in rows)


def test_a_contact_may_have_a_name_of_its_own(admin_api):
    given = {"firstname": "A", "system_name": "Own name"}
    assert admin_api.post("/contacts", given).get_json()["system_name"] == "Own name"


@pytest.mark.parametrize(
    ("method", "path", "body", "named"),
    [
        ("POST", "/apikeys/_login", {"login": "x"}, "password"),
        ("GET", "/token?password=x", None, "username"),
        ("POST", "/agents/undelete", {"email": "a@b.example"}, "name"),
        ("POST", "/agents/undelete", {"name": "A B"}, "email"),
    ],
)
def test_what_is_required_and_missing_is_named(admin_api, method, path, body, named):
    answer = admin_api.call(method, path, json=body)
    assert answer.status_code == 400
    assert named in answer.get_json()["message"]


def test_values_that_only_some_models_list_are_taken(admin_api):
    assert admin_api.post("/tags", {"name": "zz", "is_public": ""}).status_code == 200


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/grid/tickets", "rstatus"),
        ("/grid/tickets/sla", "sla_type"),
        ("/viber_accounts", "uri"),
        ("/contact_phones", "system_name"),
    ],
)
def test_a_list_takes_each_sort_field_that_the_client_names(busy, admin_api, path, name):
    for direction in ("ASC", "DESC"):
        query = {"_sortField": name, "_sortDir": direction}
        assert admin_api.call("GET", path, query_string=query).status_code in {200, 206}
