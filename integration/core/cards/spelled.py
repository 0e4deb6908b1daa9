"""Numbers that are written in words, read as digits in place: "four one one one, double five ...".

Only where so many number words follow each other that they can be a card number; then the shorter
ones near it (its code, its date) are read as well. Offsets stay: what is left of the words becomes
invisible.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from integration.core.cards.luhn import is_valid
from integration.core.text.fold import INVISIBLE, fold
from integration.core.text.reading import of_folded, plain
from integration.core.words import numbers

if TYPE_CHECKING:
    from integration.core.text.reading import Reading, Window

_STEP: Final = 4
_FEWEST_WORDS: Final = 2 * _STEP
"""Of a card number: eight words of two digits each."""
_FEWEST, _MOST = 12, 19  # digits of a card number
_NEAR = 400  # characters between a number and the code that belongs to it
_SMALL = range(3, 9)  # digits of a code or a date
_LONGEST_GAP = 6
_TOKEN = re.compile(r"[^\W\d_]+|[0-9]+|\x00")
_TAKE_MORE = frozenset({"60", "80"})  # soixante-quinze, quatre-vingt-onze
_BELOW_TWENTY = 20


class _Atom(NamedTuple):
    """Some digits and the place of the words that say them, in the window."""

    start: int
    end: int
    digits: str


def spelled(reading: Reading) -> Reading:
    """Return the reading with digits in place of number words, or as it is."""
    if not _may_hold(reading.folded):
        return reading
    window = reading.window(0, len(reading.text))
    runs = list(_runs(window))
    long = [run for run in runs if _count(run) >= _FEWEST]
    if not long:
        return reading
    folded = bytearray(reading.folded)
    for run in runs:
        if run in long or (_count(run) in _SMALL and len(run) > 1 and _is_near(run, long)):
            _write(folded, window, run)
    return of_folded(reading.text, bytes(folded))


@cache
def _known() -> frozenset[bytes]:
    words = {*numbers.units(), *numbers.whole(), *numbers.repeats(), *numbers.FILLERS}
    words |= {part for ten in numbers.tens() for part in ten.split()}
    return frozenset(fold(word) for word in words)


def _letters() -> bytes:
    """Lower case without accents for what is a letter in Latin-1, a space for anything else."""
    table = plain(bytes(range(256)).decode("latin-1"))
    return "".join(each if each.isalpha() else " " for each in table).encode("latin-1", "replace")


_LETTERS = _letters()


def _may_hold(folded: bytes) -> bool:
    """Whether so many number words follow each other; every fourth word is looked at first."""
    words = folded.translate(_LETTERS).split()
    known = _known().__contains__
    if len(words) < _FEWEST_WORDS or b"\1\1" not in bytes(map(known, words[::_STEP])):
        return False
    return b"\1" * _FEWEST_WORDS in bytes(map(known, words))


def _count(run: list[_Atom]) -> int:
    return sum(len(atom.digits) for atom in run)


def _is_near(run: list[_Atom], others: list[list[_Atom]]) -> bool:
    return any(
        run[0].start - other[-1].end < _NEAR and other[0].start - run[-1].end < _NEAR
        for other in others
    )


def _runs(window: Window) -> Iterator[list[_Atom]]:
    """Return the stretches of number words with nothing between them that parts them."""
    run: list[_Atom] = []
    for atom in _atoms(window.text):
        if run and not _joins(window.text[run[-1].end : atom.start]):
            yield run
            run = []
        run.append(atom)
    if run:
        yield run


def _joins(between: str) -> bool:
    rest = [token for token in _TOKEN.findall(between) if token not in numbers.FILLERS]
    marks = len(between) - sum(map(len, _TOKEN.findall(between)))
    return not rest and marks <= _LONGEST_GAP


def _atoms(text: str) -> Iterator[_Atom]:
    tokens = [(match[0], *match.span()) for match in _TOKEN.finditer(text)]
    tokens.append(("", len(text), len(text)))
    at = 0
    while at < len(tokens) - 1:
        atom, used = _atom(tokens, at)
        if atom and len(atom.digits) <= atom.end - atom.start:
            yield atom
        at += used


_Tokens = list[tuple[str, int, int]]


def _atom(tokens: _Tokens, at: int) -> tuple[_Atom | None, int]:
    """Return the number that begins with a token, if one does, and how many tokens it takes."""
    word, start, end = tokens[at]
    following, _, next_end = tokens[at + 1]
    if times := numbers.repeats().get(word):
        unit = numbers.units().get(following, following if following.isdigit() else "")
        return (_Atom(start, next_end, unit * times), 2) if len(unit) == 1 else (None, 1)
    if ten := numbers.tens().get(f"{word} {following}"):
        return _tens(tokens, at, at + 2, ten)
    if ten := numbers.tens().get(word):
        return _tens(tokens, at, at + 1, ten)
    digits = numbers.units().get(word) or numbers.whole().get(word)
    if digits or (word.isdigit() and len(word) <= 2):
        return _Atom(start, end, digits or word), 1
    return None, 1


def _tens(tokens: _Tokens, first: int, at: int, ten: str) -> tuple[_Atom, int]:
    """Take the unit that belongs to a ten: forty one, cuarenta y uno, soixante-quinze."""
    after = at + (tokens[at][0] in numbers.JOINTS and at + 1 < len(tokens))
    word, _, end = tokens[after]
    more = numbers.units().get(word, "0")
    if more == "0" and ten in _TAKE_MORE:
        more = numbers.whole().get(word, "0")
    if more == "0" or int(more) >= _BELOW_TWENTY:
        return _Atom(tokens[first][1], tokens[at - 1][2], ten), at - first
    return _Atom(tokens[first][1], end, str(int(ten) + int(more))), after - first + 1


def _write(folded: bytearray, window: Window, run: list[_Atom]) -> None:
    """Put the digits of a run in its place: as one block when they are a number, else apart."""
    digits = "".join(atom.digits for atom in run).encode()
    if len(digits) in _SMALL or (_FEWEST <= len(digits) <= _MOST and is_valid(digits)):
        # The first and the last digit stand where the words begin and end: so do the bounds.
        start, end = window.span(run[0].start, run[-1].end)
        folded[start:end] = digits[:-1].ljust(end - start - 1, INVISIBLE) + digits[-1:]
        return
    for before, atom in zip([None, *run], run, strict=False):
        start, end = window.span(atom.start, atom.end)
        folded[start:end] = atom.digits.encode().ljust(end - start, INVISIBLE)
        if before:
            gap = window.span(before.start, before.end)[1]
            folded[gap:start] = b" ".ljust(start - gap, INVISIBLE)
