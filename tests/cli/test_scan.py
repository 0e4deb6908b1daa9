from __future__ import annotations

import base64
import importlib
import io
import json
import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest
from support.processes import untraced

from integration.cli import texts
from integration.core.detection import find

VISA = "4111 1111 1111 1111"
MASTERCARD = "5555555555554444"


def lines(*rows) -> str:
    return "".join(json.dumps(row) + "\n" for row in rows)


def scan(run, text, code=1):
    return run("scan", "--jsonl", "-", stdin=text, code=code)


def test_each_line_is_answered_in_order_with_offsets_of_its_text(run):
    said = scan(run, lines({"id": 2, "text": f"card {VISA}."}, {"id": "a", "text": "no card"}))
    assert [row["id"] for row in said.rows] == [2, "a"]
    (span,) = said.rows[0]["spans"]
    assert (span["start"], span["end"]) == (5, 24)
    assert (span["kind"], span["brand"], span["action"]) == ("PAN", "visa", "redact")
    assert set(span) == {"start", "end", "kind", "brand", "confidence", "action", "why"}
    assert said.rows[1] == {"id": "a", "spans": []}


def test_a_number_parted_by_tags_is_told_by_its_pieces(run):
    raw = "<p>kort <b>4111 1111</b> <i>1111 1111</i></p>"
    said = scan(run, lines({"id": 1, "text": raw, "media_type": "text/html"}))
    (span,) = said.rows[0]["spans"]
    assert [raw[a:b] for a, b in span["segments"]] == ["4111 1111", " ", "1111 1111"]
    assert raw[span["start"] : span["end"]] == "4111 1111</b> <i>1111 1111"


def test_an_encoded_part_is_told_as_a_whole_for_every_kind_that_it_holds(run):
    body = base64.b64encode(f"card {VISA} exp 12/27 cvc 123".encode()).decode()
    raw = f"Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\n{body}\n"
    said = scan(run, lines({"id": 1, "text": raw, "media_type": "message/rfc822"}))
    spans = said.rows[0]["spans"]
    assert {span["kind"] for span in spans} == {"PAN", "EXPIRY", "CVV"}
    assert {raw[span["start"] : span["end"]] for span in spans} == {body}


def test_offsets_count_code_points(run):
    said = scan(run, lines({"id": 1, "text": f"\N{CREDIT CARD} æøå {VISA}"}))
    assert said.rows[0]["spans"][0]["start"] == 6


def test_texts_without_findings_end_with_zero(run):
    assert scan(run, lines({"id": 1, "text": "order 10002000"}), code=0).rows == [
        {"id": 1, "spans": []}
    ]


@pytest.mark.parametrize(
    "bad",
    [
        f"card {VISA}",
        lines({"id": 1}),
        lines({"text": VISA}),
        lines({"id": 1, "text": 4111111111111111}),
        lines({"id": 1, "text": VISA, "media_type": 5}),
        lines([1, VISA]),
        '{"id": 1, "text": "' + VISA,
        "[" * 100_000,
        b"\xff\xfe" + VISA.encode(),
    ],
    ids=["words", "no text", "no id", "number", "type", "list", "cut", "deep", "not utf-8"],
)
def test_a_bad_line_is_named_by_its_number_only(run, bad):
    before = lines({"id": 0, "text": "fine"})
    given = before.encode() + bad if isinstance(bad, bytes) else before + bad
    said = scan(run, given, code=2)
    assert said.rows == [{"id": 0, "spans": []}]
    assert said.err == 'Error: Line 2 is not of the form {"id", "text", "media_type"?}.\n'


def test_other_line_ends_a_byte_order_mark_and_empty_lines_are_taken(run):
    text = "\ufeff" + lines({"id": 1, "text": VISA}, {"id": 2, "text": "-"}).replace(
        "\n", "\r\n\r\n"
    )
    assert [row["id"] for row in scan(run, text).rows] == [1, 2]


def test_a_line_of_megabytes_is_a_line(run):
    filler = "ordinary words without any numbers, " * 60_000
    (row,) = scan(run, lines({"id": 1, "text": f"{filler}{VISA}"})).rows
    assert row["spans"][0]["start"] == len(filler)


def test_lines_come_from_a_file_too(run, tmp_path):
    file = tmp_path / "texts.jsonl"
    file.write_text(lines({"id": 1, "text": VISA}))
    assert run("scan", "--jsonl", file, code=1).rows[0]["spans"]


@pytest.mark.parametrize("args", [(), ("--jsonl", "-", ".")], ids=["nothing", "both"])
def test_either_paths_or_lines_are_given(run, args):
    assert "--jsonl" in run("scan", *args, code=2).err


def test_a_path_that_is_not_there_is_wrong_use(run):
    assert run("scan", "nowhere.txt", code=2).out == ""


def test_a_text_may_come_in_by_a_pipe(run):
    found = run("scan", "-", stdin="Hi\nmy card is 4111 1111 1111 1111\n", code=1)
    assert found.out.startswith("found      -\n")
    assert "line 2" in found.out
    assert run("scan", "-", stdin="Hi").out.startswith("clean      -")


def test_a_piped_text_that_is_too_long_is_never_called_clean(run, monkeypatch):
    monkeypatch.setattr(texts, "SIZE_LIMIT", 8)
    assert "over_limit -  size" in run("scan", "-", stdin="123456789", code=1).out


