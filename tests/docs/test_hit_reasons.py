from __future__ import annotations

import pytest

from docs import detection_tables, hit_reasons
from docs.hit_reasons import AROUND, BESIDE, IDENTIFIERS, slugs_of
from integration.core.cards.reasons import EXPLAINED
from integration.core.detection import find


@pytest.mark.parametrize(
    ("package", "words"), [("sensitive", BESIDE), ("identifiers", IDENTIFIERS)]
)
def test_every_reason_of_a_package_has_its_words_and_no_other_has(package, words) -> None:
    assert slugs_of(package) == set(words)


@pytest.mark.parametrize("words", [BESIDE, IDENTIFIERS, AROUND], ids=["sensitive", "ids", "any"])
def test_words_are_sentences(words) -> None:
    assert [said for said in words.values() if not said.endswith(".")] == []


@pytest.mark.parametrize(
    ("text", "media_type"),
    [
        ("my card 4111 1111 1111 1111, 12/27 123, PIN 4012", "text/plain"),
        ("card number 4111111111111111, month 03, year 2027, code one two three", "text/plain"),
        ("four one one one " + "one " * 12, "text/plain"),
        ("born 12.03.1984, ssn 078-05-1120, password: hunter2x, OTP 123456", "text/plain"),
        (
            "Content-Transfer-Encoding: base64\n\nbXkgY2FyZCA0MTExMTExMTExMTExMTEx\n",
            "message/rfc822",
        ),
    ],
    ids=["beside a card", "fields and words", "spelled out", "identifiers", "mail"],
)
def test_the_reasons_of_a_find_are_in_the_tables(text, media_type) -> None:
    known = {*EXPLAINED, *BESIDE, *IDENTIFIERS, *AROUND}
    spans = find(text, media_type)

    assert spans
    assert {why for span in spans for why in span.why} <= known


@pytest.mark.parametrize(
    "source",
    [
        "yield Hit(1, 2, kind, 0.9, ('found',))",
        "return 1, 'found'",
        "return (1, 'found') if near else None",
        "sure, why = (1, 'found') if near else (2, 'found')",
        "why = (*more, 'found')",
        "scene.claim(value, kind, 1, 'found' if listed else '')",
        "_SLUGS: Final = {kind: 'found'}",
    ],
)
def test_a_reason_is_seen_however_it_is_given(source, tmp_path, monkeypatch) -> None:
    (tmp_path / "package").mkdir()
    (tmp_path / "package" / "module.py").write_text(source)
    monkeypatch.setattr(hit_reasons, "CORE", tmp_path)

    assert slugs_of("package") == {"found"}


def test_what_is_handed_to_a_function_is_no_reason(tmp_path, monkeypatch) -> None:
    (tmp_path / "package").mkdir()
    source = "def f(): return Hit(*span(match('group')), kind, 1, ('found',))"
    (tmp_path / "package" / "module.py").write_text(source)
    monkeypatch.setattr(hit_reasons, "CORE", tmp_path)

    assert slugs_of("package") == {"found"}


def test_a_form_shows_where_it_starts_and_evidence_what_it_adds() -> None:
    rows = detection_tables.card_reasons().splitlines()

    assert any(row.startswith("| `block` | starts at 0.8 |") for row in rows)
    assert any(row.startswith("| `card-word` | +0.3 |") for row in rows)


def test_a_brand_stands_once_with_all_its_lengths() -> None:
    rows = [row for row in detection_tables.brands().splitlines() if row.startswith("| unionpay")]

    assert rows == ["| unionpay | 62, 810, 8110-8171 | 16, 19 | 14, 15, 17, 18 |"]
