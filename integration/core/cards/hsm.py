"""Card numbers as security modules of payments (HSM) take them.

The PAN field of a PIN block of format 4 (ISO 9564-1) begins with how many digits there are beyond
twelve and is filled up with zeros to 32. In a command (payShield, `CW` and its like) a key stands
before the number, and a semicolon between it and its date with a service code.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from integration.core.cards.glued import hit_of, telling_issuer
from integration.core.cards.reasons import HSM
from integration.core.text.lazy import lazy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from integration.core.hits import Hit

_PAN_FIELD: Final = lazy(rb"(?<![0-9A-Za-z])([0-7])([0-9]{12,19}?)0{12,19}(?![0-9A-Za-z])")
_FIELD: Final = 32
_COMMAND: Final = lazy(
    rb"[0-9A-Fa-f]{16}(?<=[A-Fa-f])([0-9]{15,19});[0-9]{2}(?:0[1-9]|1[0-2])[0-9]{3}(?![0-9])"
)
"""Behind the last letter of a key."""
_ZEROS: Final = b"0" * 12
_FEWEST: Final = 12


def numbers_of_a_module(folded: bytes) -> Iterator[Hit]:
    """Yield the numbers of PAN fields and of commands."""
    if _ZEROS in folded:
        for field in _PAN_FIELD.finditer(folded):
            size = _FEWEST + int(field[1])
            number, filled = field[0][1 : size + 1], field[0][size + 1 :]
            if len(field[0]) == _FIELD and not filled.strip(b"0"):
                yield from _number(number, field.start() + 1)
    if b";" in folded:
        for command in _COMMAND.finditer(folded):
            yield from _number(command[1], command.start(1))


def _number(digits: bytes, start: int) -> Iterator[Hit]:
    if issuer := telling_issuer(digits):
        yield hit_of(start, digits, issuer, HSM.worth, HSM.name)
