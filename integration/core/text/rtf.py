"""Rich Text Format, as word processors and old mail clients save it: what a reader sees of it.

Rich Text Format Specification 1.9.1: a backslash begins a control word or a character, braces
group.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from integration.core.text.escapes import HIDDEN, decoded
from integration.core.text.lazy import lazy

if TYPE_CHECKING:
    from integration.core.text.decoded import Decoded

HINT: Final = "{\\rtf"
_TOKEN = lazy(
    r"\\(?:'[0-9a-fA-F]{2}|u-?[0-9]{1,5} ?\??|[a-zA-Z]{1,32}-?[0-9]{0,10} ?|[^a-zA-Z])|[{}\r\n]"
)
_WORDS: Final = {
    **dict.fromkeys(("par", "line", "row", "page", "sect"), "\n"),
    **dict.fromkeys(("tab", "cell"), "\t"),
    "endash": "\u2013",
    "emdash": "\u2014",
    "bullet": "\u2022",
}
_SIGNS: Final = {"~": "\xa0", "_": "-", "\\": "\\", "{": "{", "}": "}", "\n": "\n", "\r": "\n"}
_DIGITS: Final = "-0123456789 "


def decode(source: str) -> Decoded:
    """Decode a document; its tables of fonts and colours read as words too."""
    return decoded(source, _TOKEN, _character)


def _character(token: str) -> str:
    if token[0] != "\\":
        return HIDDEN
    if token[1] == "'":
        return bytes.fromhex(token[2:]).decode("cp1252", "replace")
    if not token[1].isalpha():
        return _SIGNS.get(token[1], HIDDEN)
    word, number = token[1:].rstrip(_DIGITS + "?"), token[2:].rstrip(" ?")
    if word == "u" and number.strip("-"):
        unit = int(number) % 0x10000
        return chr(unit) if not 0xD800 <= unit < 0xE000 else HIDDEN
    return _WORDS.get(word, HIDDEN)
