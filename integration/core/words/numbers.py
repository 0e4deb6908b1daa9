"""What number words say, in the languages whose files have a `[numbers]` section."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import product
from typing import Any, Final

from integration.core.words.vocabulary import as_read, files

JOINTS: Final = ("und", "og", "en", "e", "y", "et", "i")
"""Words between the parts of a number, written together or apart."""
_FILLERS = """
    and then dash hyphen space og så bindestrek mellomrom strek och sedan und dann strich
    leerzeichen et puis tiret espace y luego guion espacio e depois traço espaço poi trattino
    spazio en dan streepje spatie i potem myślnik spacja
"""
FILLERS: Final = frozenset(as_read(word) for word in _FILLERS.split())
"""What is said between the digits of a number and is no part of it."""


@cache
def units() -> dict[str, str]:
    """Return the words for 0 to 9, each with its digit."""
    return {
        as_read(word): str(digit)
        for section in _sections()
        for digit, words in enumerate(section["digits"])
        for word in words
    }


@cache
def tens() -> dict[str, str]:
    """Return the words for 20, 30 ... 90; a unit may follow them. Phrases with a single space."""
    return {
        " ".join(as_read(word).replace("-", " ").split()): f"{ten}0"
        for section in _sections()
        for ten, words in enumerate(section.get("tens", ()), 2)
        for word in words
    }


@cache
def whole() -> dict[str, str]:
    """Return the single words for 10 to 99: teens, and tens and units that are written together."""
    teens = {
        as_read(word): str(number)
        for section in _sections()
        for number, words in enumerate(section.get("teens", ()), 10)
        for word in words
    }
    return {word: digits for section in _sections() for word, digits in _glued(section)} | teens


@cache
def repeats() -> dict[str, int]:
    """Return the words that say a digit twice or three times."""
    return {
        as_read(word): times
        for section in _sections()
        for key, times in (("double", 2), ("triple", 3))
        for word in section.get(key, ())
    }


def _sections() -> Iterator[dict[str, Any]]:
    return (file["numbers"] for file in files() if "numbers" in file)


def _glued(section: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """One and forty, forty one, forty-and-one: as one word."""
    for ten, words in enumerate(section.get("tens", ()), 2):
        for unit, names in enumerate(section["digits"][1:], 1):
            for first, second in product(map(as_read, words), map(as_read, names)):
                for joint in ("", *JOINTS):
                    yield second + joint + first, f"{ten}{unit}"
                    yield first + joint + second, f"{ten}{unit}"
                yield first[:-1] + second, f"{ten}{unit}"  # quarant'uno
