"""The generated tables about detection: reasons, issuers, languages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path

from docs.hit_reasons import AROUND, BESIDE, IDENTIFIERS
from docs.markdown import code, table
from integration.core.cards import reasons
from integration.core.cards.issuers import Issuer, issuers
from integration.core.cards.reasons import EXPLAINED, Evidence, Form
from integration.core.words import vocabulary
from integration.core.words.vocabulary import files

_MANY = 6
"""More first digits than this are counted, not listed."""


def card_reasons() -> str:
    """Every reason of a card number, with what it is worth."""
    worths: dict[str, dict[str, None]] = {}
    for each in vars(reasons).values():
        if isinstance(each, Form):
            worths.setdefault(each.name, {})[f"starts at {each.worth}"] = None
        elif isinstance(each, Evidence):
            worths.setdefault(each.why, {})[f"{each.worth:+}" if each.worth else "nothing"] = None
    rows = (
        (code(slug), _or(worths.get(slug, ())), words) for slug, words in sorted(EXPLAINED.items())
    )
    return table(("reason", "worth", "in words"), rows)


def _or(worths: Iterable[str]) -> str:
    """The worths in order, what they have in common said once."""
    first, *others = [*worths] or [""]
    return ", ".join([first, *(worth.removeprefix("starts at ") for worth in others)])


def other_reasons(words: Mapping[str, str]) -> str:
    """Reasons that have no fixed worth."""
    return table(("reason", "in words"), ((code(slug), said) for slug, said in words.items()))


def brands() -> str:
    """Every brand of the issuer table, each once, in its order."""
    known: dict[str, list[Issuer]] = {}
    for issuer in issuers():
        known.setdefault(issuer.brand, []).append(issuer)
    rows = ((brand, _first_digits(rows), *_lengths(rows)) for brand, rows in known.items())
    return table(("brand", "first digits", "usual lengths", "rare lengths"), rows)


def _first_digits(rows: list[Issuer]) -> str:
    spans = [_span(low, high) for row in rows for low, high in row.ranges]
    if len(spans) > _MANY:
        return f"{len(spans)} ranges, from {min(spans)}"
    return ", ".join(spans)


def _span(low: int, high: int) -> str:
    """A range of the table, without the zeros and nines that fill it up."""
    first, last = str(low).rstrip("0"), str(high).rstrip("9")
    size = max(len(first), len(last))
    first, last = str(low)[:size], str(high)[:size]
    return first if first == last else f"{first}-{last}"


def _lengths(rows: list[Issuer]) -> tuple[str, str]:
    usual = {length for row in rows for length in row.lengths}
    rare = {length for row in rows for length in row.rare} - usual
    return ", ".join(map(str, sorted(usual))), ", ".join(map(str, sorted(rare)))


def languages() -> str:
    """The languages whose words are known, and whether numbers in words are read."""
    names = [_language(path) for path in sorted(Path(vocabulary.__file__).parent.glob("*.toml"))]
    rows = (
        (code(name), language, "yes" if "numbers" in file else "")
        for (name, language), file in zip(names, files(), strict=True)
    )
    return table(("file", "language", "numbers in words"), rows)


def _language(path: Path) -> tuple[str, str]:
    """The name of a file, and the first sentence of the comment at its top."""
    comment = path.read_text("utf-8").partition("\n")[0].removeprefix("# ")
    return path.name, comment.partition(".")[0]


TABLES: Mapping[str, Callable[[], str]] = {
    "find-reasons-cards": card_reasons,
    "find-reasons-beside": partial(other_reasons, BESIDE),
    "find-reasons-identifiers": partial(other_reasons, IDENTIFIERS),
    "find-reasons-around": partial(other_reasons, AROUND),
    "brands": brands,
    "languages": languages,
}
