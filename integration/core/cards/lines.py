"""Card numbers over lines of a chat or parts of a message: `09:41 Kari: 4111 1111` and so on.

What stands between the end of one line and the digits of the next (a clock, the name of the same
writer, `2/2`, a line in which somebody says no more than `ok`) is read as an end of a line, so that
the groups follow each other; as nothing where it parts a group of four.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from integration.core.cards.headed import line_at
from integration.core.text.fold import INVISIBLE
from integration.core.text.lazy import lazy
from integration.core.text.reading import of_folded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from integration.core.text.reading import Reading

_LONGEST_LINE: Final = 80
_LONGEST_PART: Final = 20
_MOST_BLANKS: Final = 3
"""At the end of a line."""
_PART = rb"(?:[A-Za-z]{2,8} )?[(\[]?(?:[A-Za-z]{2,8} )?[1-9] ?(?:/|of|av) ?[1-9][)\]]?(?::(?= ))?"
_GOES_ON = rb"///"  # a line of a teletype that continues the one above (IATA AIRIMP)
_CLOCK = (
    rb"[\[(]?(?:[0-9]{1,4}[./-][0-9]{1,2}[./-][0-9]{1,4},? )?"
    rb"[0-9]{1,2}[:.][0-9]{2}(?:[:.][0-9]{2})?(?: ?[AaPp][Mm])?[\])]?[ ,-]{0,3}"
)
# `2)`, `2nd:`, `group 2:`
_ITEM_SIGN = rb"(?:[.)]|(?:st|nd|rd|th)?:)(?= )"
_ITEM = rb"(?:>[> ]{0,3})?(?:[A-Za-z]{1,10} )?[2-9]%b" % _ITEM_SIGN
# `Kari:`, `<Kari>` without its first sign, `Kari (09:41):` and `Kari 09:41:`.
_NAME = rb"([A-Za-z\x80-\xff][\w .\x80-\xff'-]{0,23}?)(?: ?[(\[]?%b)?[:>]" % _CLOCK
_ANY_NAME = _NAME.replace(b"(", b"(?:", 1)
# A digit, or the bracket around a part, and perhaps blanks end the line before.
_ENDS_A_LINE = rb"(?<=[0-9)\] \t\r]\n)(?:%b)" % b"|".join(
    rb"(?<=[0-9)\]]%b\n)" % (rb"[ \t\r]" * blanks) for blanks in range(_MOST_BLANKS + 1)
)
_EMPTY_LINE = rb"(?:[ \t\r]{0,3}\n)?+"  # between paragraphs, as those of HTML
_AHEAD = lazy(
    rb"\n%b%b[ \t]{0,2}(?:(%b|%b)|(%b)|(?:%b)?%b|%b)?[ \t]{0,2}(?=[0-9]{2})"
    % (_ENDS_A_LINE, _EMPTY_LINE, _PART, _GOES_ON, _ITEM, _CLOCK, _NAME, _CLOCK)
)
_LINE_HEAD = rb"(?>[ \t>]{0,3}(?:[-*\xb7] ?)?(?:%b)?(?:%b)?[ \t]{0,2})" % (
    _CLOCK,
    _ANY_NAME,
)
# `ok`, `go on, please`, or a question: `and the remaining eight?`.
_FEW_WORDS = (
    rb"(?:(?:[A-Za-z\x80-\xff]{1,10}+[.!,]{0,2}+ ?+){1,3}+(?=[ \t\r]{0,3}\n)"
    rb"|(?:[A-Za-z\x80-\xff]{1,12}+,? ?+){2,6}+(?:8 ?+)?\?)"
)
_NUMBER_ONLY = rb"(?:[0-9]{5,8}|[0-9]{1,4}(?:[ .-][0-9]{1,4}){0,4})[ \t\r]{0,3}(?:\n|\Z)"
# What is answered to, among the answers: `> first eight?`, `4111 1111`, `> the last 8?`.
_EMPTY_LINES = rb"(?:[ \t\r]{0,3}\n){0,2}+"
_QUOTED_LINES = rb"%b(?:[ \t]{0,2}>(?:[^\n0-9]|[0-9](?![0-9])){0,64}\n){1,3}+%b" % (
    _EMPTY_LINES,
    _EMPTY_LINES,
)
# A short line of few words, or a quoted one, and then one of nothing but digits.
_SAID_BETWEEN = lazy(
    rb"\n%b(?:%b(?=[^\n]{2,64}\n)%b%b[ \t\r]{0,3}\n%b%b|%b)(?=%b)"
    % (
        *(_ENDS_A_LINE, _EMPTY_LINE, _LINE_HEAD, _FEW_WORDS, _EMPTY_LINE, _LINE_HEAD),
        *(_QUOTED_LINES, _NUMBER_ONLY),
    )
)
# The time that stands above each line of a film: `00:00:06.100 --> 00:00:11.480`, numbered or not,
# and perhaps who says it: `<v Customer>4111`.
_SPEAKER = rb"(?:<v[^<>\n0-9]{1,40}>|%b)?" % _ANY_NAME
_INSTANT = rb"(?:[0-9]{2}:)?[0-9]{2}:[0-9]{2}[.,][0-9]{3}"
_CUE = lazy(
    rb"\n%b%b(?:[0-9]{1,5}[ \t\r]{0,3}\n)?%b --> %b[^\n0-9]{0,40}\n(?:%b(?=[ \t]{0,2}[0-9]{2}))"
    % (_ENDS_A_LINE, _EMPTY_LINES, _INSTANT, _INSTANT, _SPEAKER)
)
# The writer and the time on a line above each message: `Visitor \xb7 10:43`.
_LETTERS = rb"[A-Za-z\x80-\xff][A-Za-z .\x80-\xff'-]{0,23}?"
_ABOVE = rb"[ \t>]{0,3}(%b)[ \xb7|,(@-]{1,4}%b[)\]]?[ \t\r]{0,3}" % (_LETTERS, _CLOCK)
_HEADED = lazy(rb"\n%b%b%b\n(?=[ \t]{0,2}[0-9]{2})" % (_ENDS_A_LINE, _EMPTY_LINES, _ABOVE))
_HEAD_ABOVE = lazy(_ABOVE)
# Digits that the other side says again before the next: `Kari: 4111`, `Ola: 4111, yes`, `Kari: 11`.
_ECHO = lazy(
    rb"(?<![0-9])(?P<said>[0-9]{2,6}(?:[ .-][0-9]{2,6}){0,2})[ \t\r]{0,3}"
    rb"\n%b%b(?P=said)(?:,? ?[A-Za-z\x80-\xff]{1,8}){0,2}+[.?!]?[ \t\r]{0,3}\n%b%b(?=[0-9]{2})"
    % (_EMPTY_LINE, _LINE_HEAD, _EMPTY_LINE, _LINE_HEAD)
)
# What else who writes a recording down hears: `2345 (pause) 1037 (rustling) 8111`.
_HEARD = (
    rb"(?:short |long |brief |kort |lang |lange |kurze )?(?:paus(?:e|es|en|a)?|silence|stillhet"
    rb"|rustl(?:es|ing)|papers?|typing|crosstalk|noise|background noise|static|beeps?"
    rb"|breath(?:es|ing)?|sighs?|coughs?|coughing|laughs?|laughter|sniffs?|clears throat|unclear"
    rb"|inaudible|puster|sukker|hoster|ler|latter|rasling|rasler|st\xf8y|uklart|skratt|harklar sig"
    rb"|seufzt|hustet|lacht|rascheln|unverst\xe4ndlich|silencio|rires?|soupir|tousse)"
)
# What people say while they look for the next digits; a recording that is written down has it.
_HESITATES = lazy(
    rb"(?<=[0-9])(?:[ ,.]{1,4}(?:u+m+|[uea]+h+m?|e+r+m?|h+m+|m{2,}|euh|oeh)[ ,.]{1,4}"
    rb"|[ ,.]{0,3}[(\[*](?:%b)[)\]*][ ,.]{0,3})(?=[0-9])" % _HEARD,
    re.IGNORECASE,
)
_BLANKS = b" \t\r"
_BARE = b"0123456789 .-\t\r"
_TO_LETTERS: Final = bytes.maketrans(b"0123456789", b"x" * 10)
_LAST_DIGITS = lazy(rb"(?<![0-9])[0-9]{1,18}\Z")
_FIRST_DIGITS = lazy(rb"[0-9]{1,18}(?![0-9])")
_NUMBERED = lazy(_PART)
_WHOLE: Final = range(13, 20)
"""Digits of a card number."""
_GROUP: Final = 4
_BEHIND = lazy(rb"[0-9]([ \t]{0,2}%b)?[ \t\r]{0,3}\Z" % _PART)
_ITEM_BEFORE = lazy(rb"[^0-9\n]{0,40}(?<![A-Za-z])([1-8])%b" % _ITEM_SIGN)
_NUMBER_OF_ITEM = lazy(rb"[2-9]")
_HEAD = lazy(rb"(?:%b)?%b" % (_CLOCK, _NAME))
# The clock of a line in which another one writes: its hour is no group of the number above.
_CLOCK_BELOW = lazy(rb"(?<=[0-9]\n)[ \t>]{0,3}%b(?=[^\n0-9]{1,40}[:>])" % _CLOCK)


def over_lines(reading: Reading) -> tuple[Reading, list[tuple[int, int]]]:
    """Return the reading with its lines joined, and where; none where there is nothing to join."""
    gaps = sorted({*_gaps(reading.folded), *_gaps_of_talk(reading.folded)})
    pauses = [pause.span() for pause in _HESITATES.finditer(reading.folded)]
    if not (gaps or pauses):
        return reading, []
    folded = bytearray(_CLOCK_BELOW.sub(_in_letters, reading.folded))
    for start, end in pauses:
        folded[start:end] = b" ".ljust(end - start, INVISIBLE)
    for start, end in gaps:
        joint = b"" if _parts_a_group(reading.folded, start, end) else b"\n"
        folded[start:end] = joint.ljust(end - start, INVISIBLE)
        low, high = _writer(reading.folded, start, end)
        folded[low:high] = INVISIBLE * (high - low)
    return of_folded(reading.text, bytes(folded)), sorted((*gaps, *pauses))


def hesitates(folded: bytes, first: int, last: int) -> bool:
    """Return whether somebody looks for the next digits: `49 25 um 86 98`."""
    return _HESITATES.search(folded, first, last) is not None


def _in_letters(clock: re.Match[bytes]) -> bytes:
    return clock[0].translate(_TO_LETTERS)


def may_join(folded: bytes) -> bool:
    """Return whether digits may follow each other over the end of a line."""
    ways = (_AHEAD, _SAID_BETWEEN, _CUE, _ECHO, _HEADED, _HESITATES)
    return any(each.search(folded) for each in ways)


def _writer(folded: bytes, start: int, end: int) -> tuple[int, int]:
    """Return where the name stands of who writes before a gap and behind it.

    `Customer: 4111 1111`: here it is no label of the number.
    """
    low = folded.rfind(b"\n", max(0, start - _LONGEST_LINE), start) + 1
    said = _HEAD.match(folded, low, start)
    again = _HEAD.match(folded, folded.rfind(b"\n", start, end) + 1, end)
    return said.span(1) if said and again and said[1] == again[1] else (start, start)


def _parts_a_group(folded: bytes, start: int, end: int) -> bool:
    """Return whether the digits before a gap and those behind it make a group of four.

    Or a whole number, where a message was cut in parts: `414761450`, `(2/2) 5277180`.
    """
    before = _LAST_DIGITS.search(folded, max(0, start - _WHOLE.stop), start)
    behind = _FIRST_DIGITS.match(folded, end)
    if not (before and behind):
        return False
    sizes = len(before[0]), len(behind[0])
    if sum(sizes) in _WHOLE and sizes[0] % _GROUP:
        return _NUMBERED.search(folded, start, end) is not None
    return sum(sizes) == _GROUP


def _gaps_of_talk(folded: bytes) -> Iterator[tuple[int, int]]:
    """Yield the lines in which somebody says a few words between the pieces of a number.

    Or no words: the same digits again, or when the next line is shown.
    """
    for pattern in (_SAID_BETWEEN, _CUE):
        for between in pattern.finditer(folded):
            blanks = folded[max(0, between.start() - _MOST_BLANKS) : between.start()]
            yield between.start() - len(blanks) + len(blanks.rstrip(_BLANKS)), between.end()
    for headed in _HEADED.finditer(folded):
        line = folded.rfind(b"\n", max(0, headed.start() - _LONGEST_LINE), headed.start())
        above = folded.rfind(b"\n", max(0, line - _LONGEST_LINE), max(line, 0)) + 1
        before = _HEAD_ABOVE.fullmatch(folded, above, line) if line > 0 else None
        if before and before[1] == headed[1]:
            yield headed.start(), headed.end()
    for echo in _ECHO.finditer(folded):
        if _says_another(folded, echo):
            yield echo.end("said"), echo.end()


def _says_another(folded: bytes, echo: re.Match[bytes]) -> bool:
    """Return whether another writer says digits again: one number may hold 1111 twice."""
    low = folded.rfind(b"\n", max(0, echo.start() - _LONGEST_LINE), echo.start()) + 1
    said = _HEAD.match(folded, low, echo.start())
    behind = folded[echo.end("said") : echo.end()]
    at = echo.end() - len(behind.lstrip(_BLANKS + b"\n"))
    again = _HEAD.match(folded, at, echo.end())
    return bool(said and again) and said[1] != again[1]  # type: ignore[index]


def _gaps(folded: bytes) -> Iterator[tuple[int, int]]:
    for ahead in _AHEAD.finditer(folded):
        low = folded.rfind(b"\n", max(0, ahead.start() - _LONGEST_LINE), ahead.start()) + 1
        behind = _BEHIND.search(folded, max(low, ahead.start() - _LONGEST_PART), ahead.start())
        if not behind:
            continue
        part, item, name = behind[1] or ahead[1], ahead[2], ahead[3]
        is_same = name and _who_says(folded, low, ahead.start()) == name
        if part or is_same or (item and _precedes(folded, low, item)):
            yield behind.start() + 1, ahead.end()


def _who_says(folded: bytes, line: int, end: int) -> bytes | None:
    """Return who says a line, or the one above where it is nothing but digits."""
    head = _HEAD.match(folded, line, end)
    if head is None and line and not folded[line:end].translate(None, _BARE):
        head = _HEAD.match(folded, *line_at(folded, line - 1))
    return head[1] if head else None


def _precedes(folded: bytes, line: int, item: bytes) -> bool:
    """Return whether a line is the item of a list before this one: `1) 4111`, `2) 1111`."""
    before, this = _ITEM_BEFORE.match(folded, line), _NUMBER_OF_ITEM.search(item)
    return bool(before and this) and int(before[1]) + 1 == int(this[0])  # type: ignore[index]


def are_items(folded: bytes, start: int, end: int) -> bool:
    """Return whether the lines of a number are items of a list."""
    ahead = _AHEAD.search(folded, start, end)
    return ahead is not None and ahead[2] is not None
