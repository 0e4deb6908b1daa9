"""The groups of digits in a text that may be a piece of a card number: no sum, no clock."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from integration.core.cards.meanings import names_another
from integration.core.cards.said import Run, Token, beginnings, digits_of, runs, size_of, tokens
from integration.core.together.dictation.heads import FIELDS, NOTHING
from integration.core.words.correcting import corrects, tells_the_end
from integration.core.words.counted import LAST, part_of
from integration.core.words.index import WORD
from integration.core.words.labels import labels_in
from integration.core.words.naming import speaks_of_card
from integration.core.words.numbers import Numbers, languages
from integration.core.words.places import counted_places, names_a_group
from integration.core.words.vocabulary import Label

_CURRENCIES: Final = "kr|nok|sek|dkk|eur|usd|gbp"
_SUM: Final = r"(?:\d{1,3}(?:[ ]\d{3}){1,3}|\d{1,7})"
_MIXED: Final = r"(?:\d[a-f]|[a-f]\d)"
"""A byte in hexadecimal that is seen to be one; with a single one it may be a slip."""
# Every repetition has an end, so that no text takes more than its length.
_NO_PIECE: Final = re.compile(
    rf"""
      https?://\S+ | [^\s@]{{1,64}}@\S+                                    # addresses
    | \b\d{{4}}-\d\d-\d\d\b | \b\d{{1,2}}([./-])\d{{1,2}}\1(?:\d{{4}}|\d\d)\b     # days
    | (?<![\d/])(?<!/\ )\b\d{{1,2}}\s?/\s?(?:20)?\d\d\b(?!\s?/)          # a month of a year
    | (?<=\d{{4}}\ )(?:0[1-9]|1[0-2])-(?:20)?[2-4]\d\b(?![ -]?\d)        # behind a group
    | (?<![\d.])(?:[0-2]?\d|3[01])\.(?:0?[1-9]|1[0-2])\.(?!\d)                # of a month
    | \b\d{{1,2}}[ ][a-z]{{3,9}}[.]?[ ](?:19|20)\d\d\b
    | (?<!\d)1[5-9]\d{{11}}(?!\d)                                         # milliseconds since 1970
    | \b\d{{1,2}}:\d\d(?::\d\d)?\b(?:[ ][+-]\d{{4}}\b)?                    # clocks
    | [£$€][ \xa0]?\d[\d.,\xa0]{{0,16}}                                     # sums
    | (?<![\d.])\d{{1,3}}(?:[ .,\xa0]\d{{3}}){{0,4}}[.,]\d\d(?![\d-]|\.\d)
    | (?<![\d.,])\d{{1,3}}(?:[ .]\d{{3}}){{0,2}},[-\u2013\u2014](?!\s?\d)          # 799,-
    | \b(?:{_CURRENCIES})\.?[ \xa0]?{_SUM}
    | (?<!\d){_SUM}[ \xa0]?(?:[£$€%]|(?:{_CURRENCIES})\b)
    | \+\d[\d\xa0 ()-]{{6,24}}\d                                           # telephones
    | (?<![^\W_])[a-z]{{1,3}}-\d{{4,}}\b(?![ -]\d)                           # tx-51856109
    | \b(?:auth|term|[tm]id|stan|rrn)[ :.=]{{1,2}}\d{{4,12}}\b                # of a terminal
    | \b(\d{{3}})\d{{3}}(?:\d\d)?[ ]?-[ ]?\2\d{{3}}(?:\d\d)?\b                # from BIN to BIN
    | \b2221(?:00)?[^\d\n]{{1,8}}2720(?:99)?\b(?![ -]?\d)                    # of Mastercard
    | \#\s?\d+ | \[[^\[\]\n]{{3,60}}\]
    | (?:(?:[x·]{{2,24}}[ -]){{0,3}}[x·]{{2,24}}|\*{{3,24}})[ -]?\d+  # masks
    | (?<![\d.])\d{{6}}\.{{1,4}}\d{{4}}                                    # 411111...1111
      (?!\d|\.\d|[^\d\n]{{0,12}}\d{{6}}(?!\d))
    | (?<![*\w])\d{{1,6}}(?:[ -]?\d{{1,4}}){{0,2}}(?:[ -]?(?:\*{{2,24}}|[x·]{{2,24}})){{1,4}}
      [ -]?\d{{2,6}}\b                                                     # 4111 11** **** 1111
    | \b[a-z]{{2}}\d\d(?:[ ][a-z0-9]{{4}}){{2,7}}(?:[ ][a-z0-9]{{1,3}})?\b  # IBANs
    | \b(?=(?:[0-9a-f]{{2}}[ ]){{0,16}}{_MIXED}(?:[ ][0-9a-f]{{2}}){{0,16}}[ ]{_MIXED}\b)
      [0-9a-f]{{2}}(?:[ ][0-9a-f]{{2}}){{3,63}}\b                           # 9f 36 02 00 1b
    """,
    re.VERBOSE,
)
_ROW: Final = re.compile(
    r"(?<![\w+\x1f])(?<![\d\x1f][.,:/-])(?<!\w[#_/])"
    r"\d+(?:(?:[ \xa0]|[.]|[ ]?[-/][ ]?)\d+)*(?!\w|[.,:/]\d|-[a-z]?\d)"
)
_PAIRS: Final = re.compile(r"(?<!\d)(?<!\d[ ])\d\d, \d\d(?![ ]?\d)")
_SINGLES: Final = re.compile(r"(?<![\d,.])\d(?:, \d){2,}(?![\d.,]*\d)")
_BOXES: Final = re.compile(r"(?<=\d)[ ]?\|(?:[ ]?\|)?(?=[ ]?\d[ ]?\|)")
"""Between the boxes of a form, a digit in each."""
_GROUP: Final = re.compile(r"\d+")
_SENTENCE: Final = 80
# Not behind "Policy no." nor "Kundenr."
_SENTENCE_ENDS: Final = re.compile(r"(?:(?<!\bno)(?<!nr)(?<!\bref)\.|[!?;,\x1e\x1f])(?:\s|\Z)|\n")
_CLOCK: Final = r"\d{1,2}:\d\d(?::\d\d)?"
_SPEAKER: Final = re.compile(
    rf"\A\W*(?:\[[^\]\n]{{1,40}}\]\W*|{_CLOCK}\W+)?[^\n:>,;]{{1,40}}(?:{_CLOCK}\W?)?[:>]\s"
    r"|\A\s*\x1f{4,8}[ \t]{0,4}[^\n\t\d]{1,30}?(?:\t|  )"  # in a table, behind the clock
)
"""Who says it, and when, at the beginning of a line."""
_LONGEST: Final = 12
_OTHERS: Final = FIELDS | {Label.MONEY}
"""What a label says that stands before the digits of something else."""
_COUNTS: Final = 16
"""Characters before a group in which `last` stands."""
_FEWEST_IN_WORDS: Final = 3
WRONG: Final = frozenset({15, 16})
"""Digits of a number that may have a wrong group."""
_OF_A_GROUP: Final = 4
_UNIT: Final = 3
"""Groups of less are single digits or pairs."""
_TELEPHONE: Final = 8
"""Digits of the shortest telephone number."""
_OF_A_COLUMN: Final = 5
"""So many times it stands on the lines of a log."""
_SAYS: Final = re.compile(r"[)\]]?[:>] | ?[\[(]?\d{1,2}:\d\d")
_OF_A_WRITER: Final = 2
"""So many times it stands before what somebody writes: `Guest 44190: ...`."""
_WHOLE: Final = 14
_GROUPS: Final = {3: (3,), 5: (5,), 6: (6,), 10: (10,), 11: (11,), 14: (4, 6, 4), 15: (4, 6, 5)}
"""The groups of so many digits, where they are not fours."""
_COUNTED: Final = (1, 4)
"""Sizes of `last 4 1111`."""
_LONE: Final = frozenset({2, 3, 4, 5, 6, 7, 8, 10, 11, 12})
"""Digits of a piece that is written without gaps."""
_PAIR: Final = 2
_DATE_AND_CODE: Final = (4, 3)
_LONG: Final = _LONE - {2, 3, 4}
_EXPIRY: Final = re.compile(r"(?:0[1-9]|1[0-2])[2-4]\d")
_PARTED: Final = frozenset(
    {(4, 6), (6, 5), (4, 6, 5), (6, 4), (6, 6), (6, 6, 4), (8, 8), (2, 4), (2, 4, 4)}
)
"""Groups of a piece that has other groups than fours."""
_IN_BREATHS: Final = frozenset({(3, 3), (3, 2), (2, 3)})
"""How the six and the five of an American Express number are said."""


class Piece(NamedTuple):
    """Some digits and where the figures or words stand that say them."""

    start: int
    end: int
    digits: str
    is_first: bool = True
    """Whether it begins its row: the groups that are written as one number."""
    is_last: bool = True


def in_figures(text: str) -> list[Piece]:
    """The groups in figures, in order. `text` is in plain letters (`Reading.window`)."""
    text = _SINGLES.sub(lambda digits: digits[0].replace(", ", " -"), text)
    text = _PAIRS.sub(lambda pair: f"{pair[0][:2]} -{pair[0][-2:]}", text)
    text = _BOXES.sub(lambda lines: f"{'-':^{len(lines[0])}}", text)
    still = quiet(text)
    found = [piece for row in _ROW.finditer(still) for piece in _groups(still, *row.span())]
    times = Counter(piece.digits for piece in found if len(piece.digits) >= _TELEPHONE)
    names = Counter(piece.digits for piece in found if _SAYS.match(text, piece.end))
    return [
        piece
        for piece in found
        if times[piece.digits] < _OF_A_COLUMN
        and (names[piece.digits] < _OF_A_WRITER or not _SAYS.match(text, piece.end))
    ]


def quiet(text: str) -> str:
    """The text with nothing in place of what no piece is."""
    return _NO_PIECE.sub(lambda match: NOTHING * len(match[0]), text)


def _groups(text: str, start: int, end: int) -> Iterator[Piece]:
    found = [Piece(*group.span(), group[0]) for group in _GROUP.finditer(text, start, end)]
    sizes = tuple(len(piece.digits) for piece in found)
    if sizes == _COUNTED and found[0].digits == str(sizes[1]):
        found = found[1:]
    elif sizes[-2:] == _DATE_AND_CODE and _EXPIRY.fullmatch(found[-2].digits):
        found = found[:-2]
    elif len(sizes) == _PAIR and sizes[0] in _LONG and _EXPIRY.fullmatch(found[1].digits):
        found = found[:1]  # its date may follow the end of a number: 11111111 1227
    elif sizes in _IN_BREATHS:
        digits = "".join(piece.digits for piece in found)
        found = [Piece(found[0].start, found[-1].end, digits)]
    elif len(found) > 1 and len(set(sizes)) == 1 and sizes[0] < _UNIT:
        found = list(_put_together(found, sizes[0]))
    elif not (
        (len(sizes) == 1 and sizes[0] in _LONE)
        or sizes in _PARTED
        or (set(sizes[:-1]) == {_OF_A_GROUP} and sizes[-1] <= _OF_A_GROUP)
    ):
        return
    said = before(text, start)
    is_long = len(found) == 1 and len(found[0].digits) > _TELEPHONE
    if found and _may_be_of_a_card(said, is_long=is_long) and not _is_telephone(found, said):
        first, last = found[0], found[-1]
        for piece in found:
            yield piece._replace(is_first=piece is first, is_last=piece is last)


def _is_telephone(found: Sequence[Piece], said: str) -> bool:
    """Whether a long piece begins as telephones do, and words before it do not call it the end."""
    is_long = len(found) == 1 and len(found[0].digits) > _TELEPHONE
    begins = is_long and found[0].digits.startswith("0")
    return begins and bool(said.strip(" -")) and not (tells_the_end(said) or corrects(said))


def _put_together(found: list[Piece], size: int) -> Iterator[Piece]:
    """Single digits and pairs as the groups that they are; four pairs are a telephone number."""
    digits = len(found) * size
    if size > 1 and _TELEPHONE <= digits < _WHOLE:
        return
    at = 0
    for group in _GROUPS.get(digits, (_OF_A_GROUP,) * (digits // _OF_A_GROUP)):
        some = found[at // size : (at + group) // size]
        yield Piece(some[0].start, some[-1].end, "".join(each.digits for each in some))
        at += group


def _may_be_of_a_card(words: str, *, is_long: bool) -> bool:
    """Whether no other number is named right before a group: `customer 1234`, `call me on 1234`.

    `is_long`: longer than a group is: the word for a card must stand nearer.
    """
    others = [found for found in labels_in(words) if found.label in _OTHERS]
    if not others or _counts_a_group(words):
        return True
    behind = words[others[-1].end :]
    if speaks_of_card(behind if is_long and not WORD.search(behind) else words):
        return True
    is_far = len(WORD.findall(behind)) > 1
    return is_far and all(found.label is not Label.TELEPHONE for found in others)


def _counts_a_group(words: str) -> bool:
    """Whether some words count a group, whatever else its name is one for: `the third block`."""
    return names_a_group(words) and any(counted_places(words))


def before(text: str, at: int) -> str:
    """What is said right before a group, without who says it."""
    line = text[max(text.rfind("\n", 0, at) + 1, at - _SENTENCE) : at]
    speaker = _SPEAKER.match(line)
    said = line[speaker.end() :] if speaker and not names_another(speaker[0], FIELDS) else line
    return _SENTENCE_ENDS.split(said)[-1]


def in_words(text: str) -> Iterator[list[Piece]]:
    """The groups in words, in order, for each language in which any is said."""
    words = tokens(quiet(text))
    places = beginnings(words)
    said = {words[at].word for at in places}
    for language in languages():
        if not language.begins.isdisjoint(said):
            pieces = _of_language(text, words, places, language)
            if pieces:
                yield pieces


def in_words_of(text: str, language: Numbers) -> list[Piece]:
    """The groups in words of one language, in order."""
    words = tokens(quiet(text))
    return _of_language(text, words, beginnings(words), language)


def _of_language(
    text: str, words: list[Token], places: list[int], language: Numbers
) -> list[Piece]:
    found = [_uncounted(text, run) for run in runs(text, words, places, language)]
    pieces = [run for run in found if _is_piece(text, run)]
    return [Piece(run[0].start, run[-1].end, digits_of(run).decode()) for run in pieces]


def _uncounted(text: str, run: Run) -> Run:
    """A group without the number that counts its digits: the last four one two three four.

    Or those before it: that's the first six. Then one, seven ...
    """
    if len(run) == 1:
        return run
    ends = "." in text[run[0].end : run[1].start]
    counts = ends or run[0].digits == str(size_of(run) - 1)
    words = WORD.findall(text[max(0, run[0].start - _COUNTS) : run[0].start])
    return run[1:] if counts and words and part_of(words[-1]) & LAST else run


def _is_piece(text: str, run: Run) -> bool:
    has_letters = any(map(str.isalpha, text[run[0].start : run[-1].end]))
    size = size_of(run)
    return has_letters and len(run) > 1 and (_FEWEST_IN_WORDS <= size <= _LONGEST or size in WRONG)
