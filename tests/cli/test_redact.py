from __future__ import annotations

import os

import pytest

VISA = "4111 1111 1111 1111"
TEXT = f"Hei,\r\nkortet er {VISA}, cvc 123.\r\nÆrlig talt\n"


@pytest.fixture
def letter(tmp_path):
    path = tmp_path / "letter.txt"
    path.write_bytes(TEXT.encode())
    return path


def test_the_text_comes_out_again_with_the_card_masked_and_nothing_else_changed(run):
    said = run("redact", "-", stdin=TEXT)
    assert said.out.replace("\r\n", "\n").startswith("Hei,\nkortet er [card visa **** 1111], cvc")
    assert said.out.endswith("Ærlig talt\n")
    assert "123" not in said.out
    assert said.err == "2 removed\n"


def test_what_a_person_decides_on_stays_and_is_told_by_its_kind(run):
    text = f"fnr 15108695088\npassword: Hunter2!\nkonto 8601 11 17947\n{VISA}\n"
    said = run("redact", "-", stdin=text)
    assert said.out == text.replace(VISA, "[card visa **** 1111]")
    assert said.err == ("1 removed\nLeft as it is, for a person to decide: NO_FNR 1, PASSWORD 1.\n")


def test_masking_twice_is_masking_once(run):
    once = run("redact", "-", stdin=TEXT).out
    again = run("redact", "-", stdin=once)
    assert again.out == once
    assert again.err == "0 removed\n"


def test_the_mask_is_in_the_language_asked_for(run):
    assert "[kort visa **** 1111]" in run("redact", "-", "--locale", "nb", stdin=TEXT).out


def test_a_file_is_written_anew_byte_for_byte_and_the_source_stays(run, letter, tmp_path):
    out = tmp_path / "out.txt"
    said = run("redact", letter, "-o", out)
    assert letter.read_bytes() == TEXT.encode()
    assert out.read_bytes().startswith(b"Hei,\r\nkortet er [card visa **** 1111], cvc ")
    assert out.read_bytes().endswith("\r\nÆrlig talt\n".encode())
    assert said.out == ""


def test_bytes_that_are_not_utf8_stay_as_they_are(run, tmp_path):
    path = tmp_path / "old.csv"
    path.write_bytes(f"Gebühr;{VISA};ß".encode("latin-1"))
    run("redact", path, "-o", tmp_path / "new.csv")
    assert (tmp_path / "new.csv").read_bytes() == "Gebühr;[card visa **** 1111];ß".encode("latin-1")


def test_the_file_has_the_rights_that_the_user_gives_to_new_files(run, letter, tmp_path):
    before = os.umask(0o077)
    try:
        run("redact", letter, "-o", tmp_path / "out.txt")
    finally:
        os.umask(before)
    assert (tmp_path / "out.txt").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("name", ["letter.txt", "link.txt"])
def test_a_source_is_never_overwritten(run, letter, tmp_path, name):
    (tmp_path / "link.txt").symlink_to(letter)
    said = run("redact", letter, "-o", tmp_path / name, code=2)
    assert "name another file" in said.err
    assert letter.read_bytes() == TEXT.encode()


def test_a_page_is_masked_as_what_its_name_says(run, tmp_path):
    page = tmp_path / "page.html"
    page.write_text("<b>4111 1111</b> <i>1111 1111</i>")
    assert run("redact", page).out == "<b>[card visa **** 1111]</b><i></i>"


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [("scan.pdf", b"%PDF", "file_type"), ("notes.txt", b"\0\0" + VISA.encode(), "binary")],
    ids=["type", "binary"],
)
def test_what_cannot_be_read_is_not_passed_on(run, tmp_path, name, content, reason):
    (tmp_path / name).write_bytes(content)
    said = run("redact", tmp_path / name, "-o", tmp_path / "out", code=2)
    assert reason in said.err
    assert "nly texts are redacted" in said.err
    assert not (tmp_path / "out").exists()


def test_binary_input_is_not_passed_on_either(run):
    assert "binary" in run("redact", "-", stdin=b"\0" + VISA.encode(), code=2).err


def test_a_place_that_cannot_be_written_is_named(run, letter, tmp_path):
    said = run("redact", letter, "-o", tmp_path / "no" / "out.txt", code=2)
    assert "No such file or directory" in said.err


@pytest.mark.parametrize(
    "args",
    [
        (),
        ("--ticket", "x"),
        ("--account", "a"),
        ("-", "--ticket", "x", "--account", "a"),
        ("-", "--json"),
    ],
    ids=["nothing", "no account", "no ticket", "both", "json of a text"],
)
def test_either_a_text_or_a_ticket_of_an_account_is_named(run, args):
    assert "--ticket ID --account ACCOUNT" in run("redact", *args, stdin="", code=2).err


@pytest.mark.parametrize(
    ("option", "value"),
    [("--output", "out"), ("--locale", "nb"), ("--locale", "en"), ("--media-type", "text/html")],
)
def test_what_is_meant_for_a_text_is_wrong_use_with_a_ticket(run, option, value):
    said = run("redact", "--ticket", "x", "--account", "a", option, value, code=2)
    assert f"ticket takes no {option}: " in said.err
