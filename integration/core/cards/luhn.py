"""The Luhn check digit (ISO/IEC 7812-1, annex B), fast: two sums over translated slices."""

from __future__ import annotations

_PLAIN = bytes((byte - 48) % 10 for byte in range(256))
_DOUBLED = bytes(sum(divmod((byte - 48) % 10 * 2, 10)) for byte in range(256))
_NOT_DIGITS = bytes(byte for byte in range(256) if not 48 <= byte <= 57)


def is_valid(digits: bytes) -> bool:
    """Return whether ASCII `digits` end in their Luhn check digit.

    >>> is_valid(b"4111111111111111")
    True
    >>> is_valid(b"4111111111111112")
    False
    """
    total = sum(digits[::-2].translate(_PLAIN)) + sum(digits[-2::-2].translate(_DOUBLED))
    return total % 10 == 0


def only_digits(written: bytes) -> bytes:
    """Return the ASCII digits of a number, without what is written between them.

    >>> only_digits(b"4111-1111")
    b'41111111'
    """
    return written.translate(None, _NOT_DIGITS)


def completed(stem: bytes) -> bytes:
    """Return ASCII digits and the check digit that belongs to them.

    >>> completed(b"411111111111111")
    b'4111111111111111'
    """
    return next(digits for check in b"0123456789" if is_valid(digits := stem + bytes((check,))))
