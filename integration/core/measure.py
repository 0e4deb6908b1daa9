"""How well detection does: what was found beside what is there, as counts, rates and intervals."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from integration.core.spans import Kind

Z95: Final = 1.96
ALIASES: Final[Mapping[str, Kind]] = {
    "CREDIT_CARD": Kind.PAN,
    "SSN": Kind.US_SSN,
    "DATE_OF_BIRTH": Kind.DOB,
    "IBAN_CODE": Kind.IBAN,
    "NATIONAL_INSURANCE_NUMBER": Kind.UK_NINO,
}
"""What other people's labels are called here."""


class Labelled(NamedTuple):
    """A range of a text and the kind that is there, or was found."""

    start: int
    end: int
    kind: Kind

    def touches(self, other: Labelled) -> bool:
        """Whether both have a character in common."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of spans, and the rates that follow."""

    right: int = 0
    """Labelled and found."""
    missed: int = 0
    """Labelled and not found."""
    extra: int = 0
    """Found and not labelled."""

    def __add__(self, other: Score) -> Score:
        return Score(self.right + other.right, self.missed + other.missed, self.extra + other.extra)

    @property
    def precision(self) -> float | None:
        """The part of what was found that is right; None when nothing was found."""
        return _part(self.right, self.right + self.extra)

    @property
    def recall(self) -> float | None:
        """The part of what is there that was found; None when nothing is there.

        >>> Score(right=3, missed=1).recall
        0.75
        """
        return _part(self.right, self.right + self.missed)

    @property
    def f1(self) -> float | None:
        """The harmonic mean of both."""
        return _part(2 * self.right, 2 * self.right + self.missed + self.extra)


@dataclass(slots=True)
class Scores:
    """The scores of many texts, by group and kind."""

    by_place: dict[tuple[str, Kind], Score] = field(default_factory=dict)
    texts: Counter[str] = field(default_factory=Counter)
    """Group -> how many texts."""
    unknown: Counter[str] = field(default_factory=Counter)
    """Labels of kinds that are not looked for here."""
    _labelled: set[Kind] = field(default_factory=set)

    def add(self, group: str, labels: Sequence[Labelled], found: Sequence[Labelled]) -> None:
        """Count one text. A label is found where a span of its kind touches it."""
        self.texts[group] += 1
        self._labelled.update(label.kind for label in labels)
        for kind in {one.kind for one in (*labels, *found)}:
            score = compare(
                [one for one in labels if one.kind is kind],
                [one for one in found if one.kind is kind],
            )
            self.by_place[group, kind] = self.by_place.get((group, kind), Score()) + score

    @property
    def by_kind(self) -> dict[Kind, Score]:
        """Over all groups. A kind that nobody has labelled cannot be judged and is left out."""
        return {kind: self._sum(kind=kind) for kind in Kind if kind in self._labelled}

    @property
    def by_group(self) -> dict[str, Score]:
        """Over all kinds that are labelled anywhere."""
        return {group: self._sum(group=group) for group in sorted(self.texts)}

    @property
    def not_judged(self) -> dict[Kind, int]:
        """Kind -> how many were found of a kind that no label names."""
        sums = {kind: self._sum(kind=kind).extra for kind in Kind if kind not in self._labelled}
        return {kind: extra for kind, extra in sums.items() if extra}

    def _sum(self, *, kind: Kind | None = None, group: str | None = None) -> Score:
        wanted = (
            score
            for (in_group, of_kind), score in self.by_place.items()
            if (kind is of_kind if kind else of_kind in self._labelled)
            and group in (None, in_group)
        )
        return sum(wanted, Score())


def compare(labels: Sequence[Labelled], found: Sequence[Labelled]) -> Score:
    """Compare the labels of one kind with what was found of it.

    >>> compare([Labelled(0, 4, Kind.PIN)], [Labelled(3, 9, Kind.PIN), Labelled(20, 24, Kind.PIN)])
    Score(right=1, missed=0, extra=1)
    """
    right = sum(any(map(label.touches, found)) for label in labels)
    extra = sum(not any(map(span.touches, labels)) for span in found)
    return Score(right, len(labels) - right, extra)


def known_labels(rows: Iterable[Mapping[str, object]], unknown: Counter[str]) -> list[Labelled]:
    """The labels of a text in our kinds; the others are counted in `unknown`."""
    labels: list[Labelled] = []
    for row in rows:
        name = str(row["kind"])
        kind = ALIASES.get(name) or (Kind(name) if name in Kind.__members__ else None)
        if kind is None:
            unknown[name] += 1
        else:
            labels.append(Labelled(int(str(row["start"])), int(str(row["end"])), kind))
    return labels


def wilson(hits: int, tries: int) -> tuple[float, float]:
    """The interval that holds the true rate with 95 % confidence (Wilson), each end 0 to 1.

    >>> tuple(round(end, 4) for end in wilson(7, 1000))
    (0.0034, 0.0144)
    >>> wilson(0, 0)
    (0.0, 1.0)
    """
    if not tries:
        return (0.0, 1.0)
    rate, z2 = hits / tries, Z95**2
    middle = (rate + z2 / (2 * tries)) / (1 + z2 / tries)
    half = Z95 * math.sqrt(rate * (1 - rate) / tries + z2 / (4 * tries**2)) / (1 + z2 / tries)
    return (max(0.0, middle - half), min(1.0, middle + half))


def _part(part: int, whole: int) -> float | None:
    return part / whole if whole else None
