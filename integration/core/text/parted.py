"""Groups of a card that an odd mark parts, read as parted by blanks.

What a wrong charset makes of a blank or a dash (`4111Â 1111`) is one wherever it stands between
digits; any other mark where it parts all groups of a card (`4111x1111x1111x1111`): hardly anything
else has these groups, and whether they are a number tells the check digit.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from integration.core.text.fold import INVISIBLE
from integration.core.text.lazy import lazy

if TYPE_CHECKING:
    import re

FEWEST: Final = 14
"""Digits of a number that has such groups."""
_GROUPS: Final = lazy(
    rb"[0-9](?<![0-9].)[0-9]{3}(?:"
    rb"(?P<four>[^0-9\n]{1,9})[0-9]{4}(?P=four)[0-9]{4}(?P=four)[0-9]{4}"
    rb"|(?P<three>[^0-9\n]{1,9})[0-9]{6}(?P=three)[0-9]{4,5}"
    rb")(?![0-9])"
)
_USUAL: Final = lazy(
    rb"[ \t\r\xa0\xad]*[-._/,;:+*~|]?[ \t\r\xa0\xad]*|[ ,]+[A-Za-z\x80-\xff]{2,}[ ,]+"
)
"""Marks that are read as such anyhow, and words of a list: 2211 and 2212 and ..."""


_OF_A_CHARSET: Final = (b"\xc2", b"\xe2", b"???")
_WRONG_CHARSET: Final = lazy(rb"(?<=[0-9])(?:\xc2[\xa0 ]?|\xe2(?:\$|\x80).|\?{3,4})(?=[ -]?[0-9])")
"""UTF-8 of what stands between groups, read as Latin-1 or Windows-1252, or as what is unknown."""
_LAST_LATIN: Final = "\u02ff"
"""Modifier letters included: words in other scripts are read as words."""


def with_blanks(text: str, folded: bytes) -> bytes:
    """Return a folded text with a blank in place of each such mark, of the same length."""
    if any(mark in folded for mark in _OF_A_CHARSET):
        folded = _WRONG_CHARSET.sub(lambda mark: _blank(mark[0]), folded)
    return _GROUPS.sub(lambda groups: _parted(text, groups), folded)


def _parted(text: str, groups: re.Match[bytes]) -> bytes:
    mark = groups["four"] or groups["three"]
    written = text[groups.start() : groups.end()]
    is_said = any(char.isalpha() and char > _LAST_LATIN for char in written)
    if is_said or _USUAL.fullmatch(mark):
        return groups[0]
    return groups[0].replace(mark, _blank(mark))


def _blank(mark: bytes) -> bytes:
    return b" ".ljust(len(mark), INVISIBLE)
