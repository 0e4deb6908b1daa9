"""The texts of a run: every style in every scheme, and the look-alikes, from one seed."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

from benchmarks.detection.lookalikes import LOOKALIKES
from benchmarks.detection.numbers import SCHEMES, number
from benchmarks.detection.styles import CLOSE, OPEN, STYLES


@dataclass(frozen=True)
class Sample:
    """One text; `start`..`end` is the card number in it, None when it holds none."""

    text: str
    media_type: str
    family: str
    name: str
    scheme: str = ""
    span: tuple[int, int] | None = None


def cards(seed: int, each: int) -> Iterator[Sample]:
    """`each` texts for every style in every scheme."""
    pick = random.Random(seed)
    for style in STYLES:
        for scheme in SCHEMES:
            for _ in range(each):
                marked = style.write(number(pick, scheme), pick)
                before, _, rest = marked.partition(OPEN)
                inside, _, after = rest.partition(CLOSE)
                # Brackets around the first group and the last are no part of the number.
                start = len(before) + len(inside) - len(inside.lstrip("("))
                span = (start, len(before) + len(inside.rstrip(")")))
                yield Sample(
                    before + inside + after,
                    style.media_type,
                    style.family,
                    style.name,
                    scheme.name,
                    span,
                )


def lookalikes(seed: int, each: int) -> Iterator[Sample]:
    """`each` texts for every family of numbers that are no cards."""
    pick = random.Random(seed)
    for name, (around, make) in LOOKALIKES.items():
        for _ in range(each):
            yield Sample(around.replace("{}", make(pick)), "text/plain", "look-alike", name)
