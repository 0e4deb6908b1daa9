"""The words at the cuts of a number that goes on in the author's next messages. Pure.

`My card number is 4111 1111`, `sorry, here is the rest: 1111 1111`: what people say there is left
out, so that the pieces are read as one number. Words that name another number stay. Where the
second half was sent first, the two are read the other way round.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, filterfalse, islice, takewhile
from typing import Final, NamedTuple

from integration.core.cards.issuers import issuer_of
from integration.core.cards.luhn import is_valid
from integration.core.together.conversations import GROUP, Message
from integration.core.together.elsewhere import say_card
from integration.core.words.correcting import tells_of_parts, tells_the_end
from integration.core.words.naming import names_no_other, speaks_of_card
from integration.core.words.vocabulary import as_read

Shown = list[tuple[int, int]]
"""Which part of each message is read."""

_HALVES: Final = frozenset({4, 8, 10, 12})
"""Digits behind which a group of a card number ends, and more must follow."""
GROUPS_END: Final = _HALVES | {16}
"""After so many digits a group of a card number ends (4-4-4-4, 4-6-5, 4-4-4-4-3)."""
_WHOLE: Final = range(13, 20)
ROW: Final = re.compile(r"\d(?:[ \xa0.-]{0,2}\d)*")
"""Digits that are written as one number, or as a part of one."""
_DIGITS: Final = re.compile(r"\d\d")
_SENTENCE_ENDS: Final = re.compile(r"[.!?](?:\s|\Z)|\n")
_PARAGRAPH_ENDS: Final = re.compile(r"\n[ \t\r]*\n|\n-- ?\r?\n")
"""An empty line, or the sign before a signature (RFC 3676, 4.3)."""
_TELEPHONE: Final = range(7, 12)
"""Digits of most telephone numbers without their country."""
_WORDS_OF_A_NAME: Final = 4
_EXPIRY: Final = re.compile(
    r"\A[\s,;.]*(?:[^\W\d]{1,12}[ .:]{1,2}){0,2}\d{1,2} ?[/.-] ?(?:20)?\d\d\b"
)
"""A month and a year right behind a number, and what they are called."""
_LONGEST: Final = 160
"""Characters that people say there."""
_BLANKS: Final = 64
"""Characters of a line in which the mark of a quote stands."""
_MOST: Final = 3
"""Pieces that are taken from either end of a message."""
_AROUND: Final = 4
"""Messages before the pieces and behind them that are read with them."""


class Cut(NamedTuple):
    """Messages over which a number goes, and what of each is read."""

    messages: list[Message]
    shown: Shown
    says_card: bool
    """Whether a word for a card stands in any of them."""
    amid_group: range = range(0)
    """The messages that are read on without a gap: the number is cut amid a group."""
    is_bare: bool = False
    """Whether nothing else stands in the messages of the pieces."""


class _Piece(NamedTuple):
    """Digits of a message that may be a part of a number."""

    message: int
    start: int
    end: int
    digits: bytes
    follows: bool
    """Whether nothing before it in its paragraph names anything but a card."""
    goes_on: bool
    """The same of what stands behind it in its sentence, and no number in its paragraph."""
    is_told: bool
    """Whether its sentence says that it is a part: numbers may stand in the sentences around."""


_Pieces = Sequence[_Piece]


def whole(run: Sequence[Message]) -> Shown:
    """All of each message."""
    return [(0, len(message.text)) for message in run]


def cuts(run: list[Message]) -> Iterator[Cut]:
    """Each number that pieces of several messages make, without the words where it is cut."""
    pieces = [_pieces(number, message.text) for number, message in enumerate(run)]
    following = _following(run, pieces)
    for first in (piece for held in pieces for piece in held):
        for path in _paths([first], pieces, following):
            if _is_number(path):
                yield _cut(run, path)
            if len(path) == 2 and _is_turned_round(path):
                yield from _turned_round(run, *path)


def _pieces(number: int, text: str) -> _Pieces:
    """Return the rows of digits that may be a piece of a number: not the 1 of `part 1`."""
    rows = [row for row in ROW.finditer(text) if _is_piece(row)]
    first = list(islice(filterfalse(_is_of_another, rows), _MOST))
    behind = takewhile(lambda row: row is not first[-1], reversed(rows)) if first else ()
    last = list(islice(filterfalse(_is_of_another, behind), _MOST))
    return [
        _piece(number, text, row.start() + counted(row[0]), row.end())
        for row in (*first, *reversed(last))
    ]


def _piece(number: int, text: str, start: int, end: int) -> _Piece:
    digits = bytes(48 + int(digit) for digit in text[start:end] if digit.isdecimal())
    before, behind = _before(text, start), _behind(text, end)
    sentence = _SENTENCE_ENDS.split(before)[-1]
    said = as_read(sentence)
    if is_told := tells_of_parts(said) or tells_the_end(said):
        before, behind = sentence, _SENTENCE_ENDS.split(behind)[0]
    follows, goes_on = _begins_there(before), _ends_there(behind)
    return _Piece(number, start, end, digits, follows, goes_on, is_told)


def _begins_there(words: str) -> bool:
    """Whether what stands before a piece holds no number, and its sentence names no other."""
    sentences = [each for each in _SENTENCE_ENDS.split(words) if any(map(str.isalpha, each))]
    return _is_talk(words) and (not sentences or names_no_other(as_read(sentences[-1])))


def counted(row: str) -> int:
    """Return how long the beginning of a row is that counts the rest: `next 4 1111`."""
    first, _, rest = row.partition(" ")
    is_count = first == str(sum(map(str.isdecimal, rest)))
    return len(row) - len(rest.lstrip()) if is_count else 0


def _is_piece(row: re.Match[str]) -> bool:
    return GROUP <= sum(map(str.isdecimal, row[0])) < _WHOLE.start


def _is_of_another(row: re.Match[str]) -> bool:
    return _is_quoted(row) or _is_signed(row)


def _is_quoted(row: re.Match[str]) -> bool:
    text, at = row.string, row.start()
    line = text.rfind("\n", 0, at) + 1
    return text[line : min(at, line + _BLANKS)].lstrip().startswith(">")


def _is_signed(row: re.Match[str]) -> bool:
    """Whether a row is the telephone number below a name, or behind it on its line."""
    if sum(map(str.isdecimal, row[0])) not in _TELEPHONE:
        return False
    text, at = row.string, row.start()
    *lines, line = text[max(0, at - _LONGEST) : at].split("\n")
    if line.strip():
        return len(line.split()) > 1 and _is_name(line)
    is_alone = not text[row.end() : row.end() + _LONGEST].partition("\n")[0].strip()
    above = [each for each in lines if each.strip()]
    return is_alone and len(above) > 1 and _is_name(above[-1])


def _is_name(line: str) -> bool:
    words = line.rstrip(",. ").split()
    if not 0 < len(words) <= _WORDS_OF_A_NAME:
        return False
    is_capitalised = all(word[0].isupper() and word.isalpha() for word in words)
    return is_capitalised and not speaks_of_card(as_read(line))


def _following(run: Sequence[Message], pieces: Sequence[_Pieces]) -> list[_Pieces]:
    """Return what may go on with a number of each message: the pieces of the next that has any.

    And those of a later one that are said to be parts.
    """
    found: list[_Pieces] = []
    after: _Pieces = ()
    told: _Pieces = ()
    for message, held in zip(reversed(run), reversed(pieces), strict=True):
        found.append([*after, *(piece for piece in told if piece not in after)])
        told = [piece for piece in held if piece.is_told and piece.follows] or told
        if held:
            after = [piece for piece in held if piece.follows]
        elif after and not _says_nothing(message.text):
            after = ()
    return found[::-1]


def _paths(
    path: list[_Piece], pieces: Sequence[_Pieces], following: Sequence[_Pieces]
) -> Iterator[list[_Piece]]:
    """Yield the pieces that follow each other, from one message to the next."""
    if len(path) > 1:
        yield path
    if path[-1].goes_on:
        for piece in following[path[-1].message]:
            if _size([*path, piece]) < _WHOLE.stop:
                yield from _paths([*path, piece], pieces, following)


def _size(path: _Pieces) -> int:
    return sum(len(piece.digits) for piece in path)


def _is_number(path: _Pieces) -> bool:
    long = [piece.digits for piece in path if len(piece.digits) > GROUP]
    if len(set(long)) < len(long):
        return False  # a telephone number below each message
    digits = b"".join(piece.digits for piece in path)
    return len(digits) in _WHOLE and issuer_of(digits) is not None and is_valid(digits)


def _is_turned_round(path: _Pieces) -> bool:
    last, first = path
    return last.follows and len(first.digits) in _HALVES and _is_number([first, last])


def _cut(run: list[Message], path: _Pieces) -> Cut:
    begin, end = path[0].message, path[-1].message
    low = max(0, begin - _AROUND)
    messages = run[low : end + 1 + _AROUND]
    shown = whole(messages)
    shown[begin - low : end - low] = [(0, 0)] * (end - begin)
    for piece in path:
        shown[piece.message - low] = (piece.start, piece.end)
    shown[begin - low] = (0, path[0].end)
    shown[end - low] = (path[-1].start, len(run[end].text))
    sizes = accumulate(len(piece.digits) for piece in path[:-1])
    is_amid = not GROUPS_END.issuperset(sizes)
    amid_group = range(begin - low + 1, end - low + 1) if is_amid else range(0)
    is_bare = all(run[piece.message].is_bare for piece in path)
    return Cut(messages, shown, _say_card(messages), amid_group, is_bare)


def _turned_round(run: list[Message], last: _Piece, first: _Piece) -> Iterator[Cut]:
    """Yield the later message first: `the last half is 1111 1111`, `the first is 4111 1111`."""
    messages = [run[first.message], run[last.message]]
    if _say_card(messages):
        shown = [(0, first.end), (last.start, len(messages[1].text))]
        yield Cut(messages, shown, says_card=True)


def _say_card(messages: Iterable[Message]) -> bool:
    return say_card(message.text for message in messages)


def _before(text: str, at: int) -> str:
    """Return what a paragraph says before a place: what is too much to be said there is enough."""
    return _PARAGRAPH_ENDS.split(text[max(0, at - 2 * _LONGEST) : at])[-1]


def _behind(text: str, at: int) -> str:
    return _PARAGRAPH_ENDS.split(text[at : at + 2 * _LONGEST])[0]


def _ends_there(words: str) -> bool:
    """Whether what stands behind a piece holds no number, and its sentence names no other.

    But when the card expires: `4111 1111 1111 exp 01/29`.
    """
    words = _EXPIRY.sub("", words, count=1)
    return _is_talk(words) and names_no_other(as_read(_SENTENCE_ENDS.split(words)[0]))


def _says_nothing(words: str) -> bool:
    """Whether words hold no number and name none but a card's."""
    return _is_talk(words) and names_no_other(as_read(words))


def _is_talk(words: str) -> bool:
    return len(words) <= _LONGEST and not _DIGITS.search(words)
