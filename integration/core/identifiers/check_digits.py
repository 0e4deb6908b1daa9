"""The check digits of identifiers, each with the source of its rule. Digits are ASCII bytes."""

from __future__ import annotations

from collections import Counter
from typing import Final

from integration.core.cards import luhn

_FNR_FIRST: Final = (3, 7, 6, 1, 8, 9, 4, 5, 2)
_FNR_SECOND: Final = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
_HETU_SIGNS: Final = b"0123456789ABCDEFHJKLMNPRSTUVWXY"
_NO_NINO: Final = frozenset({b"BG", b"GB", b"KN", b"NK", b"NT", b"TN", b"ZZ"})


def _mod11(digits: bytes, weights: tuple[int, ...]) -> int:
    """Return the digit that brings the weighted sum to a multiple of 11; 10 is no digit."""
    total = sum((digit - 48) * weight for digit, weight in zip(digits, weights, strict=False))
    return -total % 11


def iban(characters: bytes) -> bool:
    """Return whether capital letters and digits are an IBAN by ISO 13616: mod 97 (ISO 7064) is 1.

    >>> iban(b"NO9386011117947")
    True
    """
    return int("".join(str(int(chr(c), 36)) for c in characters[4:] + characters[:4])) % 97 == 1


def no_fnr(digits: bytes) -> bool:
    """Return whether both check digits of 11 are right (Skatteetaten: fødselsnummer, D-nummer)."""
    return (
        _mod11(digits, _FNR_FIRST) == digits[9] - 48
        and _mod11(digits, _FNR_SECOND) == digits[10] - 48
    )


def no_konto(digits: bytes) -> bool:
    """Return whether 11 digits are a Norwegian account number (Bits: modulus 11).

    >>> no_konto(b"86011117947")
    True
    """
    return _mod11(digits, _FNR_SECOND) == digits[10] - 48


def se_pnr(digits: bytes) -> bool:
    """Return whether the last ten digits end in their Luhn digit (Skatteverket, SKV 704)."""
    return luhn.is_valid(digits[-10:])


def fi_hetu(characters: bytes) -> bool:
    """Return whether the last sign fits the nine digits (DVV: mod 31 of birth date and number).

    >>> fi_hetu(b"131052-308T")
    True
    """
    return characters[10] == _HETU_SIGNS[int(characters[:6] + characters[7:10]) % 31]


def uk_nino(characters: bytes) -> bool:
    """Return whether two capital letters may begin a NINO (HMRC, National Insurance Manual 39110).

    There is no check digit.
    """
    first, second = characters[0], characters[1]
    return first not in b"DFIQUV" and second not in b"DFIOQUV" and characters[:2] not in _NO_NINO


def us_ssn(digits: bytes) -> bool:
    """Return whether area, group and serial are ever given out (SSA, POMS RM 10201.035)."""
    area = digits[:3]
    return (
        area not in {b"000", b"666"}
        and area < b"900"
        and digits[3:5] != b"00"
        and digits[5:] != b"0000"
    )


def de_idnr(digits: bytes) -> bool:
    """Return whether 11 digits are a German tax id (BZSt): ISO 7064 mod 11,10, one digit repeated.

    Of the first ten digits one stands there twice or three times and no other twice.

    >>> de_idnr(b"86095742719")
    True
    """
    repeats = sorted(Counter(digits[:10]).values())
    if digits[0] == 48 or repeats[-1] not in {2, 3} or repeats[-2] > 1:
        return False
    rest = 10
    for digit in digits[:10]:
        rest = ((digit - 48 + rest) % 10 or 10) * 2 % 11
    return (11 - rest) % 10 == digits[10] - 48
