"""The texts of a ticket together: what each shows, and what others give away. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Final

from integration.core.binary import is_binary
from integration.core.detection import find, find_in
from integration.core.masked_copy import without_digits_of_head
from integration.core.masks import masks_of_cards
from integration.core.policy import BESIDE_CARD, Policy
from integration.core.spans import Action, Kind, Span
from integration.core.surfaces import Surface, Text
from integration.core.together.across import joined, spans_across
from integration.core.together.asked import spans_asked_for
from integration.core.together.copied import spans_copied
from integration.core.together.corrected import spans_corrected
from integration.core.together.cut_short import spans_cut_short
from integration.core.together.dictation.spans import spans_dictated
from integration.core.together.echoed import spans_echoed
from integration.core.together.elsewhere import Taken, decoded_of, stand_in
from integration.core.together.filled_in import spans_filled_in
from integration.core.together.half_in_field import spans_half_in_field
from integration.core.together.halves import spans_of_halves
from integration.core.together.laid_out import spans_laid_out
from integration.core.together.last_group import spans_of_last_groups
from integration.core.together.masked import spans_of_masked_numbers
from integration.core.together.mistyped import spans_mistyped
from integration.core.together.named_groups import spans_of_named_groups
from integration.core.together.named_parts import spans_of_named_parts
from integration.core.together.numbered import spans_of_numbered_answers
from integration.core.together.parts import spans_of_parts
from integration.core.together.remembered import recall
from integration.core.together.repeated import spans_repeated
from integration.core.together.scattered import spans_scattered
from integration.core.together.spoken_of import spans_spoken_of
from integration.core.together.struck import spans_struck
from integration.core.together.titled import spans_titled
from integration.core.together.tokens import spans_of_tokens
from integration.core.together.told_apart import spans_told_apart
from integration.core.words.parts import may_name_parts

Found = Mapping[str, tuple[Span, ...]]
"""The spans of each text, by surface id."""

_GONE: Final = "\u2588"
"""Stands for a character that is removed: no word, no digit, no blank."""


def look_through(
    texts: Sequence[Surface], policy: Policy, begun: Mapping[str, Sequence[str]]
) -> Found:
    """What stands in these texts, and in the bytes of files: those tell nothing of each other.

    `begun`: what was stored of texts that are not known to be clean (`core.together.remembered`).
    """
    told = [surface for surface in texts if not is_binary(surface.content.media_type)]
    files = {s.id: _find(s, policy) for s in texts if is_binary(s.content.media_type)}
    return {**_look_through(told, policy, begun), **files}


def _look_through(
    texts: Sequence[Surface], policy: Policy, begun: Mapping[str, Sequence[str]]
) -> Found:
    own = {surface.id: _find(surface, policy) for surface in texts}
    texts = [without_digits_of_head(surface) for surface in texts]
    add = partial(_and, _masks(texts))
    across = spans_across(texts, own, policy)
    found: Found = own
    for more in (spans_of_parts(texts, own, across), across):
        found = add(found, more)
    for read in (spans_struck, spans_of_tokens, spans_laid_out, spans_spoken_of, spans_titled):
        found = add(found, read(texts, found, policy))
    for look in (spans_scattered, spans_mistyped):
        found = add(found, look(texts, found))
    for read in (spans_corrected, spans_filled_in, spans_half_in_field, spans_cut_short):
        found = add(found, read(texts, found, policy))
    dictated = spans_dictated(texts, found, policy)
    for more in (spans_of_parts(texts, found, dictated), dictated):
        found = add(found, more)
    if any(may_name_parts(decoded_of(surface).text) for surface in texts):
        for read in (spans_of_last_groups, spans_of_named_parts):
            found = add(found, read(texts, found, policy))
    found = add(found, spans_of_masked_numbers(texts, found, policy))
    of_questions = (spans_of_numbered_answers, spans_told_apart, spans_asked_for)
    for read in (*of_questions, spans_echoed):
        found = add(found, read(texts, found, policy))
    again = (spans_of_named_groups, spans_of_halves, spans_repeated, spans_copied)
    for look in (spans_mistyped, *again):
        found = add(found, look(texts, found))
    found = {s.id: _and_begun(s, found[s.id], policy, begun.get(s.id, ())) for s in texts}
    return {s.id: _and_behind(s, own[s.id], found[s.id], policy) for s in texts}


def _find(surface: Surface, policy: Policy) -> tuple[Span, ...]:
    assert isinstance(surface.content, Text)  # noqa: S101  files are not read here
    return tuple(find_in(surface.content, policy))


def _masks(texts: Sequence[Surface]) -> Mapping[str, Taken]:
    """Where our own masks stand: the last digits in one may tell of others, and stay."""
    return {
        surface.id: Taken((start, end) for start, end, _ in masks_of_cards(surface.content.text))
        for surface in texts
        if isinstance(surface.content, Text)
    }


def _and(masks: Mapping[str, Taken], found: Found, more: Mapping[str, Sequence[Span]]) -> Found:
    if not more:
        return found
    return {
        name: joined(spans, [span for span in more[name] if not masks[name].touches(span.pieces)])
        if name in more
        else spans
        for name, spans in found.items()
    }


def _and_behind(
    surface: Surface, own: Sequence[Span], found: tuple[Span, ...], policy: Policy
) -> tuple[Span, ...]:
    """And what only shows once that is gone which other texts give away."""
    known = set(own)
    gone = [span for span in found if span.action is Action.REDACT and span not in known]
    if not gone or not isinstance(surface.content, Text):
        return found
    shown = list(surface.content.text)
    for span in gone:
        number = stand_in(span.brand) if span.kind is Kind.PAN else ""
        for start, end in span.pieces:
            is_whole = len(number) <= end - start
            shown[start:end] = (number if is_whole else "").center(end - start, _GONE)
    taken = Taken.by(found)
    more = [
        span
        for span in find("".join(shown), surface.content.media_type, policy)
        if span.action is Action.REDACT and not taken.touches(span.pieces)
    ]
    return joined(found, more)


def _and_begun(
    surface: Surface, found: tuple[Span, ...], policy: Policy, stored: Sequence[str]
) -> tuple[Span, ...]:
    """And what was begun to be removed; groups of it may look like a date and a code."""
    if not stored:
        return found
    own = [s for s in found if s.action is Action.REDACT and s.kind not in BESIDE_CARD]
    return joined(found, joined(recall(surface, stored, policy), own))
