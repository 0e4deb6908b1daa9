"""Tables: what stands below a head that names it, however far from it."""

from __future__ import annotations

import pytest

from integration.core.detection import find as find_in
from integration.core.identifiers import find
from integration.core.spans import Kind
from integration.core.text.reading import read

ACCOUNT, OTHER_ACCOUNT = "86011117947", "12345678903"
PERSON, OTHER_PERSON = "15108695088", "01010750160"


def found(text: str) -> list[tuple[str, Kind]]:
    return [(text[hit.start : hit.end], hit.kind) for hit in find(read(text))]


MARKS = {
    "semicolon": ";",
    "comma": ",",
    "comma-and-blank": ", ",
    "bar": "|",
    "spaced-bar": " | ",
    "tab": "\t",
    "slash": " / ",
}


@pytest.mark.parametrize("mark", list(MARKS.values()), ids=list(MARKS))
@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["lf", "crlf"])
def test_each_row_of_a_table_is_read_by_the_head_of_its_columns(mark, end) -> None:
    rows = [
        ["Name", "Date of birth", "City", "Account"],
        ["Kari Nordmann", "12.03.1984", "Oslo", ACCOUNT],
        ["Ola Nordmann", "1971-03-30", "Bergen", OTHER_ACCOUNT],
        ["Per Hansen", "4 May 1990", "Bergen", ACCOUNT],
    ]
    assert found(end.join(mark.join(row) for row in rows)) == [
        ("12.03.1984", Kind.DOB),
        (ACCOUNT, Kind.NO_KONTO),
        ("1971-03-30", Kind.DOB),
        (OTHER_ACCOUNT, Kind.NO_KONTO),
        ("4 May 1990", Kind.DOB),
        (ACCOUNT, Kind.NO_KONTO),
    ]


def test_the_rule_below_the_head_of_a_table_is_passed_over() -> None:
    rows = [
        "| Navn | Født |",
        "|---|---|",
        "| Kari | 12.03.1984 |",
        "| Ola | - |",
        "| Eva | 1.2.85 |",
    ]
    text = "\n".join(rows)
    assert found(text) == [("12.03.1984", Kind.DOB), ("1.2.85", Kind.DOB)]


def test_a_second_head_begins_another_table() -> None:
    text = "Navn;Født\nKari;12.03.1984\nOrdre;Dato\nOla;12.03.2024\nNavn;Konto\nEva;" + ACCOUNT
    assert (ACCOUNT, Kind.NO_KONTO) in found(text)


def test_the_cells_of_a_page_are_columns() -> None:
    head = "<tr><th>Navn</th><th>Kontonr</th><th>Fødselsnr</th></tr>"
    row = "<tr>\n<td>{}</td><td>{}</td><td>{}</td></tr>\n"
    page = (
        f"<table>{head}"
        + row.format("Kari", ACCOUNT, PERSON)
        + row.format("Ola", OTHER_ACCOUNT, OTHER_PERSON)
        + "</table>"
    )
    spans = [(page[span.start : span.end], span.kind) for span in find_in(page, "text/html")]
    assert spans == [
        (ACCOUNT, Kind.NO_KONTO),
        (PERSON, Kind.NO_FNR),
        (OTHER_ACCOUNT, Kind.NO_KONTO),
        (OTHER_PERSON, Kind.NO_FNR),
    ]


@pytest.mark.parametrize(("head", "times"), [("Passport", 0), ("SSN", 1), ("Acct no", 0)])
def test_nine_digits_need_the_name_of_their_own_kind_above_them(head, times) -> None:
    hits = find(read(f"Name;City;{head}\nAda;Rome;774099358\nBob;Rome;-\nEve;Naples;774099359"))
    assert [hit.kind for hit in hits[1:] if "column" in hit.why] == [Kind.US_SSN] * times


@pytest.mark.parametrize(
    "text",
    [
        "name;city\nBob;12.03.2024\nEve;12.03.2025",
        "12.03.2024;1\n12.03.2025;2",
        "I am here; she was born there\nwe met on it; on 12.03.2024",
        "Hello, the birthday\nyes, on Monday 12.03.2024",
        "Is it so? It is. Yes, the birthday, now\nor, 12.03.2024, or",
        "dob;" + "x" * 700 + "\n12.03.2024;1",
        "dob;x\n" + "x" * 700 + ";12.03.2024",
        "dob;" + " " * 70 + "\n\n\n\n\n\n12.03.2024;1",
        "n;dob\nBob;12\nEve;in 2024",
        "name;city;dob\nBob\n12.03.2024;1",
        "n;konto\nEve;call 12345678903",
        "n;konto\n12345678903;",
        f"n;konto;x\nBob;{ACCOUNT[:-1]}0;1",
    ],
    ids=[
        "no-label",
        "no-head",
        "sentence",
        "one-comma",
        "sentences",
        "long-head",
        "long-row",
        "far-head",
        "no-date",
        "other-shape",
        "words-in-cell",
        "empty-cell",
        "check-digit",
    ],
)
def test_lines_that_are_no_table_name_nothing(text) -> None:
    assert not [hit for hit in find(read(text)) if "column" in hit.why]


def test_only_so_many_columns_are_read() -> None:
    assert found(";" * 40 + "dob\n" + ";" * 40 + "12.03.1984") == []