@pytest.fixture
def tree(tmp_path):
    (tmp_path / "b").mkdir()
    (tmp_path / "a.txt").write_text("nothing here")
    (tmp_path / "b" / "c.html").write_text(f"<p>\n{VISA}</p>")
    (tmp_path / "b" / "d.pdf").write_bytes(b"%PDF-1.7")
    (tmp_path / "e.txt").write_bytes(b"\0\1binary" + VISA.encode())
    (tmp_path / "f.txt").symlink_to(tmp_path / "b" / "c.html")
    (tmp_path / "g").symlink_to(tmp_path / "b")
    (tmp_path / "h.csv").write_bytes(f"Gebühr;{MASTERCARD}".encode("latin-1"))
    return tmp_path


def test_every_file_of_a_folder_has_a_line_that_says_how_it_stands(run, tree):
    said = run("scan", "--json", tree, code=1)
    assert {
        os.path.relpath(r["file"], tree): (r["status"], r.get("reason")) for r in said.rows
    } == {
        "a.txt": ("clean", None),
        "b/c.html": ("found", None),
        "b/d.pdf": ("unreadable", "file_type"),
        "e.txt": ("unreadable", "binary"),
        "f.txt": ("unreadable", "link"),
        "g": ("unreadable", "link"),
        "h.csv": ("found", None),
    }
    assert all(row["seconds"] >= 0 for row in said.rows)


def test_a_span_of_a_file_names_its_line_and_no_digit(run, tree):
    said = run("scan", "--json", tree / "b" / "c.html", code=1)
    (span,) = said.rows[0]["spans"]
    assert set(span) == {"kind", "brand", "place", "confidence", "action", "why"}
    assert span["place"] == "line 2"
    assert "1111" not in said.out + said.err


def test_the_last_four_digits_of_numbers_are_shown_at_a_terminal(monkeypatch):
    command = importlib.import_module("integration.cli.scan")
    terminal = io.StringIO()
    terminal.isatty = lambda: True
    monkeypatch.setattr(command.sys, "stdout", terminal)
    text = f"card {VISA} cvv 123 exp 11/29"
    found = {s.kind.value: command._in_file(text, s) for s in find(text)}
    assert found["PAN"]["last4"] == "1111"
    assert {kind for kind, span in found.items() if "last4" in span} == {"PAN"}
    assert "CVV" in found


def test_a_link_that_is_named_is_followed(run, tree):
    assert run("scan", "--json", tree / "f.txt", code=1).rows[0]["status"] == "found"


def test_a_file_over_the_limit_is_never_clean(run, tree, monkeypatch):
    monkeypatch.setattr(texts, "SIZE_LIMIT", 5)
    said = run("scan", "--json", tree / "a.txt", code=1)
    assert (said.rows[0]["status"], said.rows[0]["reason"]) == ("over_limit", "size")


def test_a_file_that_may_not_be_read_is_never_clean(run, tree, monkeypatch):
    def refuse(_path):
        raise PermissionError

    monkeypatch.setattr(Path, "read_bytes", refuse)
    said = run("scan", "--json", tree / "a.txt", code=1)
    assert (said.rows[0]["status"], said.rows[0]["reason"]) == ("unreadable", "no_access")


def test_a_pipe_is_not_waited_for(run, tmp_path):
    os.mkfifo(tmp_path / "pipe.txt")
    assert run("scan", "--json", tmp_path, code=1).rows[0]["reason"] == "not_a_file"


def test_people_get_a_line_per_file_and_one_per_find(run, tree):
    said = run("scan", tree / "a.txt", tree / "b", code=1)
    status = [line.split()[0] for line in said.out.splitlines()]
    assert status == ["clean", "found", "PAN", "unreadable"]
    assert "PAN visa line 2: redact (valid check digit, " in said.out
    assert "usual groups" in said.out
    assert said.out.endswith("d.pdf  file type\n")
    assert "1111" not in said.out


def all_shown(terminal):
    """What stands in a terminal whose other end is closed: each read gives a part of it."""
    parts = []
    with suppress(OSError):
        while part := os.read(terminal, 4096):
            parts.append(part)
    os.close(terminal)
    return b"".join(parts).decode()


@pytest.mark.parametrize("as_json", [False, True], ids=["words", "json"])
def test_a_bar_is_shown_on_a_terminal_and_stays_out_of_the_results(tree, as_json):
    """Standard error is a terminal here, standard output a pipe."""
    shown, terminal = os.openpty()
    args = ["scan", *(["--json"] if as_json else []), str(tree)]
    done = subprocess.run(
        [sys.executable, "-m", "integration.cli", *args],
        stdout=subprocess.PIPE,
        stderr=terminal,
        env={**untraced(), "TERM": "xterm", "COLUMNS": "80"},
        check=False,
    )
    os.close(terminal)
    bar = all_shown(shown)
    assert "Reading files" in bar
    out = done.stdout.decode()
    assert "Reading" not in out
    assert len([line for line in out.splitlines() if not line.startswith(" ")]) == 7
    if as_json:
        assert {json.loads(line)["status"] for line in out.splitlines()} >= {"clean", "found"}


def test_where_both_are_a_terminal_each_line_stands_alone(tree):
    shown, terminal = os.openpty()
    subprocess.run(
        [sys.executable, "-m", "integration.cli", "scan", str(tree / "a.txt"), str(tree / "b")],
        stdout=terminal,
        stderr=terminal,
        env={**untraced(), "TERM": "xterm", "COLUMNS": "200"},
        check=False,
    )
    os.close(terminal)
    said = all_shown(shown)
    lines = [line.rpartition("\x1b[2K")[2].strip() for line in said.splitlines()]
    assert any(line.startswith("clean") for line in lines)
    assert any(line.startswith("PAN visa 1111 line 2") for line in lines)


def test_nothing_but_results_is_written_without_a_terminal(run, tree):
    assert run("scan", "--json", tree, code=1).err == ""


def test_a_clean_folder_ends_with_zero(run, tree):
    assert run("scan", "--json", tree / "a.txt").rows[0]["spans"] == []
