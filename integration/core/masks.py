"""The words that stand where something was removed. Masked text is never found again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from integration.core.spans import NATIONAL_IDS, Kind
from integration.core.text.lazy import lazy

if TYPE_CHECKING:
    from collections.abc import Mapping

_WORDS: Final[Mapping[str, Mapping[Kind, str]]] = {
    "en": {
        Kind.PAN: "card",
        Kind.CVV: "security code removed",
        Kind.EXPIRY: "expiry removed",
        Kind.TRACK: "card track removed",
        Kind.PIN: "PIN removed",
        Kind.IBAN: "IBAN removed",
        Kind.NO_KONTO: "account number removed",
        **dict.fromkeys(NATIONAL_IDS, "national id removed"),
        Kind.DOB: "date of birth removed",
        Kind.PASSWORD: "password removed",
        Kind.ONE_TIME_CODE: "one-time code removed",
        Kind.OWN_PATTERN: "sensitive data removed",
    },
    "nb": {
        Kind.PAN: "kort",
        Kind.CVV: "sikkerhetskode fjernet",
        Kind.EXPIRY: "gyldighet fjernet",
        Kind.TRACK: "kortspor fjernet",
        Kind.PIN: "PIN fjernet",
        Kind.IBAN: "IBAN fjernet",
        Kind.NO_KONTO: "kontonummer fjernet",
        **dict.fromkeys(NATIONAL_IDS, "personnummer fjernet"),
        Kind.DOB: "dato fjernet",
        Kind.PASSWORD: "passord fjernet",
        Kind.ONE_TIME_CODE: "engangskode fjernet",
        Kind.OWN_PATTERN: "sensitivt innhold fjernet",
    },
}
LOCALES: Final = tuple(_WORDS)
"""The languages that we write: masks, findings and journal."""
_DEFAULT = "en"

_FIXED = sorted(
    {word for words in _WORDS.values() for kind, word in words.items() if kind != Kind.PAN}
)
_CARDS = sorted({words[Kind.PAN] for words in _WORDS.values()})
_MASK = lazy(
    rb"\[(?:(?:%b)(?: [a-z]{2,20})?(?: \*\*\*\*(?: [0-9]{4})?)|%b)\]"
    % ("|".join(_CARDS).encode("latin-1"), "|".join(_FIXED).encode("latin-1"))
)


_OF_A_CARD: Final = lazy(
    "|".join(
        rf"(?P<{kind}>\[(?:{'|'.join(sorted({words[kind] for words in _WORDS.values()}))}){rest}\])"
        for kind, rest in (
            (Kind.PAN, r"(?: [a-z]{2,20})? \*\*\*\*(?: [0-9]{4})?"),
            (Kind.CVV, ""),
            (Kind.EXPIRY, ""),
        )
    )
)


_OF_A_PART: Final = lazy(rf"\[(?:{'|'.join(_CARDS)}) ([a-z]{{2,20}}) \*{{4}}\]")


_OF_A_NUMBER: Final = lazy(rf"\[(?:{'|'.join(_CARDS)})(?: ([a-z]{{2,20}}))? \*{{4}} ([0-9]{{4}})\]")


def mask_for(kind: Kind, brand: str | None, last4: str | None, locale: str) -> str:
    """Return the mask in the language of `locale`; English when there is no other."""
    words = _WORDS.get(locale.replace("_", "-").partition("-")[0].lower(), _WORDS[_DEFAULT])
    if kind != Kind.PAN:
        return f"[{words[kind]}]"
    return f"[{' '.join(filter(None, (words[kind], brand, '****', last4)))}]"


def mask_spans(folded: bytes) -> list[tuple[int, int]]:
    """Return where masks stand: nothing is read in them or across them."""
    if b"[" not in folded:
        return []
    return [match.span() for match in _MASK.finditer(folded)]


def masks_of_cards(text: str) -> list[tuple[int, int, Kind]]:
    """Return where a whole card number, a code or an expiry was masked, and which of them."""
    if "[" not in text:
        return []
    return [(*match.span(), Kind(match.lastgroup or "")) for match in _OF_A_CARD.finditer(text)]


def masks_of_parts(text: str) -> list[tuple[int, int, str]]:
    """Return where a part of a card number was masked, without its last four digits; its brand."""
    if "[" not in text:
        return []
    return [(*match.span(), match[1]) for match in _OF_A_PART.finditer(text)]


def masks_of_numbers(text: str) -> list[tuple[int, int]]:
    """Return where a card number was masked whole."""
    return [match.span() for match in _OF_A_NUMBER.finditer(text)] if "[" in text else []


def masked_numbers(text: str) -> set[tuple[str | None, str]]:
    """Return the brand and the last four digits of each card number that was masked whole."""
    if "[" not in text:
        return set()
    return {(match[1], match[2]) for match in _OF_A_NUMBER.finditer(text)}
