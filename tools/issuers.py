"""Compare the issuer table with a published one and print what differs.

    python -m tools.issuers [FILE or https address]

The list that is read is `src/lib/card-types.ts` of github.com/braintree/credit-card-type: a brand,
its prefixes and its lengths an entry. What is missing here is for a person to judge and to add to
`integration/core/cards/issuers.toml` with its source; nothing is changed.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple
from urllib.request import urlopen

from integration.core.cards.issuers import PREFIX, issuer_of

PUBLISHED: Final = (
    "https://raw.githubusercontent.com/braintree/credit-card-type/main/src/lib/card-types.ts"
)
_SECONDS: Final = 30
_ENTRY = re.compile(
    r'type: "(?P<brand>[a-z-]+)",\s*patterns: (?P<patterns>\[.*?\]),\s*gaps:.*?'
    r"lengths: (?P<lengths>\[[^\]]*\])",
    re.DOTALL,
)
_NAMES: Final = {"american-express": "amex", "diners-club": "diners"}


class Row(NamedTuple):
    """A range of first digits of a brand (both ends included), and a length."""

    brand: str
    low: str
    high: str
    length: int


def published_rows(source: str) -> Iterator[Row]:
    """Read the published list; raises ValueError when it has another form than it had."""
    entries = list(_ENTRY.finditer(source))
    if not entries:
        raise ValueError("no entry with a type, patterns and lengths was found")
    for entry in entries:
        brand = _NAMES.get(entry["brand"], entry["brand"])
        lengths = json.loads(_without_trailing_comma(entry["lengths"]))
        for pattern in json.loads(_without_trailing_comma(entry["patterns"])):
            low, high = pattern if isinstance(pattern, list) else (pattern, pattern)
            for length in lengths:
                yield Row(brand, str(low), str(high), length)


def differences(rows: Iterator[Row]) -> Iterator[str]:
    """Name each published range that is unknown here, or that bears another name here."""
    for row in rows:
        ends = (row.low.ljust(PREFIX, "0"), row.high.ljust(PREFIX, "9"))
        issuers = [issuer_of(end.ljust(row.length, "0").encode()) for end in ends]
        names = {issuer.brand if issuer else None for issuer in issuers}
        span = row.low if row.low == row.high else f"{row.low}-{row.high}"
        if None in names:
            yield f"missing: {row.brand} {span}, {row.length} digits"
        elif names != {row.brand}:
            yield f"named otherwise: {row.brand} {span}: {', '.join(sorted(filter(None, names)))}"


def main(arguments: list[str]) -> int:
    """Print the differences, each once; 1 when something is missing here."""
    found = dict.fromkeys(differences(published_rows(_read(*arguments[:1]))))
    for line in found:
        print(line)
    return int(any(line.startswith("missing") for line in found))


def _read(place: str = PUBLISHED) -> str:
    if not place.startswith("https://"):
        return Path(place).read_text("utf-8")
    with urlopen(place, timeout=_SECONDS) as answer:  # noqa: S310  https only, see above
        return str(answer.read().decode("utf-8"))


def _without_trailing_comma(array: str) -> str:
    return re.sub(r",(?=\s*\])", "", array)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
