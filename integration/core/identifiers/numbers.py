"""National identity numbers and bank accounts: what each looks like and what makes it sure."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from functools import cache, lru_cache
from itertools import combinations
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple

from integration.core.hits import Hit
from integration.core.identifiers import check_digits, days
from integration.core.identifiers.nearby import Nearby
from integration.core.spans import Kind
from integration.core.text.lazy import lazy
from integration.core.words import Label
from integration.core.words.listed import Listed, listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from integration.core.text.reading import Reading
    from integration.core.words.labels import Found

Form = tuple[int, ...]
"""How many digits each group has."""


class Rule(NamedTuple):
    """One kind of number."""

    kind: Kind
    alone: Mapping[Form, float]
    """How its digits are grouped, and how sure each way is with no word near (0: it needs one)."""
    fits: Callable[[bytes], bool]
    """Whether the digits can be such a number."""
    named: float
    """How sure it is beside a word of its label."""
    label: Label
    stems: tuple[str, ...]
    """Words, in plain letters, that name this kind and no other."""
    hints: Callable[[], Collection[str]] = frozenset
    """Words that go with it, where no label says what the number is."""


_FLOOR: Final = 0.4
_BY_NAME: Final = 0.95
_BEHIND: Final = 0.75
_HINTED: Final = 0.7
_TOLD_WHERE: Final = 0.55
_OF_LIST: Final = 0.6
"""A word says most of the number right behind it, less of those that follow in a list."""
_DOUBT: Final = 0.25
_SLIGHT: Final = 0.1
"""What a word takes off that any number may have: customer, case."""
_ODD_GROUPS: Final = 0.15
_PARTED: Final = 0.55
"""A grouping that nothing else has."""

_LABELS: Final = frozenset(
    {
        Label.NATIONAL_ID,
        Label.BANK_ACCOUNT,
        Label.TELEPHONE,
        Label.OTHER_NUMBER,
        Label.REFERENCE,
        Label.CARD,
    }
)
_BANKS: Final = frozenset(
    {"dnb", "nordea", "sparebank", "banken", "danske bank", "landkreditt", "storebrand", "bulder"}
    | {"handelsbanken", "komplett bank"}
)
"""Those of Norway."""


@cache
def _money_goes_to() -> frozenset[str]:
    """How one says where money is to go, words for wages, and the banks of Norway."""
    return listed(Listed.MONEY_GOES_TO) | _BANKS


_TOWARDS: Final = lazy(r"\b(?:til|pa|fra)[: ]{1,2}\Z")
"""A preposition right before an account: `send 500 til ...`, `betalt fra ...`."""

RULES: Final = (
    Rule(
        Kind.NO_FNR,
        {(11,): 0.85, (6, 5): 0.85, (2, 2, 2, 5): 0.8, (6, 3, 2): 0.8, (2, 2, 2, 3, 2): 0.7},
        lambda digits: days.of_norwegian(digits) and check_digits.no_fnr(digits),
        0.95,
        Label.NATIONAL_ID,
        ("fodselsn", "fnr", "f.nr", "d-num", "dnum", "personn"),
    ),
    Rule(
        Kind.NO_KONTO,
        {(4, 2, 5): 0.65, (11,): 0, (4, 7): 0},
        check_digits.no_konto,
        0.9,
        Label.BANK_ACCOUNT,
        (
            "konto",
            "kto",
            "account",
            "acct",
            " acc ",
            " acc:",
            " acc.",
            "rekening",
            "rachun",
            " k.nr",
        ),
        _money_goes_to,
    ),
    Rule(
        Kind.US_SSN,
        {(3, 2, 4): _PARTED, (9,): 0},
        check_digits.us_ssn,
        0.85,
        Label.NATIONAL_ID,
        ("ssn", "social"),
    ),
    Rule(
        Kind.SE_PNR,
        {(6, 4): _PARTED, (8, 4): 0.7, (10,): 0, (12,): 0},
        lambda digits: days.of_swede(digits) and check_digits.se_pnr(digits),
        0.8,
        Label.NATIONAL_ID,
        ("personnum", "pnr", "samordningsn"),
    ),
    Rule(
        Kind.DK_CPR,
        {(6, 4): 0, (10,): 0, (2, 2, 2, 4): 0},
        days.of_dane,
        0.7,
        Label.NATIONAL_ID,
        ("cpr",),
    ),
    Rule(
        Kind.DE_IDNR,
        {(11,): 0, (2, 3, 3, 3): _PARTED},
        check_digits.de_idnr,
        0.8,
        Label.NATIONAL_ID,
        ("steuer", "idnr", "tax id"),
    ),
)
_LENGTHS: Final = MappingProxyType(
    {
        size: tuple(rule for rule in RULES if any(sum(form) == size for form in rule.alone))
        for size in {sum(form) for rule in RULES for form in rule.alone}
    }
)
FEWEST_DIGITS: Final = min(_LENGTHS)
_FORMS: Final = frozenset(form for rule in RULES for form in rule.alone)
_STEM_REACH: Final = 12
"""Characters from a name to the end of its phrase: `Steuer-ID`."""
_GAP: Final = rb" {1,4}"
_GROUPED: Final = lazy(
    rb"0(?<!00)(?:%b)(?!0)"
    % b"|".join(
        _GAP.join((b"0{%d}" % (form[0] - 1), *(b"0{%d}" % size for size in form[1:])))
        for form in sorted(_FORMS)
    )
)
_MOST_GROUPS: Final = 10
_GROUP: Final = lazy(rb"0+")
_OWN_LINE: Final = lazy(rb"[0-9][^\n\[]*[0-9]")
"""Digits of one line, and not the time of the next one in a chat."""
_CLOCK: Final = lazy(rb"[0-9]{2}:[0-9]{2}:[0-9]{2}[ \t]{0,4}[+-][0-9]{4}")
"""A time of day with its zone, as the date of a mail has."""
_ODD_SIZES: Final = frozenset({9, 11})
_FITS_ANYTHING: Final = 9
"""So many digits without a check digit are of a kind only where its own name stands."""
_OTHERWISE: Final = lazy(rb"[,\n]")
"""Between groups whose form alone says little: 120,75 and the next line are no number."""
_CELL: Final = lazy(rb"[0-9](?:[ .\xa0\xad-]{0,2}[0-9])*")
_NO_DIGITS: Final = bytes(byte for byte in range(256) if not 48 <= byte <= 57)
_PART_BEFORE: Final = lazy(rb"[0-9][-.,/:]?\Z|[+]\Z|[0-9][A-Za-z]+\Z")
_PART_BEHIND: Final = lazy(rb"[-.,/:]?[0-9]|[A-Za-z]+[0-9]")
_PART_REACH: Final = 4


def numbers_in(reading: Reading, start: int, end: int) -> Iterator[Hit]:
    """Return the numbers in a run that are grouped in a way that a rule knows.

    Else the number that all its digits make together, however they are grouped.
    """
    form = tuple(map(len, reading.classes[start:end].split()))
    digits = sum(form)
    found: list[tuple[int, int]] = []
    if digits - min(form[0], form[-1]) >= FEWEST_DIGITS and _may_hold(form[:_MOST_GROUPS]):
        found = [match.span() for match in _GROUPED.finditer(reading.classes, start, end)]
    if not found and (form in _FORMS or digits in _ODD_SIZES):
        found = [(start, end)]
    elif not found:
        lines = (match.span() for match in _OWN_LINE.finditer(reading.folded, start, end))
        found = [span for span in lines if reading.classes.count(b"0", *span) in _ODD_SIZES]
    for span in found:
        yield from _weighed(reading, *span)


@lru_cache(maxsize=1024)
def _may_hold(form: Form) -> bool:
    """Return whether a number of a known form may stand in a part of a run.

    Only how long groups are is remembered; a run of very many is always looked at.
    """
    spans = combinations(range(len(form) + 1), 2)
    return len(form) == _MOST_GROUPS or any(form[low:high] in _FORMS for low, high in spans)


def _weighed(reading: Reading, start: int, end: int) -> Iterator[Hit]:
    digits = reading.folded[start:end].translate(None, _NO_DIGITS)
    rules = [rule for rule in _LENGTHS[len(digits)] if rule.fits(digits)]
    if not rules or _is_part(reading.folded, start, end):
        return
    nearby = Nearby(reading, start, end)
    form = tuple(len(group) for group in _GROUP.findall(reading.classes, start, end))
    for rule in rules:
        says_little = rule.alone.get(form) == _PARTED
        is_parted = says_little and _OTHERWISE.search(reading.folded, start, end)
        sure, why = _sure(rule, () if is_parted else form, nearby)
        if sure >= _FLOOR:
            yield Hit(start, end, rule.kind, sure, why)


def label_of(name: str) -> Label | None:
    """Return the label of the kind of number that the head of a column calls by its name."""
    padded = f" {name} "
    return next((rule.label for rule in RULES if any(stem in padded for stem in rule.stems)), None)


def of_column(reading: Reading, start: int, end: int, label: Label, name: str) -> Iterator[Hit]:
    """Return what the number in a cell may be, below a head `name` that bears `label`."""
    if not _CELL.fullmatch(reading.folded, start, end):
        return
    digits = reading.folded[start:end].translate(None, _NO_DIGITS)
    rules = [rule for rule in _LENGTHS.get(len(digits), ()) if rule.label is label]
    called = [rule for rule in rules if any(stem in name for stem in rule.stems)]
    for rule in called or rules:
        if rule.fits(digits) and (called or len(digits) != _FITS_ANYTHING):
            yield Hit(start, end, rule.kind, _BY_NAME if called else rule.named, ("column",))


def _is_part(folded: bytes, start: int, end: int) -> bool:
    """Return whether the number is a piece of something longer, or a time of day."""
    return bool(
        _CLOCK.fullmatch(folded, start, end)
        or _PART_BEFORE.search(folded, max(0, start - _PART_REACH), start)
        or _PART_BEHIND.match(folded, end, end + _PART_REACH)
    )


def _sure(rule: Rule, form: Form, nearby: Nearby) -> tuple[float, tuple[str, ...]]:
    """Return how sure it is that a number is of this kind, and why."""
    alone = rule.alone.get(form, 0)
    named, why = _named(rule, nearby)
    if why == "label" and sum(form) == _FITS_ANYTHING and form not in rule.alone:
        return 0, (why,)
    if named > alone:
        return named - (_ODD_GROUPS if form not in rule.alone else 0), (why,)
    label = nearby.before_it(_LABELS)
    if named or label is None or label.start < nearby.free or nearby.ends_sentence(label):
        return alone, ("form",)
    return alone - (_SLIGHT if label.label is Label.REFERENCE else _DOUBT), ("other-label",)


def _named(rule: Rule, nearby: Nearby) -> tuple[float, str]:
    """Return how much the nearest words say that a number is of this kind; 0 when they do not."""
    label = nearby.before_it(_LABELS)
    stem = nearby.stem_before(rule.stems)
    if stem >= 0 and stem + _STEM_REACH >= (label.start if label else 0):
        return (_BY_NAME, "name") if stem >= nearby.free else (_OF_LIST, "name-of-list")
    if label and label.label is rule.label:
        own = label.start >= nearby.free
        return (rule.named, "label") if own else (min(rule.named, _OF_LIST), "label-of-list")
    hint = nearby.stem_before(rule.hints())
    if label and label.start >= nearby.free and not _is_nearer(hint, label):
        return 0, ""
    return _told_else(rule, nearby, hint)


def _told_else(rule: Rule, nearby: Nearby, hint: int) -> tuple[float, str]:
    """Return the same where no label before a number says what it is."""
    behind = nearby.behind_it(_LABELS)
    if nearby.stem_behind(rule.stems) or (behind and behind.label is rule.label):
        return _BEHIND, "word-behind"
    if hint >= nearby.free or nearby.stem_behind(rule.hints()):
        return _HINTED, "money-word"
    if rule.label is Label.NATIONAL_ID and nearby.born:
        return _OF_LIST, "birth-word-behind"
    if rule.kind is Kind.NO_KONTO and _TOWARDS.search(nearby.before):
        return _TOLD_WHERE, "towards"
    return 0, ""


def _is_nearer(hint: int, label: Found) -> bool:
    """Return whether a hint at `hint` stands between a word that any number may have and it."""
    return hint > label.start and label.label is Label.REFERENCE
