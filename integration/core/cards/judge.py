"""Weigh a number that could be a card: its form, its issuer, what stands beside and around it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from integration.core.cards.context import Surroundings
from integration.core.cards.link import card_near, identifies_page, names_part
from integration.core.cards.published import published
from integration.core.cards.reasons import (
    ALMOST_SURE,
    ALONE,
    BLOCK,
    CARD_HINT,
    CARD_WORD,
    DENIED,
    DOUBTED,
    EAN,
    EVEN,
    FLOOR,
    LABEL,
    LIGHT_LABEL,
    LIKELY,
    LISTED,
    LOWERING,
    NO_CHECK_DIGIT,
    NO_PREFIX,
    ODD,
    ODD_MIXED,
    ODD_OF_FOUR,
    OWN_LINE,
    PAIRS,
    PAIRS_ON_LINES,
    PUBLISHED,
    PUBLISHED_THOUGH_RARE,
    RARE_13_TO_16,
    RARE_NAMED,
    SAME_COLUMN,
    SLIPPED,
    UNCONVINCING,
    USUAL,
    WEAK_IN_GROUPS,
    WEAK_PREFIX,
    WIDE_PREFIX,
    WRAPPED,
    Evidence,
    Form,
)
from integration.core.cards.seldom import of_rare_length, of_weak_prefix
from integration.core.hits import Hit
from integration.core.spans import Kind
from integration.core.text.fold import INVISIBLE

if TYPE_CHECKING:
    from integration.core.cards.candidate import Candidate
    from integration.core.text.reading import Reading

_IN_PAIRS: Final = frozenset({PAIRS, PAIRS_ON_LINES})
_GROUPED: Final = frozenset({EVEN, PAIRS, SLIPPED, ODD, ODD_OF_FOUR, ODD_MIXED, LISTED})
"""Forms that no other number has, as seldom as a card has them, when nothing stands beside it."""
_OF_WORDS: Final = frozenset({LABEL, LIGHT_LABEL})
"""What the words before a number say against a card, unless its column is named for one."""
_UNUSUAL: Final = frozenset({WEAK_PREFIX, WEAK_IN_GROUPS, WIDE_PREFIX, RARE_13_TO_16})
"""What leaves too little of a number, unless it is all that somebody wrote on a line."""
_OF_DINERS: Final = 14
"""Digits."""
_KEY: Final = "\ufe0f\u20e3"
_TIE: Final = 0.01


def judged(reading: Reading, number: Candidate, known: tuple[Evidence, ...]) -> Hit | None:
    """Return the hit that a number is, with all that was weighed; None when it is no card."""
    is_identifier = _identifies(reading, number)
    if is_identifier and not (number.tells and card_near(reading, number.start, number.end)):
        return None
    around = Surroundings(reading, number.start, number.end, _of_one(number))
    speaks, doubts = _said(number, around, known)
    if _is_ruled_out(number, around, speaks, doubts):
        return None
    known = tuple(each for each in known if each is not speaks)
    evidence = [*_own(number, speaks, around), *known, *number.beside, *doubts]
    confidence = _confidence(number.form, evidence)
    if not (doubts or EAN in evidence or confidence >= FLOOR) and (
        number.is_all_there_is or _is_called_a_card(number, around)
    ):
        confidence = FLOOR
    has_brand = confidence < LIKELY and _is_called_by_its_brand(number, around)
    if has_brand:
        confidence = LIKELY
    if confidence < FLOOR:
        return None
    says_card = around.says_card() and not around.says_card_of_a_mask()
    only_named_otherwise = around.named_otherwise and not (speaks or says_card or has_brand)
    is_another = bool(number.issuer and number.issuer.weak) and around.names_another_card()
    is_far = number.issuer is None and not around.says_card_right_before()
    # `s3://exports/4111111111111111.json`, and behind it: its name is a card number.
    is_no_more = is_identifier and not (number.tells and around.is_told_of_its_file())
    if is_no_more or only_named_otherwise or is_another or is_far or DENIED in doubts:
        confidence = min(confidence, DOUBTED)
    if speaks and number.is_seldom:
        confidence -= _TIE  # of two that both look sure, the usual length is meant
    return _hit(reading, number, confidence, evidence)


def _said(
    number: Candidate, around: Surroundings, known: tuple[Evidence, ...]
) -> tuple[Evidence | None, list[Evidence]]:
    """Return what the words around a number say for a card, and all that speaks against one."""
    if SAME_COLUMN in known:
        return SAME_COLUMN, around.doubts() if number.is_weak else []
    speaks, doubts = around.speaks(), around.doubts()
    if speaks is CARD_WORD and around.denied_before():
        return None, [*doubts, DENIED]
    if speaks is CARD_WORD:
        return _in_its_column(number, around, speaks, doubts)
    is_headed = (doubts and _OF_WORDS.issuperset(doubts)) and (
        (around.heads.name_a_card() and not (_is_as_a_siret(number) and around.named_in_its_cell))
        or _is_of_a_payment(number, around)
    )
    if not is_headed and around.denied():
        return None, [*doubts, DENIED]
    if is_headed or (number.tells and (around.is_told_behind() or around.is_told_of_its_file())):
        return CARD_HINT, []
    if doubts or known or not number.is_settled:
        speaks = around.speaks_behind() or speaks
    return _in_its_column(number, around, speaks, doubts)


def _in_its_column(
    number: Candidate, around: Surroundings, speaks: Evidence | None, doubts: list[Evidence]
) -> tuple[Evidence | None, list[Evidence]]:
    """Return the same, but no word for a card where a column of another holds a seldom length."""
    is_seldom = number.is_seldom or (_is_as_a_siret(number) and not around.says_card_on_its_line())
    if speaks is CARD_WORD and is_seldom and around.heads.name_another():
        return None, [*doubts, LABEL]
    return speaks, doubts


def _is_as_a_siret(number: Candidate) -> bool:
    """Return whether it has 14 digits: every SIRET has, with the check digit of a card (INSEE)."""
    return len(number.digits) == _OF_DINERS


def _is_ruled_out(
    number: Candidate, around: Surroundings, speaks: Evidence | None, doubts: list[Evidence]
) -> bool:
    """Return whether nothing is left of a number after what was said, however it looks."""
    if not number.has_its_own:
        return speaks is not CARD_WORD or around.heads.name_another()
    if speaks is CARD_WORD:
        return False
    if around.named_otherwise and DENIED in doubts:
        return True
    return number.is_weak and (around.named_otherwise or around.heads.name_another())


def _is_called_a_card(number: Candidate, around: Surroundings) -> bool:
    """Return whether a valid number stands alone right behind a word for a card: told at least."""
    is_one = number.alone and number.checked and number.issuer is not None
    return is_one and around.says_card_right_before(on_its_line=True)


def _is_called_by_its_brand(number: Candidate, around: Surroundings) -> bool:
    """Return whether the name of its own brand touches a number: then it is one."""
    if not (number.alone and number.checked and number.issuer):
        return False
    return around.says_brand(number.issuer.brand)


def _hit(reading: Reading, number: Candidate, confidence: float, evidence: list[Evidence]) -> Hit:
    return Hit(
        number.start,
        end_of(reading, number.end),
        Kind.PAN,
        round(confidence, 2),
        ("luhn",) * number.checked + (number.form.name, *(each.why for each in evidence)),
        number.issuer.brand if number.issuer else None,
        number.digits[-4:].decode(),
    )


def _identifies(reading: Reading, number: Candidate) -> bool:
    """Return whether a number stands where a page has an identifier; it is reported at most."""
    return names_part(reading, number.start) or (
        number.form is BLOCK and identifies_page(reading, number.start, number.end)
    )


def _of_one(number: Candidate) -> int:
    """Return how many digits one telephone number has that is written so; two are in pairs."""
    return len(number.digits) // (2 if number.form in _IN_PAIRS else 1)


def end_of(reading: Reading, end: int) -> int:
    """Return where a number ends with the rest of what stands for its last digit.

    An entity takes many characters, the picture of a key takes three.
    """
    text = reading.text
    while reading.folded[end : end + 1] == INVISIBLE and (
        " " < text[end] < "\x7f" or text[end] in _KEY
    ):
        end += 1
    return end


def _confidence(form: Form, evidence: list[Evidence]) -> float:
    if not evidence:
        return form.worth
    likely, lowered = form.worth, 0.0
    for each in evidence:
        if each in LOWERING:
            lowered += each.worth
        else:
            likely += each.worth
    confidence = round(min(likely + lowered, ALMOST_SURE), 2)
    if lowered and round(likely, 2) >= LIKELY and UNCONVINCING.isdisjoint(evidence):
        return max(confidence, FLOOR)
    return confidence


def _own(number: Candidate, speaks: Evidence | None, around: Surroundings) -> list[Evidence]:
    if not speaks and _is_hinted_at(number, around):
        speaks = CARD_HINT
    found = [speaks] if speaks else []
    if not number.checked:
        found.append(NO_CHECK_DIGIT)
    if number.issuer is None:
        return [*(() if around.says_card_of_a_mask() else found), NO_PREFIX]
    doubts = []
    if number.issuer.weak:
        doubts.append(
            of_weak_prefix(number.issuer, number.form, len(number.digits), named=bool(speaks))
        )
    if number.is_seldom and (number.issuer.weak or not speaks):
        doubts += [RARE_NAMED] if speaks else of_rare_length(number.digits, number.form)
    elif number.alone and number.form in _GROUPED and not number.issuer.weak and number.checked:
        found.append(ALONE)
    if not (speaks or _UNUSUAL.isdisjoint(doubts)) and around.has_its_line():
        doubts.append(OWN_LINE)
    if number.digits in published():
        doubts = [PUBLISHED_THOUGH_RARE if doubts else PUBLISHED]
    return [*found, *doubts]


def _is_hinted_at(number: Candidate, around: Surroundings) -> bool:
    """Return whether more than the words right before a number says card, where it needs that."""
    is_grouped = number.form in _GROUPED
    if (number.is_unusual or is_grouped) and around.heads.name_a_card():
        return True
    is_long = number.is_seldom and number.checked and not number.is_weak
    if (is_long or (is_grouped and number.tells)) and around.heads.lead_to_payment():
        return True
    is_cut = number.form is WRAPPED
    if (is_cut or is_grouped) and number.tells and around.heads.call_it_a_number():
        return True
    if is_grouped and number.tells and around.has_its_line():
        return around.heads.are_of_a_terminal()
    return number.is_weak_in_groups and around.heads.speak_of_card()


def _is_of_a_payment(number: Candidate, around: Surroundings) -> bool:
    """Return whether it is grouped as on a card, and what is named before it is a payment.

    A terminal, or the word for a transaction: `last operation: 4111 1111 1111 1111`.
    """
    if number.form.name != USUAL.name or not number.tells:
        return False
    return around.heads.are_of_a_terminal() or around.heads.call_it_a_transaction()
