"""Who says a line and when: what stands before each in a transcript, and is no part of it.

`(09:35) Kunde - 4111`, `SMS 20 08 67 12 10:07: 4111`, the numbers and times of subtitles, all but
the text of a line of JSON: digits there belong to nobody's card.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

from integration.core.cards.meanings import names_another
from integration.core.together.message_fields import without_fields
from integration.core.words.naming import speaks_of_card
from integration.core.words.vocabulary import Label

NOTHING: Final = "\x1f"
"""Stands where something is that no piece can be: it is no digit, no letter and no blank."""
HEAD: Final = "\x1e"
"""The same where a line says who speaks."""
GONE: Final = "\x1d"
"""The same where a whole card number was, which has answered what was said before it."""
_CLOCK: Final = r"(?<![\d:])\d{1,2}:\d\d(?::\d\d)?(?:[.,]\d{1,3})?(?: ?[ap]\.?m\b\.?)?(?![\d:])"
_DATE: Final = r"(?<!\d)\d{1,4}([./-])\d{1,2}\1\d{2,4}(?!\d)"
_STAMP: Final = re.compile(rf"{_CLOCK}|{_DATE}")
_SECONDS: Final = re.compile(r"(?:(?<=\n)|\A)\W{0,4}\d{1,4}[.,]\d{1,3}(?:s\b|(?=[\t|;]))")
_SUBTITLE: Final = re.compile(
    r"^(?P<lead>[> ]*)(?:\d{1,5}[ \r]*\n[> ]*)?(?=\d{1,2}:\d\d[^\n]{0,12} --> )[^\n]*", re.MULTILINE
)
"""The number of a subtitle and when it is shown."""
_ENVELOPE: Final = re.compile(
    r"^[ \t>]*(?:from|to|fra|til|fran|till|von|an|de|para|da|van|aan|od|do|sender|avsender|"
    r"afsender|avsandare|absender|mottaker|modtager|time|date|sent|received|tid|dato|datum|sendt|skickat|"
    r"mottatt|modtaget|gesendet|zeit|heure|hora|fecha|tijd|ora|data)[ ]?:[ \t]*"
    r"(?:(?:\+|00)\d[\d ]{6,16}|\d{4,5}|"
    rf"(?:\d{{1,4}}[./-]\d{{1,2}}[./-]\d{{2,4}}[ ,T]*)?(?:{_CLOCK})?)[ \t\r]*$",
    re.MULTILINE,
)
"""Who sent a text message to which number, and when, as a gateway writes it above each."""
_SAID_IN_JSON: Final = re.compile(
    r'"(?:text|content|message|body|transcript|utterance|msg|line|said|value|caption)"[ ]?:[ ]?'
    r'"((?:[^"\\\n]|\\.){0,2000})"'
)
_PARTS: Final = re.compile(r"[ ]{2,}|:[ \t]|>[ \t]?|[|;][ \t]?|\t|[ ][-\u2013\u2014][ ]|,[ \t]?\"?")
_DIGIT: Final = re.compile(r"\d")
_LINE: Final = re.compile(r"[^\n]+")
_OF_A_TABLE: Final = re.compile('"?\\0"?,')
"""A time in a column of its own."""
_LONGEST: Final = 72
"""Characters of a line that may be its head."""
_OFTEN: Final = 2
"""Lines that one head stands before, at least."""
FIELDS: Final = frozenset(Label) - {
    Label.CARD,
    Label.CARD_HINT,
    Label.LINK,
    Label.EXPIRY_HINT,
    Label.TYPED,
    Label.CASH_MACHINE,
    Label.MONEY,
}
"""What a label says that stands before the digits of something else; many a name is a currency."""
_OTHERS: Final = FIELDS | {Label.CARD, Label.EXPIRY_HINT}
"""What names a number: the name of a field and no speaker."""


def without_heads(text: str) -> str:
    """The text, in plain letters, as long as it is, with nothing in place of the heads of lines."""
    if text.count("\n") < _OFTEN and '"' not in text:
        return text
    if '": "' in text or '":"' in text:
        text = _without_json(text)
    if "-->" in text:
        text = _SUBTITLE.sub(_blank, text)
    if ":" in text:
        text = _ENVELOPE.sub(_blank, text)
    text = without_fields(text)
    return _without_speakers(text)


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", HEAD, match[0])


def _without_json(text: str) -> str:
    """What lines of JSON say, each on a line of its own."""
    said = list(_SAID_IN_JSON.finditer(text))
    if len(said) < _OFTEN:
        return text
    first = max(text.rfind("{", 0, said[0].start()), 0)
    end = text.find("}", said[-1].end()) + 1 or said[-1].end()
    made = [text[:first]]
    at = first
    for each in said:
        start, behind = each.span(1)
        made += [re.sub(r"[^\n]", HEAD, text[at : start - 1]), "\n", text[start:behind]]
        at = behind
    made += [re.sub(r"[^\n]", HEAD, text[at:end]), text[end:]]
    return "".join(made)


def _without_speakers(text: str) -> str:
    # Where a line has no digits its head does no harm: it only tells how often one stands there.
    lines = [(line.start(), line[0], _DIGIT.search(line[0])) for line in _LINE.finditer(text)]
    heads = {start: found for start, line, digit in lines if digit and (found := _heads(line))}
    if not heads:
        return text
    others = (_heads(line) for _, line, digit in lines if not digit)
    times = Counter(
        key for found in (*heads.values(), *others) for key in {key for _, key in found}
    )
    made = list(text)
    for start, found in heads.items():
        often = [each for each in reversed(found) if times[each[1]] >= _OFTEN]
        is_head = (size for size, key in (*often, *found) if _is_head(key, times[key]))
        size = next(is_head, 0)
        kept = text[start : start + size]
        for at in range(start, start + len(kept.rstrip())):
            made[at] = HEAD
    return "".join(made)


def _heads(line: str) -> list[tuple[int, str]]:
    """What may be the head of a line, the shortest first: its length, and it without the time."""
    head = line[:_LONGEST]
    found = [part.end() for part in _PARTS.finditer(head)]
    if len(line) <= _LONGEST and _is_stamped_at_the_end(line):
        found.append(len(line))
    return [(end, _STAMP.sub("\0", head[:end])) for end in found]


def _is_stamped_at_the_end(line: str) -> bool:
    bare = line.rstrip(" )]*:\r")
    return any(stamp.end() == len(bare) for stamp in _STAMP.finditer(line))


def _is_head(key: str, times: int) -> bool:
    """Whether something stands before lines as who says them does, and names no number."""
    is_stamped, has_digits = "\0" in key, any(map(str.isdecimal, key))
    if times < _OFTEN and (not is_stamped or has_digits):
        return False
    if has_digits and not (is_stamped or any(map(str.isalpha, key))):
        return False
    if not is_stamped and speaks_of_card(key):
        return False
    if key.rstrip(' "').endswith(",") and not _OF_A_TABLE.match(key):
        return False
    if is_stamped and times >= _OFTEN:
        return True
    return not names_another(key, _OTHERS)
