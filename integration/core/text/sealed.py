"""Encoded parts of a text: what they say, and how they are written again."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from typing import Final, Literal

_LINE_OF_UU: Final = 45
"""Bytes of one line of uuencode (POSIX)."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """An encoded part of the original that can only be replaced as a whole."""

    start: int
    end: int
    text: str
    media_type: str
    encoding: Literal["base64", "uuencode", "words"]
    charset: str = "utf-8"
    newline: str = "\n"
    width: int = 76  # RFC 2045 6.8
    """Of the lines of base64."""

    def seal(self, text: str) -> str:
        """Encode `text` as this part was encoded."""
        if self.encoding == "words":
            from email.header import Header  # noqa: PLC0415  seldom needed, and slow to load

            return Header(text, "utf-8").encode(linesep=self.newline)
        raw = text.encode(self.charset, "replace")
        return self.newline.join(_uu(raw) if self.encoding == "uuencode" else self._base64(raw))

    def _base64(self, raw: bytes) -> list[str]:
        data = base64.b64encode(raw).decode("ascii")
        return [data[at : at + self.width] for at in range(0, len(data), self.width)]


def _uu(raw: bytes) -> list[str]:
    lines = (raw[at : at + _LINE_OF_UU] for at in range(0, len(raw), _LINE_OF_UU))
    return [binascii.b2a_uu(line, backtick=True).decode("ascii").rstrip("\n") for line in lines]
