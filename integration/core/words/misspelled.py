"""Words that are written wrongly: doubled letters that are not, and one letter amiss.

Only words that say what a number is are looked for, so that a slip of the finger costs no date.
"""

from __future__ import annotations

from functools import cache
from typing import Final

from integration.core.text.lazy import lazy
from integration.core.words.index import FIRST_UNPARTED, WORD
from integration.core.words.vocabulary import Label, phrases

_LABELS: Final = (Label.SECURITY_CODE, Label.EXPIRY, Label.CARD, Label.CODE_HINT, Label.PIN)
SHORTEST_MISSPELLED: Final = 6
"""Letters of a word; shorter ones are taken as they are written."""
_SHORTEST_AMISS: Final = 8
_INTACT: Final = 3
"""Letters at one end of a word that one slip leaves as they are."""
_DOUBLED = lazy(r"(.)\1+")


def meant(word: str) -> str | None:
    """Return the word of a label that an unknown `word` is most likely meant to be.

    >>> meant("sikerhetskode"), meant("expriation"), meant("wheelbarrow")
    ('sikkerhetskode', 'expiration', None)
    """
    if len(word) < SHORTEST_MISSPELLED or word[0] >= FIRST_UNPARTED or word[0].isdigit():
        return None
    squeezed = _squeezed(word)
    if known := _doubled().get(squeezed):
        return known
    if len(squeezed) < _SHORTEST_AMISS:
        return None
    near = _by_ends()
    for end in (squeezed[:_INTACT], squeezed[-_INTACT:]):
        for known in near.get(end, ()):
            if _one_slip(squeezed, _squeezed(known)):
                return known
    return None


def _squeezed(word: str) -> str:
    return _DOUBLED.sub(r"\1", word)


@cache
def _doubled() -> dict[str, str]:
    """Return single words of our labels by how they are written with no letter twice in a row."""
    words = (word for label in _LABELS for word in phrases(label) if WORD.fullmatch(word))
    return {_squeezed(word): word for word in words if len(word) >= SHORTEST_MISSPELLED}


@cache
def _by_ends() -> dict[str, list[str]]:
    """Return longer ones by their first letters and by their last."""
    near: dict[str, list[str]] = {}
    for squeezed, word in _doubled().items():
        if len(squeezed) >= _SHORTEST_AMISS:
            near.setdefault(squeezed[:_INTACT], []).append(word)
            near.setdefault(squeezed[-_INTACT:], []).append(word)
    return near


def _one_slip(word: str, known: str) -> bool:
    """Return whether one letter is wrong, missing, too many, or two have changed places."""
    longer = len(word) - len(known)
    if not -1 <= longer <= 1:
        return False
    at = next(
        (at for at, pair in enumerate(zip(word, known, strict=False)) if len({*pair}) > 1), None
    )
    if at is None:
        return True
    if longer > 0:
        return word[at + 1 :] == known[at:]
    if longer < 0:
        return word[at:] == known[at + 1 :]
    swapped = word[at : at + 2] == known[at : at + 2][::-1] and word[at + 2 :] == known[at + 2 :]
    return swapped or word[at + 1 :] == known[at + 1 :]
