"""Lists for people: one line a row, whatever the width. Nothing is broken in the middle.

On a terminal the widest cells are cut with an ellipsis, and the last columns left out and named
when even that is not enough. Into a pipe or a file goes everything.
"""

from __future__ import annotations

from collections.abc import Sequence

GAP = 2
LEAST = 9
"""Characters of a cut column: enough of `ticket:…` to tell rows apart."""
ELLIPSIS = "…"


def fitted(needed: Sequence[int], *, whole: frozenset[int], width: int | None) -> list[int]:
    """The width of each column; fewer than needed when the last ones have no room.

    `whole` columns are never cut: what is copied from them, and times. `width` None: no limit.

    >>> fitted([16, 8, 30], whole=frozenset([0]), width=40)
    [16, 8, 12]
    >>> fitted([16, 8, 30], whole=frozenset([0]), width=30)
    [16, 8]
    """
    widths = list(needed)
    if width is None:
        return widths
    least = [n if i in whole else min(n, LEAST) for i, n in enumerate(needed)]
    while len(widths) > 1 and _taken(least[: len(widths)]) > width:
        widths.pop()
    while _taken(widths) > width:
        room = [(w, i) for i, w in enumerate(widths) if w > least[i]]
        if not room:
            break
        widths[max(room)[1]] -= 1
    return widths


def line(cells: Sequence[str], widths: Sequence[int]) -> str:
    """One row; a cell that has no room ends with an ellipsis."""
    parts = (cut(c, w).ljust(w) for c, w in zip(cells, widths, strict=False))
    return (" " * GAP).join(parts).rstrip()


def cut(text: str, width: int) -> str:
    """The text in so many characters.

    >>> cut("account.breaker", 9)
    'account.…'
    """
    return text if len(text) <= width else text[: max(0, width - 1)] + ELLIPSIS


def _taken(widths: Sequence[int]) -> int:
    return sum(widths) + GAP * (len(widths) - 1)
