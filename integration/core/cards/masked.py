"""Masks behind a number, of ours and of others: the words before a mask speak of what is masked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from integration.core.text.lazy import lazy

if TYPE_CHECKING:
    from integration.core.words.labels import Found

# `****1234`, `457199xxxxxx`; other signs are read as `?`, what was taken out as a barrier.
_MASK: Final = lazy(r"\x00|[0-9]{0,6}(?:[*x\xb7#]{3,}|\?{4,})")
_ENDS: Final = lazy(r"(?:[*x\xb7#]{3,}|\?{4,})[ -]?[0-9]{4}(?![0-9])")
_LETTER: Final = lazy(r"[^\W\d_]")


def up_to_mask(words: str) -> tuple[str, bool]:
    """Return `words` as far as a mask, and whether there is one."""
    mask = _MASK.search(words)
    return (words[: mask.start()], True) if mask else (words, False)


def without_the_last(words: str, labels: list[Found]) -> list[Found]:
    """Return the labels of `words` without those that lead to their end."""
    end = len(words)
    for at in range(len(labels), 0, -1):
        if _LETTER.search(words, labels[at - 1].end, end):
            return labels[:at]
        end = labels[at - 1].start
    return []


def behind_mask(words: str, labels: list[Found]) -> list[Found]:
    """Return the labels behind the last mask that shows how its number ends: `visa ****1234`."""
    end = max((mask.end() for mask in _ENDS.finditer(words)), default=0)
    return [found for found in labels if found.start >= end]
