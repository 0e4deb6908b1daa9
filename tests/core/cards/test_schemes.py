from __future__ import annotations

import random
import tomllib
from pathlib import Path

import pytest
from support.cards import completed, in_groups, of_every_scheme

import integration.core.cards as cards_package
from integration.core.cards.issuers import issuers
from integration.core.detection import find
from integration.core.spans import Action, Kind

NUMBERS = list(of_every_scheme())
IDS = [f"{brand} {len(number)}" for brand, number in NUMBERS]
TABLE = tomllib.loads(
    Path(cards_package.__file__).with_name("issuers.toml").read_text("utf-8"),
)

BRANDS = """
    bancontact visa mastercard amex discover diners jcb unionpay maestro mir elo hiper hipercard
    verve troy naranja rupay uatp dankort forbrugsforeningen laser solo switch instapayment
    bcglobal bccard bankcard uzcard humo national aura carnet cabal mada
"""


@pytest.mark.parametrize("separator", ["", " ", "-"], ids=["block", "spaces", "dashes"])
def test_a_number_of_any_scheme_beside_a_card_word_is_removed(separator: str) -> None:
    def is_removed(number: str) -> bool:
        written = separator.join(in_groups(number))
        spans = find(f"My card number is {written}, thanks")
        seen = [(s.kind, s.action, s.start, s.end, bool(s.brand)) for s in spans]
        return seen == [(Kind.PAN, Action.REDACT, 18, 18 + len(written), True)]

    numbers = [number for _, number in NUMBERS]
    assert [name for name, n in zip(IDS, numbers, strict=True) if not is_removed(n)] == []


@pytest.mark.exhaustive
@pytest.mark.parametrize(
    "number",
    [number for _, number in of_every_scheme(weak=False, rare=False)],
    ids=[f"{brand} {len(number)}" for brand, number in of_every_scheme(weak=False, rare=False)],
)
@pytest.mark.parametrize("separator", ["", " "], ids=["block", "spaces"])
def test_a_number_of_a_telling_scheme_needs_no_word(number: str, separator: str) -> None:
    written = separator.join(in_groups(number))
    (span,) = find(f"see {written} ok")
    assert (span.action, span.start, span.end) == (Action.REDACT, 4, 4 + len(written))


@pytest.mark.exhaustive
@pytest.mark.parametrize(
    "number",
    [number for _, number in of_every_scheme() if len(number) == 16],
    ids=[f"{brand}" for brand, number in of_every_scheme() if len(number) == 16],
)
def test_an_expiry_and_a_code_behind_are_as_good_as_a_word(number: str) -> None:
    spans = find(f"{' '.join(in_groups(number))}, 08/27, 123")
    assert [span.kind for span in spans] == [Kind.PAN, Kind.EXPIRY, Kind.CVV]
    assert spans[0].action is Action.REDACT


@pytest.mark.exhaustive
@pytest.mark.parametrize("words", ["Card number: ", "My card ", "kort: "])
def test_right_behind_a_word_for_a_card_every_number_is_told_however_it_is_grouped(
    words: str,
) -> None:
    pick = random.Random(words)

    def grouped(digits: str) -> str:
        groups, at = [], 0
        while len(digits) - at > 9:
            size = pick.randint(2, 7)
            groups.append(digits[at : at + size])
            at += size
        return pick.choice(" -.").join([*groups, digits[at:]])

    numbers = [grouped(number) for _ in range(4) for _, number in NUMBERS]
    assert [number for number in numbers if Kind.PAN not in kinds(f"{words}{number}")] == []


def kinds(text: str) -> set[Kind]:
    return {span.kind for span in find(text)}


@pytest.mark.parametrize("sizes", [(8, 10), (4, 4, 10), (4, 4, 4, 6)])
def test_eighteen_digits_of_maestro_are_removed_in_the_groups_that_banks_print(
    sizes: tuple[int, ...],
) -> None:
    digits = completed("63900219819682697")
    written, at = [], 0
    for size in sizes:
        written.append(digits[at : at + size])
        at += size
    (span,) = find(f"Старая карта Maestro, 18 цифр: {' '.join(written)}.")
    assert (span.action, span.brand) == (Action.REDACT, "maestro")


def test_the_table_knows_every_scheme() -> None:
    assert set(BRANDS.split()) <= {issuer.brand for issuer in issuers()}


def test_every_row_names_where_it_was_read() -> None:
    for row in TABLE["issuer"]:
        assert row["sources"]
        assert set(row["sources"]) <= set(TABLE["sources"])


def test_a_brand_without_ranges_of_its_own_is_known_by_its_name() -> None:
    said = "le dicto despacito: 5 8 9 6 5 7 9 8 2 1 1 3 3 7 4 0 esa es mi cabal."
    assert [span.action for span in find(said)] == [Action.REDACT]
