"""Words without their endings, so that a declined word is found under the one that is listed.

One list of endings serves all languages: two words are compared, each without its ending, and a
stem is never cut so short that it could be another word.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, Generic, TypeVar

from integration.core.text.reading import plain

# What nouns end in when they are declined or point back to someone, in any of the languages.
_ENDINGS_LISTED = """
a e i o u y s n t m k о а е и і у ю я ы ь η ς ν ο α ι ی ו ה ת ي
en et er es ar or an in um as is na ne ns ts em om am ou mi im ta ni si ja je ek ei ka ta nu ul ii
lo on ed ow ie ze ги ой ою ом ем ам ах ям ях ів ей ии ию ия ої ов ви ου ων ες ας ης ات ته تی ها ים
ות יה ene ens ets ers erne ane ari ami ach ech ich ych ego emu ial nin nun ini ssa sta lla lta lle
ksi nsa nak nek val vel bol iyi ulu ele lor lui uri ами ями ого ему ния ние нию ний ους ими تها های
erne imin inin unun sini inda inde iniz lari leri elle sine niye nnak ением ения ению
"""
_ENDINGS: Final = frozenset(plain(_ENDINGS_LISTED).split())
_SHORTEST_STEM: Final = 4
_SHORTEST_STEM_ELSEWHERE: Final = 3  # scripts whose words are seldom mistaken for others
_PREFIXES: Final = ("وال", "بال", "لل", "ال", "و", "ב", "ה", "ל", "ש", "מ", "ו")
_ARABIC_OR_HEBREW: Final = ("\u0590", "\u08ff")

_LAST_LATIN: Final = "\u024f"

MOST_REMEMBERED: Final = 8192
LONGEST_REMEMBERED: Final = 24

_Word = TypeVar("_Word", str, bytes)
_About = TypeVar("_About")


class Remembered(dict[_Word, _About], Generic[_Word, _About]):
    """What is known of single words, worked out once for each.

    Words come from messages, so nothing that holds a digit is kept, and nothing so long that it
    could hold more than a word.
    """

    def __init__(self, work_out: Callable[[_Word], _About]) -> None:
        super().__init__()
        self._work_out: Callable[[_Word], _About] = work_out

    def __missing__(self, word: _Word) -> _About:
        about = self._work_out(word)
        if len(word) <= LONGEST_REMEMBERED and not _holds_digit(word):
            if len(self) >= MOST_REMEMBERED:
                self.clear()
            self[word] = about
        return about


def _holds_digit(word: str | bytes) -> bool:
    if word.isalpha():
        return False
    letters = word if isinstance(word, str) else word.decode("latin-1")
    return any(map(str.isdigit, letters))


def stem_of(word: str) -> str:
    """Return `word` (in plain letters) without its ending, for comparing with another stem.

    >>> stem_of("kortets") == stem_of("kortene") == "kort"
    True
    """
    return _STEMS[word]


def _stem(word: str) -> str:
    shortest = _SHORTEST_STEM if word[0] <= _LAST_LATIN else _SHORTEST_STEM_ELSEWHERE
    if _ARABIC_OR_HEBREW[0] <= word[0] <= _ARABIC_OR_HEBREW[1]:
        word = _without_prefix(word)
    for size in (4, 3, 2, 1):
        if len(word) - size >= shortest and word[-size:] in _ENDINGS:
            return word[:-size]
    return word


def _without_prefix(word: str) -> str:
    for prefix in _PREFIXES:
        if word.startswith(prefix) and len(word) - len(prefix) >= _SHORTEST_STEM_ELSEWHERE:
            return word[len(prefix) :]
    return word


_STEMS: Final = Remembered(_stem)


def same_word(word: str, known: str) -> bool:
    """Return whether two words differ in their endings only."""
    stem = stem_of(word)
    bare = stem == word and word[0] <= _LAST_LATIN  # a shorter word of its own: cart, carta
    return stem == stem_of(known) and (not bare or word == known)
