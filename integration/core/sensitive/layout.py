"""Which label speaks of which value: the layouts in which people write their cards down.

A stretch is read as runs: some labels, then the values behind them. In a run the labels take the
first values that fit, in order, so that `Exp 12/27, CVV 123`, a header row above its values and a
question with its answer are the same case; a label that finds nothing looks at the value before.
"""

from __future__ import annotations

from itertools import pairwise
from operator import attrgetter
from typing import TYPE_CHECKING, Final, NamedTuple

from integration.core.sensitive.aims import aims_of
from integration.core.sensitive.codes import Value, What, ends_a_sum
from integration.core.sensitive.dates import FORMAT_OF_DAYS, Form, may_be_day
from integration.core.sensitive.denied import is_denied
from integration.core.sensitive.endings import set_endings_aside
from integration.core.sensitive.failures import says_why_it_failed
from integration.core.sensitive.others import follows_another, set_aside, set_sum_aside
from integration.core.sensitive.scene import AIMS, Aim, Gap, Scene
from integration.core.sensitive.twins import read_twins
from integration.core.spans import Kind
from integration.core.text.lazy import lazy
from integration.core.words.index import FIRST_UNPARTED
from integration.core.words.labels import Found
from integration.core.words.vocabulary import Label

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


class Run(NamedTuple):
    """Labels, and the values up to the next label."""

    labels: list[Found]
    values: list[Value]


_OF_A_CARD: Final = frozenset({Form.CLEAR, Form.SHORT})
_SILENT: Final = frozenset({Label.LINK, Label.CARD_HINT})

_REACH: Final = 120
"""Characters from a label to its value."""
_REACH_BACK: Final = 40
"""The same when the value stands first, or belongs to a label that is none of ours."""
_SHORT_HINT: Final = 7
_SHORT_HINT_UNPARTED: Final = 2
"""Letters of a hint that may be the rest of another word: error code."""

_SENTENCE_ENDS = lazy(r"[.!?]\s+[^\W\d_]")
_EMPTY_LINE = lazy(r"\n[ \t\r>]*\n")
_BRACKET = lazy(r"\s?[(\[]\s?\Z")
_WORD_BEFORE = lazy(r"[^\W\d_] \Z")
_WORTH: Final = {
    (True, Gap.TOUCH): 0.9,
    (True, Gap.WORDS): 0.75,
    (False, Gap.TOUCH): 0.7,
    (False, Gap.WORDS): 0.55,
}
_LESS_BACK: Final = 0.05


def read_labels(scene: Scene) -> list[Aim]:
    """Let every label take its value; return those that found none."""
    left: list[Aim] = []
    runs = [Run([], []), *_runs(scene)]
    set_endings_aside(scene)
    for run in runs:
        set_aside(scene, run.labels, run.values)
    for before, run in pairwise(runs):
        set_sum_aside(scene, run.labels, before.values)
        left += _claim(scene, run, before.values)
    read_twins(scene)
    return left


def _runs(scene: Scene) -> Iterator[Run]:
    formats = [each.span() for each in FORMAT_OF_DAYS.finditer(scene.text)]
    items: list[Found | Value] = [
        *(
            found
            for found in scene.labels
            if found.label not in _SILENT
            and not any(start <= found.start < end for start, end in formats)
        ),
        *scene.values,
    ]
    items.sort(key=attrgetter("start"))
    run = Run([], [])
    for item in items:
        if isinstance(item, Value):
            run.values.append(item)
            continue
        if run.values:
            yield run
            run = Run([], [])
        if not _is_date_of(run.labels, item):
            run.labels.append(item)
    yield run


def _is_date_of(before: Sequence[Found], label: Found) -> bool:
    """Return whether a label is the date in `order date`."""
    return (
        label.label is Label.EXPIRY_HINT
        and bool(before)
        and before[-1].label is Label.OTHER_NUMBER
        and label.start - before[-1].end <= 1
    )


def _claim(scene: Scene, run: Run, before: Sequence[Value]) -> list[Aim]:
    """Let the labels of a run take their values; return what is left."""
    aims = aims_of(scene, run.labels, before, run.values)
    listed = len({aim.start for aim in aims}) > 1
    left: list[Aim] = []
    for aim in aims:
        bracketed = bool(before) and bool(_BRACKET.match(scene.text[before[-1].end : aim.start]))
        done = bracketed and _backward(scene, aim, before)
        done = done or _forward(scene, aim, run, listed=listed)
        done = done or (not listed and _backward(scene, aim, before))
        if not done:
            left.append(aim)
    return left


