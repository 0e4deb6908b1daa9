"""The phrases of all languages as a table: by first word, by its stem, or by its first letter."""

from __future__ import annotations

from functools import cache
from string import digits
from typing import Final, NamedTuple

from integration.core.text.lazy import lazy
from integration.core.words.stems import stem_of
from integration.core.words.vocabulary import Label, phrases


class Phrase(NamedTuple):
    """The words of a phrase and what they say."""

    words: tuple[str, ...]
    label: Label


class Index(NamedTuple):
    """Every way in which a phrase is looked up."""

    exact: dict[str, list[Phrase]]
    """By first word."""
    stemmed: dict[str, list[Phrase]]
    """The same by the stem of the first word."""
    single: dict[str, Label]
    """Phrases of one word, and longer ones glued: `cardnumber`."""
    unparted: dict[str, list[tuple[str, Label]]]
    """Scripts without gaps between words: by first letter, longest first."""
    figures: set[str]
    """The words of phrases that are written in figures: 3 digits."""


# A word: a run of letters of scripts that part words, a run of the others, or a run of digits.
# What is left out are punctuation, symbols and blanks; vowel signs are no letters to `\w`.
_UNPARTED: Final = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005\u3041-\u30ff\u3400-\u9fff"
_HANGUL: Final = "\uac00-\ud7af"
_NO_LETTERS: Final = (
    "\\x00-\\x60\\x7b-\\xa9\\xab-\\xb4\\xb6-\\xb9\\xbb-\\xbf\\xd7\\xf7\u02c2-\u02df\u0589\u05be"
    "\u05c0\u05c3\u060c\u061b\u061f\u066a-\u066d\u06d4\u0964\u0965\u2000-\u2bff\u3000-\u3004"
    "\u3006-\u3040\ufe00-\ufe6f\uff00-\uffef\U0001f000-\U0010ffff"
)
TOUCHING: Final = _UNPARTED + _HANGUL
"""What stands right at a number without being a part of it, for a class of a pattern."""
_LETTERS: Final = f"[^{_NO_LETTERS}{TOUCHING}]+|[{TOUCHING}]+"
WORD: Final = lazy(f"{_LETTERS}|[0-9]+")
"""One word, wherever it stands."""
LETTERS: Final = lazy(_LETTERS)
"""The same without those that are figures."""
_LONGEST_FORM_OF_PIN: Final = 6
"""Its forms are listed; what else begins like them are pines and people called Pinson."""
FIRST_UNPARTED: Final = "\u0e00"
"""Letters from here on are of scripts that are read letter by letter."""

# When one phrase has two meanings, the one that is named first counts.
_RANKS: Final = {
    label: rank
    for rank, label in enumerate(
        (
            Label.OTHER_CARD,
            Label.SECURITY_CODE,
            Label.PIN,
            Label.EXPIRY,
            Label.CARD,
            Label.PASSWORD,
            Label.ONE_TIME_CODE,
            Label.CODE_HINT,
            Label.EXPIRY_HINT,
            Label.CARD_HINT,
            Label.LINK,
            Label.BIRTH_DATE,
            Label.NATIONAL_ID,
            Label.BANK_ACCOUNT,
            Label.TELEPHONE,
            Label.OTHER_NUMBER,
            Label.REFERENCE,
            Label.MONEY,
            Label.CASH_MACHINE,
            Label.OTHER_PIN,
            Label.TYPED,
        )
    )
}


@cache
def index_of_phrases() -> Index:
    """Return the table of all phrases; it is built when it is first asked for."""
    index = Index({}, {}, {}, {}, set())
    for label in sorted(Label, key=_RANKS.__getitem__):
        for phrase in sorted(phrases(label)):
            _add(index, phrase, label)
    for letters in index.unparted.values():
        letters.sort(key=lambda entry: -len(entry[0]))
    return index


def _add(index: Index, phrase: str, label: Label) -> None:
    words = tuple(WORD.findall(phrase))
    if not words:
        return
    if words[0][0] >= FIRST_UNPARTED:
        for form in {phrase, phrase.replace(" ", "")}:
            index.unparted.setdefault(form[0], []).append((form, label))
        return
    known = Phrase(words, label)
    index.figures.update(word for word in words if word[0] in digits)
    index.exact.setdefault(words[0], []).append(known)
    if label is not Label.PIN or len(phrase) > _LONGEST_FORM_OF_PIN:
        index.stemmed.setdefault(stem_of(words[0]), []).append(known)
    index.single.setdefault("".join(words), label)
