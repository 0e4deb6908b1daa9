"""What stands in tags: attributes that a person may have filled, and the values of form controls.

Sizes, colours and identifiers of a page are no one's data and are not read.
"""

from __future__ import annotations

import re
import sys
from html import unescape
from typing import TYPE_CHECKING, Final

from integration.core.text.builder import Builder
from integration.core.text.elements import words_of
from integration.core.text.lazy import lazy

if TYPE_CHECKING:
    from collections.abc import Iterator

ENTITY: Final = (
    r"&(?:#0*+[0-9]{1,7};?|#[xX]0*+[0-9a-fA-F]{1,6};?"
    r"|[a-zA-Z]{2,31}+[0-9]{0,2}+;|[a-zA-Z]{2,8})"  # digits behind `&nbsp` are not its own
)
"""An entity, closed or not, as a pattern."""
_ENTITIES = lazy(ENTITY)

# A security code has three digits; an entity or an escape may stand for any.
_WORTH_READING = lazy(r"[\d&%](?:(?<=\d)(?:[^\d<>]{0,8}\d){2}|(?<=&)#|(?<=%))")
_ATTRIBUTE = lazy(r"([^\s=>\"'/<]++)(?:\s*+=\s*+(?:\"([^\"]*+)|'([^']*+)|([^\s>\"'][^\s>]*+)))?")
_UNQUOTED: Final = 4
_LOOKS = """
    align bgcolor border cellpadding cellspacing class clip-path color cols colspan coords cx cy d
    dir face fill height hspace id integrity lang language leftmargin link maxlength nonce points
    r rows rowspan size sizes span srcset start stroke style tabindex topmargin transform valign
    version viewbox vlink vspace width x x1 x2 y y1 y2
"""
_DRAWN: Final = frozenset(_LOOKS.split())
"""Attributes that say how a page looks or hold its parts together."""
_DRAWN_PREFIXES: Final = ("xmlns", "v:", "o:spid", "mso-")
_LOADED: Final = frozenset({"src", "background", "poster"})
"""Addresses of what a page loads: they hold the numbers of campaigns and readers, unless named."""
_NAMES_A_CARD = lazy(
    r"[?&;][^=&;]{0,40}(?:card|kort|kart|pan|cc|cv[vc])[^=&;]{0,40}=", re.IGNORECASE
)
_NAMES: Final = _LOADED | {"id", "class"}
"""Attributes that hold a card number only where they name one: it is reported then."""
_CARD_BY_NAME = lazy(
    r"(?:card|kort|kart|cart[ae]|tarjet|visa|amex)[^\s\"'<>?]{0,40}?\d(?:[_.-]?\d){14}",
    re.IGNORECASE,
)
_NAMING: Final = ("autocomplete", "name", "id", "placeholder", "aria-label", "title")
_FILLED: Final = {
    "cc-number": "card number",
    "cc-csc": "card security code",
    "cc-exp": "card expiry",
    "cc-exp-month": "expiry month",
    "cc-exp-year": "expiry year",
    "off": "",
    "on": "",
}
"""What `autocomplete` says (https://html.spec.whatwg.org/#autofill-field)."""
_NUMBERS = lazy(r"\d+")
# Programs take any long number for one to call; what is too long for one is read for what it is.
_CALLED = lazy(
    r"href\s{0,9}=\s{0,9}[\"']?(?:tel|sms|callto):(?=(?:\d[^\d\"'<>]{0,3}){14})", re.IGNORECASE
)


def read_value(source: str, start: int, end: int, into: Builder) -> None:
    """Read `start`..`end` of the source as it stands, but for its entities."""
    for entity in _ENTITIES.finditer(source, start, end):
        into.verbatim(start, entity.start())
        into.atom(unescape(entity[0]), *entity.span())
        start = entity.end()
    into.verbatim(start, end)


def worth_reading(source: str, start: int = 0, end: int = sys.maxsize) -> bool:
    """Return whether `start`..`end` could hold as much as a security code."""
    return bool(_WORTH_READING.search(source, start, end))


def filled(tag: str, *done: str) -> tuple[tuple[tuple[int, int], ...], ...]:
    """Return what to read of a tag, but for the attributes that are `done`, and what together."""
    if not _WORTH_READING.search(tag):
        return ()
    read = [each for each in _attributes(tag, 0, len(tag)) if each[0] not in done]
    spans = [each.span() for name, each in read if _is_someones(name, each[0])]
    apart = [(each.span(),) for name, each in read if _names_card(name, each[0])]
    if not any(worth_reading(tag, *span) for span in spans):
        return tuple(apart)
    called = [_CALLED.match(tag, *span) for span in spans]
    together = tuple(
        (number.end() if number else start, end)
        for number, (start, end) in zip(called, spans, strict=True)
    )
    return (together, *apart)


def _is_someones(name: str, attribute: str) -> bool:
    """Return whether a person may have filled an attribute."""
    if name in _DRAWN or name.startswith(_DRAWN_PREFIXES):
        return False
    return name not in _LOADED or _NAMES_A_CARD.search(attribute) is not None


def _names_card(name: str, attribute: str) -> bool:
    """Return whether the name of a part of a page, or of what it loads, speaks of a card."""
    return name in _NAMES and _CARD_BY_NAME.search(attribute) is not None


def read_control(source: str, start: int, end: int, flow: Builder, before: str) -> str:
    """Read what stands in the field at `start`..`end`, behind the names of the field.

    Return the names. Fields for the groups of one number have the same, but for a number: names
    as `before` are not said again.
    """
    found = {name: each for name, each in _attributes(source, start, end) if each.lastindex != 1}
    value = found.get("value")
    if value is None:
        return before
    names = "".join(_said(name, found[name]) for name in _NAMING if name in found)
    flow.gap(names if names != before else "\t")
    read_value(source, *value.span(value.lastindex or 0), flow)
    flow.gap("\t")
    return names


def unquoted_at(
    source: str, tag: int, tag_end: int, start: int, end: int
) -> tuple[int, int] | None:
    """Return the unquoted value around `start`..`end` in the tag at `tag`..`tag_end`."""
    read = (attribute for _, attribute in _attributes(source, tag, tag_end))
    low, high = next((each.span(_UNQUOTED) for each in read if each.end() >= end), (-1, -1))
    return (low, high) if 0 <= low <= start else None


def _attributes(source: str, start: int, end: int) -> Iterator[tuple[str, re.Match[str]]]:
    tag = _ATTRIBUTE.match(source, start + 1, end)
    for attribute in _ATTRIBUTE.finditer(source, tag.end() if tag else start, end):
        yield attribute[1].lower(), attribute


def _said(name: str, attribute: re.Match[str]) -> str:
    value = _NUMBERS.sub("", unescape(attribute[attribute.lastindex or 0]))
    if name == "autocomplete":
        value = _FILLED.get(value.lower(), value)
    elif name in {"name", "id"}:
        value = words_of(value)
    return f"\n{value}: " if value.strip() else ""
