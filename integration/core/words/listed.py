"""Words that say of a number which part of it comes, what is wrong with it, or what has it.

They stand beside the labels in the file of each language, and count together as those do.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import StrEnum
from functools import cache
from itertools import chain, zip_longest
from typing import Any, Final

from integration.core.words.index import FIRST_UNPARTED, WORD
from integration.core.words.vocabulary import all_as_read, each_as_read, files

NEVER: Final = r"(?!)"
"""A pattern of no words."""


class Listed(StrEnum):
    """What a list of words says: its table in the file of a language and its key there.

    A list is left out where a language has no word for it. Words of scripts without gaps between
    words stand with the others.
    """

    YEAR = "dates.year"
    """The word year, between a month and its year: March year 2027."""
    MONTH = "dates.month"
    """The word month, behind an ordinal: the sixth month."""
    OF = "dates.of"
    """It may stand between a month and its year: March of 2027."""
    SLASH = "dates.slash"
    """What dictation programs write for the sign."""
    TOOK_PLACE = "dates.took_place"
    """Before the day of something that took place: on, since, ordered, arrival."""
    PERIODS = "dates.periods"
    """Quarters and weeks: they are counted in columns as groups of digits are."""
    ERAS = "dates.eras"
    """Their years are counted from the first of an emperor, or of a republic."""

    THOUSAND = "numbers.thousand"
    """Two of them begin a year of this century."""
    BETWEEN = "numbers.between"
    """And: between the parts of a number, written together or apart."""
    BEHIND_HUNDREDS = "numbers.behind_hundreds"
    """The same only behind hundreds and thousands: two hundred and five."""
    TAKES_TEENS = "numbers.takes_teens"
    """Tens that a number below twenty may follow: soixante-quinze."""
    ARTICLES_OF_DIGITS = "numbers.articles"
    """Before a digit that is said several times: twice the five."""
    CALLED = "numbers.called"
    """What a number is called, whatever it is one of."""
    IS_NUMBER = "numbers.is"
    """It may stand between such a word and the number."""

    FIRST_PART = "parts.first"
    """A number begins with what comes: the first eight, it starts with."""
    NEXT_PART = "parts.next"
    """It comes behind the first: the middle, then, the second."""
    REST = "parts.rest"
    """The rest, the others; besides the words for the end of a number (`ENDS`)."""
    MASKED = "parts.masked"
    """The part that a masked number lacks: the middle, the stars, hidden."""
    HALF = "parts.half"
    JOINED = "parts.joined"
    """And: it may join a part to the one before."""
    FIRST_FIELD = "parts.first_field"
    """What the name of a field ends in that has the first half of a number: `pan_hi`."""
    LAST_FIELD = "parts.last_field"
    """The same of its other half."""
    PARTS = "parts.names"
    """What parts are called, and what bears them: part 2, line 3, second mail."""
    NUMBER = "parts.number"
    """It may stand between such a name and its number: group no. 2."""
    OF_SO_MANY = "parts.of_so_many"
    """1 of 3: what stands between them; phrases too."""
    UP_TO = "parts.up_to"
    """Digits 5 to 8: what stands between them; phrases too."""

    TAKES_BACK = "corrections.takes_back"
    """What was said before is wrong: not, sorry, I misread, swapped."""
    LEFT_OUT = "corrections.left_out"
    """Something was left out, and where it belongs: forgot, between, after."""
    ENDS = "corrections.ends"
    """The end of a number: it ends in; besides `LAST_OR_FIRST`."""
    IN_PARTS = "corrections.in_parts"
    """Something comes in parts: the rest, in two mails, for safety."""
    ERASING_KEYS = "corrections.erasing_keys"
    """Keys that take back what was typed last, as logs and recordings name them."""
    AGREES = "corrections.agrees"
    """Nothing is wrong: yes, right, that's it."""

    DIGITS = "counted.digits"
    """Digits, figures, numbers."""
    PLACES = "counted.places"
    """The back of a card, its front, the signature; besides `SIDES`."""
    SIDES = "counted.sides"
    """The same in words that mean little else than a side of a card."""
    LAST_OR_FIRST = "counted.last_or_first"
    """The last four: digits of a card number that may be told."""
    THREE = "counted.three"
    """Besides the digit in `[numbers]`: declined, say."""
    FOUR = "counted.four"
    BEGINS_WITH_THREE = "counted.begins_with_three"
    """What words begin with that mean `of three digits`: dreist for dreistellig."""
    BEGINS_WITH_FOUR = "counted.begins_with_four"
    OF_DIGITS = "counted.of_digits"
    """What words begin with that mean `of so many digits`: stellig for 18-stellig."""

    ORDINALS = "groups.ordinals"
    """Five lists: the first group to the fifth; besides those of `[numbers]`."""
    GROUPS = "groups.names"
    """Groups of digits: group, block."""
    GROUP_HEADS = "groups.heads"
    """Before each group of a card number: block one, block two."""
    MIDDLE = "groups.middle"
    """The group with as many before it as behind it."""
    ONE_DIGIT = "groups.one_digit"
    """A digit, or its place: position 4; besides `DIGITS`."""

    THINGS = "things.names"
    """What has a number and is no card: a room, a street, an age, an extension."""
    FIELDS = "things.fields"
    """Where something may be filled in: a field, a form, the subject of a mail."""
    GLUED_FIELDS = "things.glued_fields"
    """What a word for one ends in that says which: Telefonfeld, navnefeltet."""
    STREETS = "things.streets"
    """What the name of a street ends in: Storgata 118."""
    RATES = "things.rates"
    """A month, a piece, a kilogram: what a sum is for, 129/mo."""
    ADDRESS = "things.address"
    """What stands in an address where a postal code is called a PIN."""
    PIN_CODE = "things.pin_code"
    """What the postal code of an address in India is called; phrases."""

    CARD_IN_RECORDS = "things.card_in_records"
    """What files of payments call a card number, and others another number; phrases."""
    OF_PAYMENTS = "things.of_payments"
    """Whoever takes part in a payment by card, in its records; words without gaps too."""

    FAILED = "stems.failed"
    """What words begin with that say why something failed: declined with code 51."""
    AT_AN_END = "stems.at_an_end"
    """The same of words that say that digits are the end of a number, or its beginning."""
    MONEY_GOES_TO = "stems.money_goes_to"
    """The same of words and phrases that say where money is to go, and of words for wages."""

    OR = "particles.or"
    """A second value of one label: 2908 or 2980, now 2980."""
    AND = "particles.and"
    """The codes of two cards: 214 and 858."""
    NOT = "particles.not"
    """What a number is not: 0862, not the PIN."""
    BY = "particles.by"
    """Before who has told a number: given by the customer."""
    BY_TELEPHONE = "particles.by_telephone"
    """Before a telephone by which something was told: the rest on the phone."""
    ARTICLES = "particles.articles"
    """Between such a word and the telephone."""
    IS = "particles.is"
    """Between a PIN and a number that reads as a year."""
    FROM = "particles.from"
    """Behind a number that may belong to the name of a part: pin 4012 from the kit."""
    AND_IT = "particles.and_it"
    """Behind a card number, before words that deny it: and it is not a card."""
    BUT = "particles.but"
    """Another clause begins: no order number, so I put that of my card."""

    NO_LABEL = "common.no_label"
    """Common words that an ending makes a label of some language: charts, dinero, plats."""

    PLACEHOLDERS = "passwords.placeholders"
    """What stands where a password would: changed, hidden, forgotten."""

    UNPARTED_DIGITS = "unparted.digits"
    """Ten lists: nought to nine, as digits are said one by one in scripts without gaps."""
    UNPARTED_JOINTS = "unparted.joints"
    """What is said between those: a dash, or what comes next."""


