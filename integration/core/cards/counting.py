"""Groups of digits that count things: rooms, prices, extensions. No card is written so."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

_FEWEST: Final = 4
"""Groups; also the digits of one where a number is told in parts."""
_NEAR_EACH_OTHER: Final = 100
"""The first and the last of groups that rise, as four that are those of a card hardly do."""
_ROUND: Final = 10
"""What numbers of accounts and prices are multiples of."""
_NEXT: Final = 10
_RISES: Final = 2


def count_up(groups: Sequence[int]) -> bool:
    """Return whether groups, as they are written, rise by one step, stay near, or are round.

    >>> [count_up(each) for each in ([3600, 3900, 4200, 4500], [4417, 4418, 4420, 4433])]
    [True, True]
    >>> count_up([4100, 4200, 4300, 4440]), count_up([4111, 1111, 1111, 1111])
    (True, False)
    """
    steps = {behind - before for before, behind in pairwise(groups)}
    if len(groups) < _FEWEST or not steps or steps == {0}:
        return False
    is_near = groups[-1] - groups[0] < _NEAR_EACH_OTHER
    is_round = not any(group % _ROUND for group in groups)
    return len(steps) == 1 or (min(steps) > 0 and (is_near or is_round))


def counts_up(digits: str) -> bool:
    """Return whether fours follow each other as numbers of things do, here and there at least.

    >>> counts_up("5102510351053701"), counts_up("4111111111111111")
    (True, False)
    """
    groups = [int(digits[low : low + _FEWEST]) for low in range(0, len(digits), _FEWEST)]
    return sum(0 < behind - one < _NEXT for one, behind in pairwise(groups)) >= _RISES
