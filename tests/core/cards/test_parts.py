from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integration.core.cards import luhn
from integration.core.cards.issuers import issuer_of, issuers
from integration.core.cards.shape import JOIN, LINE, TAB, separator
from integration.core.hits import Hit, pick
from integration.core.masks import mask_for, mask_spans
from integration.core.spans import Kind
from integration.core.text.fold import fold, lower_case


@given(st.integers(10**11, 10**18))
def test_one_of_ten_check_digits_is_valid(stem: int) -> None:
    assert sum(luhn.is_valid(b"%d%d" % (stem, check)) for check in range(10)) == 1


@given(st.text())
def test_folding_keeps_every_offset(text: str) -> None:
    assert len(fold(text)) == len(text)


def test_folding_names_what_it_folds() -> None:
    assert fold("aø٣５ \u200b\u2028–⁄жя€⑦4\ufe0f") == b"a\xf835 \xad\n-/xx$?4\xad"


def test_lower_case_knows_norwegian_letters() -> None:
    assert lower_case(fold("UTLØP Å")) == fold("utløp å")


@pytest.mark.parametrize(
    ("number", "brand"),
    [
        (b"4111111111111111", "visa"),
        (b"2221000000000009", "mastercard"),
        (b"2720999999999996", "mastercard"),
        (b"4011780000000006", "elo"),
        (b"6221260000000000", "discover"),
        (b"6229260000000002", "unionpay"),
        (b"5019717010103742", "dankort"),
        (b"411111111111111", None),
        (b"7000000000000000", None),
    ],
)
def test_the_issuer_is_told_by_prefix_and_length(number: bytes, brand: str | None) -> None:
    issuer = issuer_of(number)
    assert (issuer.brand if issuer else None) == brand


def test_every_issuer_has_lengths_between_12_and_19_and_a_plain_name() -> None:
    for issuer in issuers():
        assert issuer.lengths | issuer.rare <= set(range(12, 20))
        assert issuer.lengths or issuer.rare
        assert issuer.brand.isascii()
        assert issuer.brand.islower()
        assert all(low <= high for low, high in issuer.ranges)


@pytest.mark.parametrize(
    ("between", "kind"),
    [
        (b"", JOIN),
        (b"\xad\xad", JOIN),
        (b" ", " "),
        (b"\t\t", TAB),
        (b" - ", "-"),
        (b"--", "-"),
        (b"-.", None),
        (b"\n> ", LINE),
        (b"-\n", LINE),
        (b"--\n", None),
        (b" " * 25, None),
    ],
)
def test_a_separator_has_a_kind(between: bytes, kind: str | None) -> None:
    assert separator(between) == kind


def hit(start: int, end: int, confidence: float) -> Hit:
    return Hit(start, end, Kind.PAN, confidence)


def test_of_hits_that_overlap_the_first_list_wins_then_the_surest_then_the_longest() -> None:
    first = [hit(0, 5, 0.1)]
    then = [hit(4, 9, 0.9), hit(10, 14, 0.9), hit(10, 18, 0.9), hit(18, 20, 0.2), hit(5, 7, 0.3)]
    chosen = [(each.start, each.end) for each in pick(first, then)]
    assert chosen == [(0, 5), (5, 7), (10, 18), (18, 20)]


@pytest.mark.parametrize("locale", ["en", "nb", "nb_NO", "de"])
@pytest.mark.parametrize("brand", ["visa", None], ids=["brand", "no brand"])
def test_every_mask_is_plain_ascii_and_known_as_a_mask(locale: str, brand: str | None) -> None:
    for kind in Kind:
        mask = mask_for(kind, brand, "1111" if kind is Kind.PAN else None, locale)
        assert mask.isascii()
        assert not set(mask) & set("<>&\"'=")
        assert mask_spans(b"a%bb" % mask.encode()) == [(1, 1 + len(mask))]


@pytest.mark.parametrize("brand", sorted({issuer.brand for issuer in issuers()}))
def test_the_mask_of_every_brand_is_known_as_a_mask(brand: str) -> None:
    mask = mask_for(Kind.PAN, brand, "1111", "en").encode()
    assert mask_spans(mask) == [(0, len(mask))]
