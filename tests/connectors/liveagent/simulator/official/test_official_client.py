"""LiveAgent's own JavaScript client, every operation of it, against the simulator over HTTP.

`make official` fetches the client (npm package @qualityunit/liveagent-api 0.0.4) and runs
this with Node.js; `make test` does not.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.connectors.liveagent.simulator.conftest import MODELS, model_problems
from tests.connectors.liveagent.simulator.official import package, published, samples

OPERATIONS = published.operations(package.FOLDER)
JS_MODELS = published.models(package.FOLDER)
CASES = [case for one in OPERATIONS for case in samples.cases(one, JS_MODELS)]

REFUSED = {
    "callAddRecording-required": (400, "a recording is a file"),
    "callFetchIvr": (400, "the simulator fetches nothing from outside"),
    "convertRegisteredVisitor": (404, "nobody is registered"),
    "getConversation": (404, "there is no Slack workspace"),
    "getQueueBatch": (404, "nothing is done in batches"),
    "getSlackUser": (404, "there is no Slack workspace"),
    "getTicketAttribute": (404, "none was set"),
    "getTemplate": (404, "there is no Slack workspace"),
    "getVariation": (404, "there is no variation"),
    "saveTemplate": (404, "there is no Slack workspace"),
    "setCustomDomain-only sslKey": (400, "a key is of a domain"),
    "setCustomDomain-only sslCrt": (400, "a certificate is of a domain"),
    "setTicketPostpone-only userid": (400, "until when"),
    "uploadFile-required": (400, "a file is a file"),
}
"""Operations or single cases: the status of the refusal, and why there is one."""

KINDS = {"string": str, "number": (int, float), "boolean": bool}


@pytest.fixture(scope="module")
def client():
    """The client in a Node.js process: `client(**call)` says what came of the call."""
    node = shutil.which("node")
    assert node, "Node.js is needed: apt-get install nodejs"
    script = Path(__file__).with_name("call.mjs")
    process = subprocess.Popen(
        [node, script, package.FOLDER / "dist/index.js"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )

    def call(**call):
        process.stdin.write(json.dumps(call) + "\n")
        process.stdin.flush()
        return json.loads(process.stdout.readline())

    yield call
    process.stdin.close()
    process.wait(10)
    process.stdout.close()


def problems(value, model: str, where: str) -> list[str]:
    """What in an answer fits neither this client's model nor that of the Python client.

    They are of different ages: each has fields that the other lacks, and some types differ.
    """
    if not isinstance(value, dict):
        return [f"{where}: not an object"]
    fields = {one.wire: one for one in JS_MODELS[model]}
    elsewhere = MODELS.get(model, {"fields": {}})["fields"]
    found = [f"{where}: unknown {name}" for name in value.keys() - fields.keys() - elsewhere.keys()]
    found += [
        f"{where}: {name} is missing"
        for name, one in fields.items()
        if not one.optional and name not in value
    ]
    for name in value.keys() & fields.keys():
        misfits = _misfits(value[name], fields[name], f"{where}.{name}")
        if name not in elsewhere or model_problems(value[name], elsewhere[name], where):
            found += misfits
    return found


def _misfits(value, one: published.Field, where: str) -> list[str]:
    inner = re.fullmatch(r"Array<(.+)>", one.kind)
    if inner:
        item = published.Field("", inner[1], optional=False)
        return [p for part in value for p in _misfits(part, item, f"{where}[]")]
    if one.values:
        return [] if value in one.values else [f"{where}: {value!r} is not listed"]
    if one.kind in JS_MODELS:
        return problems(value, one.kind, where)
    if one.kind == "Date":
        fits = isinstance(value, str) and re.match(r"\d{4}-\d\d-\d\d", value)
    else:
        fits = isinstance(value, KINDS.get(one.kind, object))
    return [] if fits else [f"{where}: {value!r} is not {one.kind}"]


def expected(case: samples.Case) -> int:
    refusal = REFUSED.get(str(case)) or REFUSED.get(case.operation.name)
    return refusal[0] if refusal else 200


@pytest.mark.parametrize("case", CASES, ids=str)
def test_the_official_client_gets_what_it_declares(case, client, simulator, admin_api, ids):
    simulator.switches.requests_per_minute = 0
    agent = next(one for one in simulator.store.agents.values() if one.password)
    more = {
        "login": agent.email,
        "username": agent.email,
        "password": agent.password,
        "ownerContactid": ids["contactId"],
    }
    came = client(
        api=case.operation.api,
        name=case.operation.name,
        parameters=case.parameters(JS_MODELS, ids | more),
        url=simulator.start(),
        key=admin_api.headers["apikey"],
    )
    assert (came["problems"], came["status"]) == ([], expected(case)), came.get("body")
    answer, model = json.loads(came["body"]), case.operation.answer
    if came["status"] != 200:
        assert problems(answer, "ErrorResponse", model) == []
    elif model:
        rows = answer if case.operation.is_list else [answer]
        assert [p for row in rows for p in problems(row, model, model)] == []


def test_every_operation_of_the_official_client_is_called():
    assert len(OPERATIONS) == 222
    assert len(CASES) > 900