@cache
def listed(words: Listed) -> frozenset[str]:
    """Return the words of a list, in all languages, in plain letters.

    >>> "laatste" in listed(Listed.LAST_OR_FIRST), "siste" in listed(Listed.LAST_OR_FIRST)
    (True, True)
    """
    return frozenset(all_as_read(set(chain.from_iterable(_in_every_file(words)))))


@cache
def listed_ordinals() -> dict[str, int]:
    """Return the words of `ORDINALS`, in plain letters, each with its place from 1 on."""
    by_place = zip_longest(*_in_every_file(Listed.ORDINALS), fillvalue=())
    return {word: place for place, word in each_as_read(map(chain.from_iterable, by_place), 1)}


@cache
def unparted_digits() -> dict[str, str]:
    """Return the words of `UNPARTED_DIGITS` as they are written, each with its digit.

    >>> unparted_digits()["ゼロ"]
    '0'
    """
    by_digit = enumerate(zip(*_in_every_file(Listed.UNPARTED_DIGITS), strict=True))
    return {word: str(digit) for digit, said in by_digit for words in said for word in words}


@cache
def unparted_joints() -> frozenset[str]:
    """Return the words of `UNPARTED_JOINTS` as they are written.

    >>> "다시" in unparted_joints()
    True
    """
    return frozenset(chain.from_iterable(_in_every_file(Listed.UNPARTED_JOINTS)))


def _in_every_file(words: Listed) -> list[Any]:
    table, key = words.split(".")
    return [file[table][key] for file in files() if key in file.get(table, {})]


def says(words: str, of: Listed) -> bool:
    """Return whether any word of a list stands in some words (in plain letters).

    >>> says("no wait, that is wrong", Listed.TAKES_BACK), says("thanks", Listed.TAKES_BACK)
    (True, False)
    """
    if not listed(of).isdisjoint(WORD.findall(words)):
        return True
    return not words.isascii() and without_gaps(of).search(words) is not None


@cache
def without_gaps(*lists: Listed) -> re.Pattern[str]:
    """Return a pattern of the words of some lists whose script has no gaps between words.

    >>> without_gaps(Listed.FIELDS).search("件名に書きました") is not None
    True
    """
    words = frozenset(chain.from_iterable(map(listed, lists)))
    return re.compile(any_of(words - with_gaps(words)) or NEVER)


def with_gaps(words: frozenset[str]) -> frozenset[str]:
    """Return those of some words whose script has gaps between words.

    >>> sorted(with_gaps(frozenset(("room", "部屋"))))
    ['room']
    """
    return frozenset(word for word in words if word[0] < FIRST_UNPARTED)


def any_of(words: Iterable[str]) -> str:
    """Return a pattern of words, the longest first.

    >>> any_of({"of", "av", "von"})
    'von|av|of'
    """
    return "|".join(map(re.escape, sorted(sorted(words), key=len, reverse=True)))
