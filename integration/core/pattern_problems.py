"""What is wrong with an account's patterns: all of it, in sentences, before one is used."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from typing import Any, Final

from integration.core.formats import LONGEST_NAME, NAME
from integration.core.masks import LOCALES, mask_for
from integration.core.patterns import OwnPattern, OwnPatterns, compiled
from integration.core.spans import REASONS_UNREAD, Action, Kind
from integration.core.text.reading import read

MOST: Final = 50
LONGEST: Final = 300
LARGEST: Final = 2_000
"""Steps of the compiled program: what the engine may do for each byte in the worst case."""
ACTIONS: Final = (Action.REDACT, Action.REPORT, Action.COUNT)
INSTALL: Final = "Patterns need google-re2: pip install 'deskwarden[patterns]'."
_ANY_BYTE: Final = r"\C"
_NO_TIME: Final = 0.0


def problems(patterns: Sequence[OwnPattern], *, unnamed: Container[str] = frozenset()) -> list[str]:
    """Every problem, a sentence each, by the name of its pattern; empty when all can be used.

    `unnamed`: names that stand in for one that is not given, which is told already.
    """
    if not patterns:
        return []
    try:
        compiled("")
    except ImportError:
        return [INSTALL]
    found = [f"At most {MOST} patterns are allowed."] if len(patterns) > MOST else []
    names = Counter(pattern.name for pattern in patterns)
    found += [f"{name}: the name is used more than once." for name in names if names[name] > 1]
    found += [
        f"{p.name}: {said}" for p in patterns if p.name not in unnamed for said in _of_name(p)
    ]
    return found + [f"{p.name}: {said}" for p in patterns for said in _of(p)]


def _of_name(pattern: OwnPattern) -> Iterator[str]:
    if not NAME.fullmatch(pattern.name) or len(pattern.name) > LONGEST_NAME:
        yield f"the name must be lower-case words joined by -, at most {LONGEST_NAME} letters."
    if pattern.name in REASONS_UNREAD:
        yield "this name has a meaning of its own."


def _of(pattern: OwnPattern) -> Iterator[str]:
    if pattern.action not in ACTIONS:
        yield f"the action must be one of {', '.join(ACTIONS)}."
    if not all(word.strip() for word in pattern.words):
        yield "a word of context is empty."
    if not pattern.match:
        yield "give at least one text in which it must be found (match)."
    said = _unusable(pattern.pattern)
    if said:
        yield said
    else:
        yield from _examples(pattern)


def _unusable(pattern: str) -> str:
    """Why a pattern cannot be used at all, or nothing; it is not repeated."""
    if len(pattern) > LONGEST:
        return f"the pattern is longer than {LONGEST} characters."
    if _ANY_BYTE in pattern:
        return f"{_ANY_BYTE} is not allowed: it takes characters apart."
    try:
        engine = compiled(pattern)
    except ValueError as error:
        return f"the pattern is not valid in RE2 syntax ({error})."
    return next((said for wrong, said in _REFUSED if wrong(engine)), "")


_REFUSED: Final[tuple[tuple[Callable[[Any], bool], str], ...]] = (
    (
        lambda engine: engine.programsize > LARGEST,
        "the pattern is too large: repeat less, or name fewer characters.",
    ),
    (
        lambda engine: bool(engine.search("")),
        "the pattern matches nothing at all, which stands everywhere.",
    ),
    (
        lambda engine: any(engine.search(mask) for mask in _masks()),
        "the pattern matches the words that we put in place of what we remove.",
    ),
)


def _examples(pattern: OwnPattern) -> Iterator[str]:
    for number, text in enumerate(pattern.match, 1):
        if not _found(pattern, text):
            yield f"it is not found in text {number} of match."
    for number, text in enumerate(pattern.no_match, 1):
        if _found(pattern, text):
            yield f"it is found in text {number} of no_match."


def _found(pattern: OwnPattern, text: str) -> bool:
    return bool(OwnPatterns((pattern,), lambda: _NO_TIME).in_text().find(read(text)))


def _masks() -> Iterable[str]:
    for locale in LOCALES:
        for kind in Kind:
            yield mask_for(kind, None, None, locale)
        yield mask_for(Kind.PAN, "visa", "0123", locale)
        yield mask_for(Kind.PAN, "mastercard", "4567", locale)
        yield mask_for(Kind.PAN, None, "8901", locale)
