"""Texts in which characters are escaped: JSON, forms as browsers send them, bytes in logs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from integration.core.text.builder import Builder
from integration.core.text.decoded import BARRIER, UNSEEN, Decoded
from integration.core.text.lazy import lazy
from integration.core.text.transfer import characters

if TYPE_CHECKING:
    from collections.abc import Callable

# RFC 8259 section 7; a character outside the first plane is written as two escapes.
_JSON = lazy(
    r"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|[\"\\/bfnrt])"
)
_JSON_MEANS: Final = {"b": " ", "f": "\n", "n": "\n", "r": "\r", "t": "\t"}
# https://url.spec.whatwg.org/#application/x-www-form-urlencoded
_FORM = lazy(
    r"\+|%(?:[cC][2-9a-fA-F]|[dD][0-9a-fA-F])%[89abAB][0-9a-fA-F]"
    r"|%[eE][0-9a-fA-F](?:%[89abAB][0-9a-fA-F]){2}|%[fF][0-4](?:%[89abAB][0-9a-fA-F]){3}"
    r"|%[0-9a-fA-F]{2}|&"
)
_BYTES = lazy(r"(?<!\\)(?:\\x[0-9a-fA-F]{2})+")
_CUES = lazy(r"<[0-9:]{5,12}\.[0-9]{3}>|</?c(?:\.[\w.]{1,40})?>")
_AS_WRITTEN: Final = len(r"\x22")
_PARTS: Final = 0xFF
"""No byte of a text in UTF-8: something unreadable is shown."""
HIDDEN: Final = "\u200b"
"""What stands in the place of a mark that no reader sees."""


def json(source: str) -> Decoded:
    """Decode the strings of JSON; the rest of it reads as it stands."""
    return decoded(source, _JSON, _json_character)


def form(source: str) -> Decoded:
    """Decode the fields of a form, one on each line."""
    return decoded(source, _FORM, _form_character)


def in_bytes(source: str) -> Decoded:
    r"""Decode bytes as nginx logs them and programs print them: `\x22card\x22`."""
    built, at = Builder(source), 0
    for match in _BYTES.finditer(source):
        built.verbatim(at, match.start())
        at = match.end()
        written = range(match.start() + _AS_WRITTEN, at + 1, _AS_WRITTEN)
        found = [(_shown(source[end - 2 : end]), end) for end in written]
        characters(built, match.start(), found, "utf-8")
    built.verbatim(at, len(source))
    return built.build()


def _shown(written: str) -> int:
    byte = int(written, 16)
    return byte if byte >= ord(" ") or chr(byte) in "\t\r\n" else _PARTS


def decoded(source: str, escape: re.Pattern[str], meaning: Callable[[str], str]) -> Decoded:
    """Decode a text in which each match of a pattern stands for what it means."""
    built, at = Builder(source), 0
    for match in escape.finditer(source):
        built.verbatim(at, match.start())
        if (shown := meaning(match[0])) == HIDDEN:
            built.gap(shown)  # it stays, whatever is removed around it
        else:
            built.atom(shown.replace(BARRIER, UNSEEN), *match.span())
        at = match.end()
    built.verbatim(at, len(source))
    return built.build()


def captions(source: str) -> Decoded:
    """Read the words of subtitles without the times between them (WebVTT, as YouTube writes it)."""
    return decoded(source, _CUES, lambda _: HIDDEN)


def _json_character(escape: str) -> str:
    if escape[1] == "u":
        units = bytes.fromhex(escape.replace("\\u", ""))
        return units.decode("utf-16-be", "replace")
    return _JSON_MEANS.get(escape[1], escape[1])


def _form_character(escape: str) -> str:
    if len(escape) == 1:
        return " " if escape == "+" else "\n"
    return bytes.fromhex(escape.replace("%", "")).decode("utf-8", "replace")
