"""The words that stand where something was removed. Masked text is never found again."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from integration.core.spans import Kind

if TYPE_CHECKING:
    from collections.abc import Mapping

_WORDS: Final[Mapping[str, Mapping[Kind, str]]] = {
    "en": {
        Kind.PAN: "card",
        Kind.CVV: "security code removed",
        Kind.EXPIRY: "expiry removed",
        Kind.TRACK: "card track removed",
        Kind.PIN: "PIN removed",
    },
    "nb": {
        Kind.PAN: "kort",
        Kind.CVV: "sikkerhetskode fjernet",
        Kind.EXPIRY: "gyldighet fjernet",
        Kind.TRACK: "kortspor fjernet",
        Kind.PIN: "PIN fjernet",
    },
}
_DEFAULT = "en"

_FIXED = sorted(
    {word for words in _WORDS.values() for kind, word in words.items() if kind != Kind.PAN}
)
_CARDS = sorted({words[Kind.PAN] for words in _WORDS.values()})
_MASK = re.compile(
    rb"\[(?:(?:%b)(?: [a-z]{2,20})?(?: \*\*\*\* [0-9]{4})|%b)\]"
    % ("|".join(_CARDS).encode("latin-1"), "|".join(_FIXED).encode("latin-1"))
)


def mask_for(kind: Kind, brand: str | None, last4: str | None, locale: str) -> str:
    """Return the mask in the language of `locale`; English when there is no other."""
    words = _WORDS.get(locale.replace("_", "-").partition("-")[0].lower(), _WORDS[_DEFAULT])
    if kind != Kind.PAN:
        return f"[{words[kind]}]"
    return f"[{' '.join(filter(None, (words[kind], brand, '****', last4)))}]"


def blank_masks(folded: bytes) -> bytes:
    """Replace every mask by barriers of the same length."""
    return _MASK.sub(lambda match: b"\x00" * len(match[0]), folded)
