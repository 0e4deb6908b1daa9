r"""Dumps of bytes, as `xxd`, `hexdump`, `od` and `tcpdump -X` print them, read aside as one text.

Each row has its place, the bytes in pairs of hexadecimal digits and often the text beside them. A
number goes on in the next row; it stands there twice, and either may be in EBCDIC. In the data of a
chip two digits are one byte. A dump may also be nothing but such digits, a letter in each place
(`od -c`), or the bytes as programs write them: `\x41\x11`, `0x41, 0x11`, `5A 08 41 11`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from integration.core.text.builder import Builder, read_twice
from integration.core.text.decoded import BARRIER
from integration.core.text.lazy import lazy

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Iterator, Sequence

    from integration.core.text.decoded import Decoded

_HINT: Final = "0000"
"""Stands in the place of a row."""
_HEX: Final = "[0-9a-fA-F]"
_PAIRS: Final = rf"{_HEX}{{2}}(?:[ -]{_HEX}{{2}}){{7}}  {_HEX}{{2}}(?:[ -]{_HEX}{{2}}){{0,7}}"
_MORE_PAIRS: Final = rf"{_HEX}{{2}}(?:[ -]{_HEX}{{2}}){{0,31}}"
_WORDS: Final = rf"(?:{_HEX}{{4}}){{1,4}}(?: (?:{_HEX}{{4}}){{1,4}}){{0,15}}(?: {_HEX}{{2}})?"
_LETTERS: Final = r"(?: {3}[!-~]| {2}\\[0abtnvfr]| [0-7]{3}| {4}){1,16}"
_ROW: Final = lazy(
    rf"(?m)^[ \t>]{{0,8}}(?:0[xX]|{_HEX}{{4}}:)?{_HEX}{{4,16}}(?:"
    rf"(?::[ \t]{{0,3}}|[ \t]{{1,3}})(?P<bytes>{_PAIRS}|{_MORE_PAIRS}|{_WORDS})(?=[ \t\r]|$)"
    rf"(?:[ \t]{{1,99}}[|>*]?(?P<text>\S[^\n]*))?|(?P<letters>{_LETTERS})[ \t\r]*$)"
)
"""A place, the bytes, and what stands beside them; or a letter for each byte."""
_FIGURES: Final = tuple((zone, lazy(rf"{zone}[0-9](?:{zone}[0-9]){{5}}")) for zone in "3Ff")
"""Figures in hexadecimal, in ASCII or EBCDIC, by what each begins with: looked for fastest."""
_BARE: Final = lazy(
    rf"(?<![0-9a-fA-F])(?P<bytes>(?:{_HEX}{{2}}){{13,}}(?:\r?\n(?:{_HEX}{{2}}){{1,}}(?=\s|$))*)"
)
_NEXT: Final = r"(?:,[ \t]?(?:\r?\n[ \t]{0,16})?| )"
_LIST: Final = lazy(rf"(?:\\x{_HEX}{{2}}){{8,}}|(?:0x{_HEX}{{2}}{_NEXT}){{7,}}0x{_HEX}{{2}}")
_TAGS: Final = ("5A", "5a")
"""Of a card number in the data of a chip; on one line and apart it reads as it stands."""
_OF_EBCDIC: Final = ("F0 F", "F1 F", "f0 f", "f1 f")
"""Figures."""
_BYTES: Final = rf"(?:{_HEX}{{2}}[ :-]){{%s}}{_HEX}{{2}}(?![0-9A-Za-z])"
_SPACED: Final = lazy(
    rf"(?<![0-9A-Za-z])(?P<bytes>{_BYTES % '7,'}(?:[ \t]*\r?\n[ \t]*{_BYTES % '0,'})*)"
)
_PACKED: Final = lazy(
    r"(?=5A0[6-9A][2-6][0-9]{11}|57(?:0[89A-F]|1[0-3])[2-6][0-9]{11,18}D[0-9]{4}"
    r"|0[1248][0-3][01](?:[4-7][0-9A-F]{15}|[C-F][0-9A-F]{31})1[2-9][0-9]{12})"
)
"""Tags 5A and 57 with their lengths (EMV), or a message with field 2 (ISO 8583)."""
_LENGTH_FIRST: Final = lazy(r"1[2-9][2-6][0-9]{11}")
_LONGEST_NUMBER: Final = 12
"""Bytes of a list that is a number behind its length."""
_LONGEST_PACKED: Final = 64
"""Bytes that are read behind its beginning."""
_LISTED: Final = lazy(rf"[\\0]x({_HEX}{{2}})")
_GROUP: Final = lazy(rf"(?:{_HEX}{{2}})+")
_PAIR: Final = lazy(rf"{_HEX}{{2}}")
_LETTER: Final = lazy(r" (?:  ([!-~])|...)")
_LONGEST_GAP: Final = 2
"""Characters between two rows: the end of a line."""
_UNSEEN: Final = "."
"""Stands for a byte that is no letter, as in the dumps themselves."""
_SEEN: Final = range(0x20, 0x7F)
_EBCDIC: Final = "cp037"
_DIGITS_IN_EBCDIC: Final = range(0xF0, 0xFA)
_FEWEST: Final = 8
"""Digits in EBCDIC: other dumps hold such bytes by chance."""

_Byte = tuple[int, int, int]
"""A byte, and where it is written."""


class _Row(NamedTuple):
    """The bytes of a row in groups, and where the text beside them stands."""

    groups: Sequence[Sequence[_Byte]]
    text: tuple[int, int]


def may_stand_in(source: str) -> bool:
    """Return at a glance whether a dump may stand in a text.

    Written out, since every text comes by: a loop takes three times as long.
    """
    return (
        _HINT in source
        or "0x" in source
        or ("5" in source and ("5A" in source or "5a" in source))
        or ("F" in source and ("F0 F" in source or "F1 F" in source))
        or "f0 f" in source
        or "f1 f" in source
        or _holds_figures(source)
    )


def opened(source: str) -> Decoded | None:
    """Read a text as it stands, and its dumps aside as they say; None where there is none."""
    dumps = list(_dumps(source)) if _HINT in source else []
    return _with_aside(source, [*dumps, *_bare(source), *_spaced(source, dumps)])


def opened_lists(source: str) -> Decoded | None:
    """Do the same for bytes that are listed one by one, each with a sign before it."""
    lists = _LIST.finditer(source) if "\\x" in source or "0x" in source else ()
    return _with_aside(source, [[_listed(found)] for found in lists])


def _with_aside(source: str, dumps: Sequence[Sequence[_Row]]) -> Decoded | None:
    if not dumps:
        return None
    aside = Builder(source)
    for rows in dumps:
        _read(rows, aside)
    return read_twice(source, aside)


def _listed(found: re.Match[str]) -> _Row:
    return _Row(
        [
            [(int(byte[1], 16), *byte.span())]
            for byte in _LISTED.finditer(found.string, *found.span())
        ],
        (0, 0),
    )


def _dumps(source: str) -> Iterator[list[_Row]]:
    rows: list[_Row] = []
    end = 0
    for row in _ROW.finditer(source):
        if rows and row.start() - end > _LONGEST_GAP:
            yield rows
            rows = []
        rows.append(_row(row))
        end = row.end()
    if rows:
        yield rows


def _bare(source: str) -> Iterator[list[_Row]]:
    """Yield the dumps that are nothing but hexadecimal digits, and hold figures."""
    if _holds_figures(source):
        for found in _BARE.finditer(source):
            if _holds_figures(found[0]):
                yield [_Row(_groups(found), (0, 0))]


def _spaced(source: str, dumps: Sequence[Sequence[_Row]]) -> Iterator[list[_Row]]:
    """Yield the dumps that are nothing but bytes, each apart, but for those in rows."""
    if not _holds(source, (*_TAGS, *_OF_EBCDIC)):
        return
    known = {row.groups[0][0][1] for rows in dumps for row in rows}
    for found in _SPACED.finditer(source):
        is_parted = "\n" in found[0] or ":" in found[0]
        is_told = _holds(found[0], _OF_EBCDIC) or (is_parted and _holds(found[0], _TAGS))
        if is_told and known.isdisjoint(range(*found.span())):
            yield [_Row(_groups(found), (0, 0))]


def _holds_figures(text: str) -> bool:
    return any(zone in text and figures.search(text) for zone, figures in _FIGURES)


def _holds(text: str, signs: Sequence[str]) -> bool:
    return any(sign in text for sign in signs)


def _row(row: re.Match[str]) -> _Row:
    if row["letters"]:
        cells = _LETTER.finditer(row.string, *row.span("letters"))
        return _Row([[(ord(cell[1] or _UNSEEN), *cell.span()) for cell in cells]], (0, 0))
    groups = _groups(row)
    size, shown = sum(map(len, groups)), (row["text"] or "").rstrip("|<* \t\r")
    begin = row.start("text")
    # Where a mask stands in it, it is no longer what the bytes say.
    return _Row(groups, (begin, begin + len(shown)) if 0 < len(shown) <= size else (0, 0))


def _groups(found: re.Match[str]) -> Sequence[Sequence[_Byte]]:
    return [
        [(int(pair[0], 16), *pair.span()) for pair in _PAIR.finditer(found.string, *group.span())]
        for group in _GROUP.finditer(found.string, *found.span("bytes"))
    ]


def _read(rows: Sequence[_Row], aside: Builder) -> None:
    """Read the bytes of a dump in each way that they may be meant, and the text beside them."""
    groups = [group for row in rows for group in row.groups]
    found = [byte for group in groups for byte in group]
    readings: list[tuple[Sequence[_Byte], Callable[[int], str]]] = [(found, _ascii)]
    if sum(byte in _DIGITS_IN_EBCDIC for byte, _, _ in found) >= _FEWEST:
        readings.append((found, _ebcdic))
    if len(rows) < len(groups) < len(found):
        readings.append(([byte for group in groups for byte in reversed(group)], _ascii))
    readings += [(stretch, _in_digits) for stretch in _packed(found)]
    for row_of_bytes, letters in readings:
        aside.gap(BARRIER)
        for byte, start, end in row_of_bytes:
            aside.atom(letters(byte), start, end)
    aside.gap(BARRIER)
    for row in rows:
        aside.verbatim(*row.text)


def _packed(found: Sequence[_Byte]) -> Iterator[Sequence[_Byte]]:
    """Yield what follows a tag of a chip, or a message type with its bitmap: two digits a byte."""
    digits = "".join(_in_digits(byte) for byte, _, _ in found)
    if len(found) <= _LONGEST_NUMBER and _LENGTH_FIRST.match(digits):
        yield found
    for each in _PACKED.finditer(digits):
        at, is_odd = divmod(each.start(), 2)
        if not is_odd:
            yield found[at : at + _LONGEST_PACKED]


def _in_digits(byte: int) -> str:
    return f"{byte:02X}"


def _ascii(byte: int) -> str:
    return chr(byte) if byte in _SEEN else _UNSEEN


def _ebcdic(byte: int) -> str:
    letter = bytes((byte,)).decode(_EBCDIC)
    return letter if letter.isprintable() else _UNSEEN
