"""Numbers of which only their form says that they may be none, in a ticket about a payment. Pure.

`Can I pay with a Maestro card?`, and then `here it is:` with nineteen digits, or two groups of
eight: no words name another number, and somebody spoke of a card or of paying, in whatever place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from integration.core.cards.named import AGAINST
from integration.core.cards.number import MIN_DIGITS
from integration.core.cards.paid import speaks_of_payment
from integration.core.cards.reasons import (
    ALONE,
    BLOCK,
    CENTS,
    LABEL,
    LIGHT_LABEL,
    ODD,
    OWN_LINE,
    PUBLISHED,
    RARE_19,
    SAME_COLUMN,
    THOUSANDS,
    URL_PARAMETER,
    USUAL,
    WEAK_AS_PRINTED,
    WEAK_PREFIX,
)
from integration.core.policy import Policy
from integration.core.spans import Action, Kind, Span
from integration.core.surfaces import Surface, SurfaceKind, Text
from integration.core.together.elsewhere import (
    decoded_of,
    number_at,
    says_card,
    sentences_on_fields,
)
from integration.core.together.told_apart import read_below
from integration.core.words.index import WORD
from integration.core.words.listed import Listed, says
from integration.core.words.naming import names_any, speaks_of_card
from integration.core.words.vocabulary import as_read

_OF_FORM: Final = frozenset(
    {"luhn", BLOCK.name, USUAL.name, ODD.name}
    | {each.why for each in (ALONE, OWN_LINE, PUBLISHED, RARE_19)}
)
"""All that is known of such a number."""
_NAMED: Final = frozenset({"luhn", USUAL.name, PUBLISHED.why, LABEL.why, LIGHT_LABEL.why})
"""The same of one that is grouped as cards are, and that words name otherwise."""
_AS_PRINTED: Final = frozenset({"luhn", USUAL.name, ALONE.why, PUBLISHED.why, WEAK_AS_PRINTED.why})
"""The same of one in the groups of a card whose first digits prove little."""
_LISTED: Final = frozenset({"luhn", BLOCK.name, SAME_COLUMN.why, PUBLISHED.why, WEAK_PREFIX.why})
"""The same of one in a list of cards, whose first digits prove little."""
_AS_AMOUNT: Final = frozenset({"luhn", THOUSANDS.name, CENTS.why})
"""The same of one that a spreadsheet took for an amount: no bill is of thousands of billions."""
_DOUBTED: Final = (_OF_FORM, _NAMED, _AS_PRINTED, _LISTED, _AS_AMOUNT)
_SENT: Final = frozenset({"luhn", BLOCK.name, PUBLISHED.why, URL_PARAMETER.why})
"""The same of one that is sent to a page, as a card beside it is."""
_FILLED_IN: Final = frozenset(
    {"luhn", BLOCK.name, USUAL.name, OWN_LINE.why, PUBLISHED.why, WEAK_PREFIX.why}
    | {LABEL.why, LIGHT_LABEL.why}
)
"""The same of one in a field, where somebody says that the number of a card stands there."""
_MISNAMED: Final = frozenset(
    {"luhn", BLOCK.name, USUAL.name, OWN_LINE.why, PUBLISHED.why, LABEL.why, LIGHT_LABEL.why}
)
"""The same of one that words call another, where somebody says that it is none but a card's."""
_SENTENCE_ENDS: Final = re.compile(r"[.!?]+\s|\n")
_FIELDS: Final = frozenset({SurfaceKind.SUBJECT, SurfaceKind.CUSTOM_FIELD})
_HEAD: Final = "card number:"
"""What a field is read behind of which somebody says so."""
_KEY: Final = re.compile(r"(?:[\"'] ?:|\w=|(?:^|\n)[^\n:]{1,40}:) {0,2}[\"']?\Z")
"""What stands before a value of data, or of a form: `"po_number": "`, `po_number=`, `Phone: `."""
_LONGEST_KEY: Final = 44
_BESIDE: Final = 40
"""Characters from one to the next."""
_READ: Final = 2_000
"""Characters of a place that are looked through for a word."""


