"""Where the message begins that a reply quotes below its own words. Pure."""

from __future__ import annotations

import re
from typing import Final

_SENDER: Final = "from|fra|från|von|de|da|van|od|lähettäjä|expéditeur|remitente|mittente|nadawca"
_WROTE: Final = (
    "wrote|schrieb|skrev|escribió|écrit|escreveu|scritto|schreef|napisał[a(]{0,2}|kirjoitti|napsal"
)
_BEGINS: Final = re.compile(
    r"^[ \t\u200b]*(?:"
    r">|[-_]{5,}"
    # `From: Kari <kari@example.com>` and a line that goes on with the date or the addressee.
    rf"|[*\u200b]*(?:{_SENDER})[ \xa0]?:[*\u200b]*[ \xa0][^\n]{{2,120}}\n[^\n:]{{1,24}}:"
    # `On 31 August 2025 at 12:12, Kari <kari@example.com> wrote:`, in any order of its words.
    rf"|(?=[^\n]{{0,160}}\d)(?=[^\n]{{0,160}}\b(?:{_WROTE})\b)[^\n]{{8,200}}:?[ \t\u200b]*$"
    r")",
    re.MULTILINE | re.IGNORECASE,
)
_LONGEST: Final = 4_000
"""Characters in which it is looked for."""


def own_part(text: str) -> str:
    """Return what a message says above the one that it quotes; all of it where that is nothing."""
    begins = _BEGINS.search(text, 0, _LONGEST)
    own = text[: begins.start()] if begins else text
    return own if any(map(str.isalnum, own)) else text
