from __future__ import annotations

import importlib
import json

import pytest

from integration.cli import asking
from integration.services.evaluate import Summary

VISA = "4111 1111 1111 1111"


def lines(*rows) -> str:
    return "".join(json.dumps(row) + "\n" for row in rows)


LABELLED = lines(
    {
        "id": 1,
        "text": f"card {VISA}.",
        "spans": [{"start": 5, "end": 24, "kind": "CREDIT_CARD"}],
        "origin": "stripe (a page)",
    },
    {
        "id": 2,
        "text": "nothing, it says",
        "spans": [{"start": 0, "end": 7, "kind": "PAN"}, {"start": 0, "end": 1, "kind": "PERSON"}],
        "origin": "repo/name:tests/a.py",
    },
    {"id": 3, "text": f"<b>{VISA}</b>", "media_type": "text/html", "spans": []},
)


def test_each_kind_and_each_group_has_its_rates(run):
    rows = run("eval", "--jsonl", "-", "--json", stdin=LABELLED).rows
    assert rows[0] == {
        "kind": "PAN",
        "labelled": 2,
        "found": 1,
        "missed": 1,
        "extra": 1,
        "precision": 0.5,
        "recall": 0.5,
        "f1": 0.5,
    }
    assert {row["origin"]: (row["found"], row["missed"], row["extra"]) for row in rows[1:]} == {
        "-": (0, 0, 1),
        "repo/name": (0, 1, 0),
        "stripe": (1, 0, 0),
    }


def test_people_get_tables_and_are_told_what_is_not_judged(run):
    said = run("eval", "--jsonl", "-", stdin=LABELLED)
    assert "PAN   2         1      1       1      50.0%" in said.out
    assert "Labelled, but not looked for here: PERSON 1." in said.err


@pytest.mark.parametrize(
    "bad",
    [
        {"id": 1, "text": VISA},
        {"id": 1, "text": VISA, "spans": [{"start": 0, "end": 4}]},
        {"id": 1, "text": VISA, "spans": [{"start": "0", "end": 4, "kind": "PAN"}]},
        {"id": 1, "text": VISA, "spans": {}},
    ],
    ids=["no spans", "no kind", "no number", "no list"],
)
def test_a_line_without_good_labels_is_named_by_its_number_only(run, bad):
    said = run("eval", "--jsonl", "-", stdin=lines(bad), code=2)
    assert "Line 1 is not of the form" in said.err
    assert "1111" not in said.err


@pytest.mark.parametrize(
    "args",
    [
        (),
        ("acme", "--jsonl", "-"),
        ("--jsonl", "-", "--sample", "5"),
        ("acme",),
        ("acme", "--json"),
    ],
    ids=["nothing", "both", "sample of a file", "no terminal", "json"],
)
def test_wrong_use_ends_with_two_and_shows_nothing(run, args):
    said = run("eval", *args, stdin="", code=2)
    assert said.out == ""


@pytest.fixture
def at_terminal(monkeypatch):
    """The test runner's streams take the place of a terminal."""
    command = importlib.import_module("integration.cli.evaluate")

    class Terminal:
        def isatty(self):
            return True

    class Streams:
        stdout = stdin = Terminal()

    monkeypatch.setattr(command, "sys", Streams)


def test_an_accounts_own_tickets_are_asked_about_and_the_result_is_kept(
    run, connected, simulator, at_terminal
):
    simulator.customer_writes("Old", f"my card {VISA} for order 12345678901234")
    first = run("eval", connected, "--sample", "5000", stdin="y\n" * 500 + "q\n")
    assert "Is that right?" in first.out
    assert "card number" in first.out
    assert "•••• •••• •••• ••••" in first.out
    assert "1111" not in first.out + first.err
    assert "95 % interval" in first.out
    again = run("eval", connected, "--sample", "5000", stdin="")
    assert "Is that right?" not in again.out


def test_it_may_be_stopped_at_any_question(run, connected, simulator, at_terminal):
    simulator.customer_writes("Old", f"my card {VISA}")
    said = run("eval", connected, "--sample", "4000", stdin="q\n")
    assert "Stopped. Start it again with the same size to go on." in said.err


def test_a_sample_is_asked_about_in_a_ticket_and_its_result_shown(run, connected, simulator):
    simulator.customer_writes("Old", f"my card {VISA}")
    said = run("eval", connected, "--sample", "3000", "--ticket")
    assert "listed in the ticket" in said.err
    assert "deskwarden eval acme --result" in said.err
    assert "1111" not in said.out + said.err
    (row,) = run("eval", connected, "--result", "--json").rows
    assert (row["missed"], row["clean_asked"], row["interval"]) == (0, 0, [0.0, 1.0])


def test_a_paused_account_is_asked_nothing(run, connected):
    run("account", "pause", connected)
    assert "paused" in run("eval", connected, "--ticket", code=2).err


def test_there_is_no_result_without_a_sample(run, connected):
    assert "No sample of the account acme was drawn." in run("eval", "acme", "--result", code=2).err


def test_the_result_is_told_to_machines_too(capsys):
    asking._emit(Summary(tickets=9, by_kind={"PAN": (9, 10)}, missed=(0, 4), with_numbers=5))
    first, second = map(json.loads, capsys.readouterr().out.splitlines())
    assert first["precision"] == 0.9
    assert first["interval"] == [0.5958, 0.9821]
    assert second["clean_with_numbers"] == 5


def test_the_result_says_what_is_not_known(capsys):
    asking.show(Summary(tickets=3, by_kind={"PAN": (2, 2)}, missed=(0, 0), with_numbers=0))
    said = capsys.readouterr().out
    assert "100.0%" in said
    assert "34.2% to 100.0%" in said
    assert "what was missed is not known" in said


def test_the_result_estimates_what_was_missed(capsys):
    asking.show(Summary(tickets=100, by_kind={}, missed=(1, 10), with_numbers=20))
    said = capsys.readouterr().out
    assert "Cards missed in 1 of 10 tickets" in said
    assert "about 20.0 per 1,000 tickets (95 % interval 3.6 to 80.8)" in said