def spans_spoken_of(
    surfaces: Sequence[Surface], found: Mapping[str, Sequence[Span]], policy: Policy
) -> dict[str, list[Span]]:
    """The numbers that would only be told, or that only a sentence makes one of, by surface id.

    `found`: what is known of each place so far.
    """
    told = {surface.id: list(_told(found[surface.id])) for surface in surfaces}
    fields = [surface for surface in surfaces if _may_hold_one(surface, found[surface.id])]
    if not (any(told.values()) or fields):
        return {}
    is_about_it = _holds_a_card(found) or any(map(_is_about_payment, surfaces))
    is_in_a_field = any(map(_says_where_a_card_is, surfaces))
    put_right = [words for surface in surfaces for words in _put_right(surface)]
    doubted = {
        surface.id: [
            span
            for span in told[surface.id]
            if (is_about_it and _is_in_doubt(span, found[surface.id]))
            or (is_in_a_field and _is_filled_in(surface, span))
            or (_MISNAMED.issuperset(span.why) and any(span.brand in each for each in put_right))
        ]
        for surface in surfaces
    }
    named = fields if is_in_a_field else ()
    in_fields = {each.id: _in_field(each, policy) for each in named}
    known = {
        surface_id: [
            *(
                number_at(span.pieces, span.brand, policy, *span.why)._replace(last4=span.last4)
                for span in spans
            ),
            *in_fields.get(surface_id, ()),
        ]
        for surface_id, spans in doubted.items()
    }
    return {surface_id: spans for surface_id, spans in known.items() if spans}


def _may_hold_one(surface: Surface, found: Sequence[Span]) -> bool:
    """Whether a custom field has as many digits as a card number, of which nothing is known."""
    return (
        surface.kind is SurfaceKind.CUSTOM_FIELD
        and not found
        and sum(map(str.isdecimal, decoded_of(surface).text)) >= MIN_DIGITS
    )


def _in_field(surface: Surface, policy: Policy) -> list[Span]:
    """What a field shows as the number of a card: `8172533809294197 / IN-80012`."""
    decoded = decoded_of(surface)
    stretch = (0, len(decoded.text))
    return list(read_below(_HEAD, decoded, stretch, policy, joint=" "))


def _told(spans: Sequence[Span]) -> Iterator[Span]:
    return (span for span in spans if span.kind is Kind.PAN and span.action is Action.REPORT)


def _is_in_doubt(span: Span, own: Sequence[Span]) -> bool:
    """Whether nothing but its form speaks against it, or that it is sent beside a card."""
    if any(form.issuperset(span.why) for form in _DOUBTED):
        return True
    gone = (each for each in own if each.kind is Kind.PAN and each.action is Action.REDACT)
    return _SENT.issuperset(span.why) and any(_is_beside(span, card) for card in gone)


def _is_filled_in(surface: Surface, span: Span) -> bool:
    """Whether a number is that of a field, or of one in data that somebody has copied."""
    if not _FILLED_IN.issuperset(span.why):
        return False
    if surface.kind in _FIELDS:
        return True
    content = surface.content
    assert isinstance(content, Text)  # noqa: S101  files are not read here
    return bool(_KEY.search(content.text, max(0, span.start - _LONGEST_KEY), span.start))


def _says_where_a_card_is(surface: Surface) -> bool:
    """Whether a sentence of a text says that the number of a card is in a field."""
    return any(speaks_of_card(said) for said, _ in sentences_on_fields(surface))


def _put_right(surface: Surface) -> Iterator[Sequence[str]]:
    """Yield the words of sentences that say what a number is not: `your Visa, not the order`."""
    for said in _SENTENCE_ENDS.split(as_read(decoded_of(surface).text[:_READ])):
        if says(said, Listed.NOT) and speaks_of_card(said) and names_any(said, AGAINST):
            yield WORD.findall(said)


def _is_beside(span: Span, card: Span) -> bool:
    return -_BESIDE <= card.end - span.start <= 0 or 0 <= card.start - span.end <= _BESIDE


def _holds_a_card(found: Mapping[str, Sequence[Span]]) -> bool:
    return any(
        span.kind is Kind.PAN and span.action is Action.REDACT
        for spans in found.values()
        for span in spans
    )


def _is_about_payment(surface: Surface) -> bool:
    """Whether a place speaks of a card, in one of our masks too, or of a payment."""
    text = decoded_of(surface).text[:_READ]
    return says_card(text) or speaks_of_payment(as_read(text))