def _forward(scene: Scene, aim: Aim, run: Run, *, listed: bool) -> bool:
    value = _first_that_fits(scene, aim, run)
    if value is None:
        return False
    hint = not aim.sure and (aim.kind is Kind.CVV or aim.of_card)
    if hint and (says_why_it_failed(scene, aim) or follows_another(scene, aim)):
        scene.foreign.add(value.start)
        return False
    listed = listed and not _SENTENCE_ENDS.search(scene.rest, aim.end, run.labels[-1].start)
    gap = _gap(scene, run, run.labels[-1].end if listed else aim.end, value)
    if gap is Gap.APART and value is run.values[0] and _in_an_answer(scene, aim, value):
        gap = Gap.WORDS
    a_sum = gap is Gap.WORDS and aim.kind is Kind.CVV and ends_a_sum(scene.text, value)
    if gap is Gap.APART or a_sum or _of_another_word(scene, aim):
        return False
    if aim.of_card and (gap is not Gap.TOUCH or value is not run.values[0]):
        return False
    if not aim.sure and _is_day(scene, aim, value):
        return False
    scene.claim(value, aim.kind, _WORTH[aim.sure, gap], "in-a-list" if listed else "", aim)
    return True


def _is_day(scene: Scene, aim: Aim, value: Value) -> bool:
    """Return whether a value is more often the day of a month, and words part it from its label."""
    is_day = may_be_day(scene.text, value.start, value.end)
    return is_day and scene.has_letters(aim.end, value.start)


def _first_that_fits(scene: Scene, aim: Aim, run: Run) -> Value | None:
    for value in run.values:
        if value.start - aim.end > _REACH:
            return None
        if _is_below_another(scene, aim, value) or _is_in_another_paragraph(scene, aim, value):
            continue
        if scene.fits(aim, value):
            return _better_date(scene, aim, value, run) or value
        if aim.kind is Kind.EXPIRY and not aim.sure and value.form is Form.OTHER:
            return None  # this is the date that is meant
    return None


def _is_in_another_paragraph(scene: Scene, aim: Aim, value: Value) -> bool:
    """Return whether an empty line parts a date with a day from its label: that of a mail below."""
    if value.form is not Form.OTHER:
        return False
    return _EMPTY_LINE.search(scene.text, aim.end, value.start) is not None


def _is_below_another(scene: Scene, aim: Aim, value: Value) -> bool:
    """Return whether a label is a head of a table, and a value in it stands below another."""
    told = scene.columns.head_of(value.start)
    if told is None:
        return False
    own, heads = told
    if not any(low <= aim.start < high for low, high in heads):
        return False
    aims = (AIMS.get(found.label) for found in scene.labels_between(own[0], own[1] - 1))
    return not any(each and each.kind is aim.kind and each.sure >= aim.sure for each in aims)


def _better_date(scene: Scene, aim: Aim, value: Value, run: Run) -> Value | None:
    """Return a month and a year behind a card instead of a date with a day before it."""
    if aim.kind is not Kind.EXPIRY or value.form is not Form.OTHER:
        return None
    behind = [each for each in run.values if each.start > value.start]
    cards = (at for at, each in enumerate(behind) if each.what is What.CARD)
    dates = behind[next(cards, len(behind)) + 1 :][:1]
    return next((each for each in dates if each.form in _OF_A_CARD and scene.fits(aim, each)), None)


def _in_an_answer(scene: Scene, aim: Aim, value: Value) -> bool:
    """Return whether the next short sentence says a PIN: Can I change my PIN? It is ..."""
    between = scene.text[aim.end : value.start]
    return (
        aim.sure
        and aim.kind is Kind.PIN
        and len(between) <= _REACH_BACK
        and "\n" not in between
        and scene.announced(value.start)
    )


def _gap(scene: Scene, run: Run, end: int, value: Value) -> Gap:
    """Return what stands between labels and values, when those before `value` are not far off."""
    first = run.values[0].start
    return Gap.APART if scene.gap(first, value.start) is Gap.APART else scene.gap(end, first)


def _of_another_word(scene: Scene, aim: Aim) -> bool:
    """Return whether a short hint stands behind a word that is not known: error code."""
    if aim.sure or aim.kind is not Kind.CVV:
        return False
    unparted = scene.text[aim.start] >= FIRST_UNPARTED
    if aim.end - aim.start > (_SHORT_HINT_UNPARTED if unparted else _SHORT_HINT):
        return False
    return bool(_WORD_BEFORE.search(scene.rest, max(0, aim.start - 2), aim.start))


def _backward(scene: Scene, aim: Aim, before: Sequence[Value]) -> bool:
    value = before[-1] if before else None
    if value is None or aim.start - value.end > _REACH_BACK or not scene.fits(aim, value):
        return False
    if not aim.sure and (aim.kind is Kind.PIN or value.form is Form.SHORT):
        return False
    if aim.kind is Kind.PIN and is_denied(scene.text, aim.start):
        return False
    between = scene.text[value.end : aim.start]
    if "\n" in between or scene.gap(value.end, aim.start) is not Gap.TOUCH:
        return False
    worth = _WORTH[aim.sure, Gap.TOUCH] - _LESS_BACK
    scene.claim(value, aim.kind, worth, "word-behind", aim)
    return True
