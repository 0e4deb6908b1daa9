"""Number words of one language in a stretch of plain letters, as the digits that they say."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final, NamedTuple

from integration.core.text.lazy import lazy
from integration.core.words import index
from integration.core.words.counted import DIGITS, part_of
from integration.core.words.listed import Listed, listed
from integration.core.words.numbers import all_begins, fillers

if TYPE_CHECKING:
    from integration.core.words.numbers import Numbers

WORD: Final = lazy(rf"(?:{index.WORD.pattern})(?:['’ʼ](?:{index.WORD.pattern}))*")
"""A word, with an apostrophe within it if there is one, or a numeral."""
_CLOCK = r"(?<![0-9:])[0-9]{1,2}(?::[0-9]{2}){1,2}(?![0-9:])"
"""No part of a number that is said behind it."""
_TOKEN = lazy(rf"{_CLOCK}|{WORD.pattern}|\x00")
_SENTENCE_ENDS: Final = (". ", "! ", "? ", ".\n")
_LONGEST_GAP = 6
_MARKS = " \t\r\n\xa0,.;/–—-"
_BELOW_TWENTY = 20
_LONGEST_REPEAT: Final = 2
"""Words that say how often: deux fois."""
_LONGEST_NUMERAL = 2
_COUNTS: Final = frozenset("123456789")
"""How often a digit may stand that is said as a thing: three fours."""


class Atom(NamedTuple):
    """Some digits and the place of the words that say them."""

    start: int
    end: int
    digits: str


Run = list[Atom]


def size_of(run: Run) -> int:
    """Return how many digits a run says."""
    return sum(len(atom.digits) for atom in run)


def digits_of(run: Run) -> bytes:
    """Return the digits that a run says."""
    return "".join(atom.digits for atom in run).encode()


class Token(NamedTuple):
    """A word and where it stands."""

    word: str
    start: int
    end: int
    hyphen: bool = False
    """A hyphen stands right before it."""
    is_first: bool = False
    """A sentence ends right before it."""


def tokens(text: str) -> list[Token]:
    """Return the words of a text, and an empty one behind the last."""
    found = [
        Token(
            match[0],
            *match.span(),
            text.startswith("-", match.start() - 1),
            text.startswith(_SENTENCE_ENDS, match.start() - 2),
        )
        for match in _TOKEN.finditer(text)
    ]
    return [*found, Token("", len(text), len(text))]


def beginnings(tokens: list[Token]) -> list[int]:
    """Return which of them may begin a number in any language."""
    begins = all_begins()
    return [at for at, token in enumerate(tokens) if token.word in begins or token.word.isdigit()]


def runs(
    text: str,
    words: list[Token],
    places: list[int],
    language: Numbers,
    longest: int = _LONGEST_NUMERAL,
) -> list[Run]:
    """Return the stretches of number words with nothing between them that parts them.

    `longest`: how many digits a number in figures among them may have.
    """
    found: list[Run] = []
    for atom in _atoms(words, places, language, longest):
        if found and _joins(text[found[-1][-1].end : atom.start]):
            found[-1].append(atom)
        else:
            found.append([atom])
    return found


def _joins(between: str) -> bool:
    marks = _TOKEN.sub("", between)
    return (
        len(marks) <= _LONGEST_GAP
        and not marks.strip(_MARKS)
        and fillers().issuperset(_TOKEN.findall(between))
    )


def _atoms(
    tokens: list[Token], places: list[int], language: Numbers, longest: int
) -> Iterator[Atom]:
    behind = 0
    for at in places:
        word = tokens[at].word
        if at < behind or (word not in language.begins and not word.isdigit()):
            continue
        atom, used = _atom(tokens, at, language)
        if atom is None and len(word) <= longest and word.isdigit():
            atom = Atom(tokens[at].start, tokens[at].end, word)
        if (
            atom
            and len(atom.digits) <= atom.end - atom.start
            and not _counts_digits(tokens, at + used)
        ):
            yield atom
        behind = at + used


def _counts_digits(tokens: list[Token], behind: int) -> bool:
    """Return whether a word for digits follows, which a number counts: three digits."""
    word = tokens[behind].word if behind < len(tokens) else ""
    return bool(word) and bool(part_of(word) & DIGITS)


def _atom(tokens: list[Token], at: int, language: Numbers) -> tuple[Atom | None, int]:
    """Return the number that begins with a token, if one does, and how many tokens it takes."""
    word, start, *_ = tokens[at]
    following = tokens[at + 1]
    if repeated := _repeated(tokens, at, language):
        return repeated
    if word in language.repeats:
        return None, 1
    for taken, phrase in ((2, f"{word} {following.word}"), (1, word)):
        if taken > 1 and not following.hyphen and tokens[min(at + 2, len(tokens) - 1)].hyphen:
            continue  # quatre vingt-sept is 4 and 27
        if ten := language.tens.get(phrase):
            return _ten(tokens, at, at + taken, ten, language)
        if taken > 1 and (teen := language.whole.get(phrase)):
            return Atom(start, following.end, teen), taken
    return _one(tokens, at, language)


def _repeated(tokens: list[Token], at: int, language: Numbers) -> tuple[Atom, int] | None:
    """Take double five, deux fois cinq, zweimal die fünf."""
    phrase = ""
    for behind in range(at + 1, min(at + _LONGEST_REPEAT + 1, len(tokens))):
        phrase = f"{phrase} {tokens[behind - 1].word}".strip()
        times = language.repeats.get(phrase)
        if not times:
            continue
        if tokens[behind].word in listed(Listed.ARTICLES_OF_DIGITS):
            # One without a word is the last.
            behind += 1  # noqa: PLW2901
        unit = language.units.get(tokens[behind].word) or tokens[behind].word
        if _is_digit(unit):
            return Atom(tokens[at].start, tokens[behind].end, unit * times), behind + 1 - at
    return None


def _one(tokens: list[Token], at: int, language: Numbers) -> tuple[Atom | None, int]:
    """Return the number that a token says, or a year or a repetition that begins with it."""
    word, start, end, *_ = tokens[at]
    following = tokens[at + 1]
    digits = language.units.get(word) or language.whole.get(word)
    if digits == "2" and following.word in listed(Listed.THOUSAND):
        return _year(tokens, at, language)
    if (
        digits
        and following.word in language.joints
        and (both := _unit_and_ten(tokens, at, language))
    ):
        return both, 3
    if digits and digits != "0" and following.word in language.hundreds:
        return _hundreds(tokens, at, digits, language)
    if digits and (things := _things(tokens[at], following, digits, language)):
        return things, 2
    if digits or (word.isdigit() and len(word) <= _LONGEST_NUMERAL):
        return Atom(start, end, digits or word), 1
    return None, 1


def _things(count: Token, following: Token, digits: str, language: Numbers) -> Atom | None:
    """Take two fours and jedna ósemka; not jedynka, ósemka, which are two digits."""
    if digits not in _COUNTS or count.word in language.nouns:
        return None
    if digits != "1":
        thing = language.plural.get(following.word)
    elif following.start == count.end + 1:
        thing = language.nouns.get(following.word)
    else:
        return None
    return Atom(count.start, following.end, thing * int(digits)) if thing else None


def _unit_and_ten(tokens: list[Token], at: int, language: Numbers) -> Atom | None:
    """Take fem og fyrre; not a digit and then a number below twenty."""
    unit = language.units.get(tokens[at].word, "0")
    behind = tokens[min(at + 2, len(tokens) - 1)]
    ten = language.tens.get(behind.word)
    if not ten or unit == "0":
        return None
    return Atom(tokens[at].start, behind.end, str(int(ten) + int(unit)))


def _year(tokens: list[Token], at: int, language: Numbers) -> tuple[Atom | None, int]:
    """Take two thousand (and) twenty eight."""
    rest, used = _below_hundred(tokens, at + 2, language)
    return (
        (Atom(tokens[at].start, rest.end, f"20{rest.digits:0>2}"), 2 + used) if rest else (None, 1)
    )


def _hundreds(
    tokens: list[Token], at: int, digits: str, language: Numbers
) -> tuple[Atom | None, int]:
    """Take seven hundred (and) twelve."""
    rest, used = _below_hundred(tokens, at + 2, language)
    if rest is None or not rest.digits.strip("0"):
        return Atom(tokens[at].start, tokens[at + 1].end, f"{digits}00"), 2
    return Atom(tokens[at].start, rest.end, f"{digits}{rest.digits:0>2}"), 2 + used


def _below_hundred(tokens: list[Token], at: int, language: Numbers) -> tuple[Atom | None, int]:
    """Return the one or two digits that stand at `at`, or behind a joint, and how many tokens."""
    word = tokens[min(at, len(tokens) - 1)].word
    joint = word in listed(Listed.BEHIND_HUNDREDS) or word in listed(Listed.BETWEEN)
    if at + joint >= len(tokens) - 1:
        return None, 0
    following = tokens[at + joint + 1].word
    if following in language.hundreds or following in listed(Listed.THOUSAND):
        return None, 0  # another number begins: one hundred, one hundred, one hundred ...
    rest, used = _atom(tokens, at + joint, language)
    fits = rest is not None and len(rest.digits) <= _LONGEST_NUMERAL
    return (rest, joint + used) if fits else (None, 0)


def _is_digit(unit: str) -> bool:
    return len(unit) == 1 and unit.isdigit()


def _ten(tokens: list[Token], first: int, at: int, ten: str, language: Numbers) -> tuple[Atom, int]:
    """Take the unit that belongs to a ten: forty one, cuarenta y uno, soixante-quinze."""
    if language.unit_first:
        return Atom(tokens[first].start, tokens[at - 1].end, ten), at - first
    joint = tokens[at].word in listed(Listed.BETWEEN)
    after = at + (joint and at + 1 < len(tokens))
    word, _, end, hyphen, is_first = tokens[after]
    more = "0" if is_first or tokens[at].is_first else language.units.get(word, "0")
    both = f"{word} {tokens[min(after + 1, len(tokens) - 1)].word}"
    if not hyphen and (both in language.tens or (more != "0" and both in language.whole)):
        more = "0"  # trente quatre-vingts, but quarante-quatre vingt; lima puluh sembilan belas
    elif more == "0" and _takes_teens(tokens[first:at]):
        teen = tokens[min(after + 1, len(tokens) - 1)]
        if two := language.whole.get(f"{word} {teen.word}"):  # quatre-vingt-dix-huit
            more, after, end = two, after + 1, teen.end
        else:
            more = language.whole.get(word, "0")
    if more == "0" or int(more) >= _BELOW_TWENTY:
        return Atom(tokens[first].start, tokens[at - 1].end, ten), at - first
    return Atom(tokens[first].start, end, str(int(ten) + int(more))), after - first + 1


def _takes_teens(ten: list[Token]) -> bool:
    return " ".join(token.word for token in ten) in listed(Listed.TAKES_TEENS)
