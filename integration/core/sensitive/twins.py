"""A second value of one label: `PIN 2908 or 2980`, `exp 08/25 08/30`, that of my wife is 1190."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from integration.core.sensitive.dates import Form
from integration.core.sensitive.scene import AIMS, Gap
from integration.core.spans import Kind
from integration.core.text.lazy import lazy
from integration.core.words.correcting import corrects
from integration.core.words.listed import Listed, any_of, listed
from integration.core.words.vocabulary import Label

if TYPE_CHECKING:
    from integration.core.sensitive.codes import Value
    from integration.core.sensitive.scene import Claim, Scene

_CORRECTED: Final = lazy(r"[ \t\xa0]{1,3}(?:(?:->|=>|\u2192|>|\(|=)[ \t\xa0]?)?")
_OF_A_CARD: Final = frozenset({Form.CLEAR, Form.SHORT})
_SIGNS: Final = frozenset("&+")
"""For `and`."""
_FOR_ONE: Final = lazy(r"(?: [^\W\d]{2,10}){1,3}(?:,| [^\W\d]{1,4}) ")
"""Which card a code is for: `815 for mine, 226 for hers`."""
_LISTED_REACH: Final = 60
_ANY_CODE: Final = frozenset({Label.SECURITY_CODE, Label.CODE_HINT})
_REACH: Final = 30
_WORTH: Final = 0.6
_CODE: Final = 3
"""Digits of a code."""
_LABEL_REACH: Final = 24
_GAPS: Final = " \xa0.-"
_BLANKS: Final = frozenset({" ", "\xa0"})


def read_twins(scene: Scene) -> None:
    """Claim the value behind one that a label has claimed when it is meant as well."""
    for value, then in pairwise(scene.values):
        claim = scene.claims.get(value.start)
        if claim and claim.by and _alike(claim.kind, value, then) and scene.fits(claim.by, then):
            between = scene.text[value.end : then.start]
            if (
                _puts_right(claim, between)
                or _or().fullmatch(between)
                or _announced(scene, claim, then)
                or _of_another_card(scene, claim, between)
            ):
                scene.claim(then, claim.kind, min(claim.worth, _WORTH), "one-more", claim.by)
    if len(scene.cards) > 1:
        _read_codes_of_two_cards(scene)
        _read_codes_of_all_cards(scene)


def _read_codes_of_two_cards(scene: Scene) -> None:
    """Claim two codes behind one label: `CVV: 440 972`, one struck out, or one for each card."""
    for first, then in pairwise(scene.values):
        if first.digits != _CODE or then.digits != _CODE or first.lone or then.lone:
            continue
        low = max(0, first.start - _LABEL_REACH)
        labels = scene.labels_between(low, first.start)
        labelled = labels and labels[-1].label is Label.SECURITY_CODE
        is_pair = scene.text[first.end : then.start] in _BLANKS
        if labelled and is_pair and _are_all(scene, first, then) and scene.free(first):
            aim = AIMS[Label.SECURITY_CODE]._replace(start=labels[-1].start, end=labels[-1].end)
            for value in (first, then):
                scene.claim(value, Kind.CVV, _WORTH, "one-more", aim)


def _read_codes_of_all_cards(scene: Scene) -> None:
    """Claim as many codes as there are cards: `CVCs in the same order: 117, 905, 4431`."""
    for codes in _in_one_list().finditer(scene.text):
        start, end = codes.span()
        values = scene.values_behind(start, end - start)
        low = max(0, start - _LISTED_REACH, scene.text.rfind("\n", 0, start) + 1)
        labels = [each for each in scene.labels_between(low, start) if each.label in _ANY_CODE]
        if len(values) == len(scene.cards) and labels:
            aim = AIMS[labels[-1].label]._replace(start=labels[-1].start, end=labels[-1].end)
            for value in values:
                if value.start not in scene.claims:
                    scene.claim(value, Kind.CVV, _WORTH, "one-more", aim)


def _are_all(scene: Scene, first: Value, last: Value) -> bool:
    """Return whether no further group stands beside: 440 972 118 is another number."""
    before = scene.text[max(0, first.start - 2) : first.start].rstrip(_GAPS)
    behind = scene.text[last.end : last.end + 2].lstrip(_GAPS)
    return not (before[-1:].isdigit() or behind[:1].isdigit())


def _puts_right(claim: Claim, between: str) -> bool:
    """Return whether a date is written once more, or words say that a code was wrong."""
    if claim.kind is Kind.EXPIRY:
        return _CORRECTED.fullmatch(between) is not None
    is_near = len(between) <= _REACH and "\n" not in between
    return claim.kind is Kind.CVV and is_near and corrects(between)


def _alike(kind: Kind, value: Value, then: Value) -> bool:
    if kind is Kind.EXPIRY:
        return value.form is then.form or then.form in _OF_A_CARD
    return value.end - value.start == then.end - then.start


def _of_another_card(scene: Scene, claim: Claim, between: str) -> bool:
    """Return whether a code and a few words are followed by that of another card of the text."""
    if claim.kind is not Kind.CVV:
        return False
    if not (_FOR_ONE.fullmatch(between) or _one_more().fullmatch(between)):
        return False
    return sum(other.kind is Kind.CVV for other in scene.claims.values()) < len(scene.cards)


def _announced(scene: Scene, claim: Claim, then: Value) -> bool:
    """Return whether a few words and one like `is` lead from a PIN to another."""
    return (
        claim.kind is Kind.PIN
        and then.start - claim.end <= _REACH
        and scene.announced(then.start)
        and scene.gap(claim.end, then.start) is not Gap.APART
        and all(
            found.label is Label.LINK for found in scene.labels_between(claim.end, then.start - 1)
        )
    )


@cache
def _or() -> re.Pattern[str]:
    return re.compile(rf"[ ,/(]{{1,3}}(?:{any_of(listed(Listed.OR))})[ :]{{1,2}}")


@cache
def _one_more() -> re.Pattern[str]:
    """`CVC 214 and 858`, of two cards."""
    joints = any_of(listed(Listed.AND) | _SIGNS)
    return re.compile(rf"(?:[ ,/]{{1,3}}(?:{joints}) |, ?| ?/ ?)")


@cache
def _in_one_list() -> re.Pattern[str]:
    more = rf"(?:{_one_more().pattern})[0-9]{{3,4}}"
    return re.compile(rf"(?<![\w.,/-])[0-9]{{3,4}}(?:{more})+(?![\w-]|[.,/][0-9])")
