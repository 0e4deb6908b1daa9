from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

SECRET = "to be erased"


@pytest.fixture
def dirty(simulator):
    """A ticket whose first message is to be erased: (ticket id, message id)."""
    ticket_id = simulator.customer_writes("Hei", SECRET)
    return ticket_id, simulator.store.tickets[ticket_id].groups[0].messages[1].id


def places(simulator):
    return [place for place, text in simulator.stored_texts() if SECRET in text]


def test_a_hard_delete_erases_the_text_and_the_preview(simulator, api, dirty):
    ticket_id, message_id = dirty
    assert len(places(simulator)) == 2
    assert api.delete(f"/messages/{message_id}").get_json() == {}
    assert places(simulator) == []
    assert SECRET not in api.texts(ticket_id)


def test_a_soft_delete_keeps_the_text_and_marks_the_group(simulator, api, dirty):
    simulator.set_switches(message_delete="soft")
    ticket_id, message_id = dirty
    assert api.delete(f"/messages/{message_id}").status_code == 200
    group = api.get(f"/tickets/{ticket_id}/messages")[0]
    assert group["status"] == "D"
    assert SECRET in api.texts(ticket_id)
    assert not [place for place, text in simulator.visible_texts() if SECRET in text]


@pytest.mark.parametrize(("how", "status"), [("404_for_non_legacy", 404), ("no_effect", 200)])
def test_a_delete_may_not_delete(simulator, api, dirty, how, status):
    simulator.set_switches(message_delete=how)
    ticket_id, message_id = dirty
    assert api.delete(f"/messages/{message_id}").status_code == status
    assert SECRET in api.texts(ticket_id)


def test_the_preview_may_outlive_the_message(simulator, api, dirty):
    simulator.set_switches(preview_kept=True)
    ticket_id, message_id = dirty
    api.delete(f"/messages/{message_id}")
    assert places(simulator) == [f"ticket/{ticket_id}/preview"]


def test_quoted_text_is_hidden_unless_it_is_asked_for(simulator, api):
    ticket_id = simulator.customer_writes("Hei", "Hei")
    simulator.customer_replies(ticket_id, "again", quoted=SECRET)
    quotes = [m for m in api.messages(ticket_id) if m["type"] == "Q"]
    assert [m["message"] for m in quotes] == [""]
    assert SECRET in api.texts(ticket_id)
    simulator.set_switches(quoted_hidden_without_flag=False)
    assert SECRET in [m["message"] for m in api.messages(ticket_id)]


def test_a_deleted_file_message_takes_its_file_along(simulator, api):
    ticket_id = simulator.customer_writes(
        "Hei", "Hei", files=[("a", "text/plain", b"to be erased")]
    )
    (message,) = [m for m in api.messages(ticket_id) if m["type"] == "F"]
    api.delete(f"/messages/{message['id']}")
    assert places(simulator) == []


def test_a_chat_runs_until_it_is_closed(simulator, api):
    ticket_id = simulator.open_chat("hello?")
    simulator.chat_line(ticket_id, "anyone?")
    assert [c["id"] for c in api.get("/chats")] == [ticket_id]
    assert api.get(f"/tickets/{ticket_id}")["status"] == "T"
    simulator.close_chat(ticket_id)
    assert api.get("/chats") == []
    assert api.get(f"/tickets/{ticket_id}")["status"] == "A"


def test_message_ids_count_up_from_501(simulator, api):
    ticket_id = simulator.customer_writes("Hei", "Hei")
    assert [m["id"] for m in api.messages(ticket_id)] == ["501", "502"]
    assert api.get("/messages/502", subString_Start=1, subString_Length=2)["message"] == "ei"


def test_the_answers_of_a_form_are_messages_of_their_own(simulator, api):
    ticket_id = simulator.customer_writes("Hei", "Hei", channel="M", form={"Card": SECRET})
    assert [(m["type"], m["message"]) for m in api.messages(ticket_id)][-1] == (
        "Z",
        f"Card: {SECRET}",
    )


def test_nothing_is_lost_when_many_write_at_once(simulator, v1):
    ticket_id = simulator.customer_writes("Hei", "Hei")
    path = f"/conversations/{ticket_id}/messages"
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda n: v1("POST", path, type="N", message=str(n)), range(100)))
    assert {answer.status_code for answer in answers} == {200}
    notes = [m for g in simulator.store.tickets[ticket_id].groups for m in g.messages]
    written = [m for m in notes if m.type == "N"]
    assert sorted(int(m.text) for m in written) == list(range(100))
    assert len({m.id for m in written}) == 100
