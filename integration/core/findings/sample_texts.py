"""The sample ticket: finds as places with links, and the answers written under it. Pure."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final, NamedTuple

from integration.core.findings.model import lettered
from integration.core.findings.texts import TicketText
from integration.core.masks import LOCALES
from integration.core.messages import say
from integration.core.rows import VerdictRow

_LINE: Final = re.compile(r"\b([A-P]{8})\b[\s:=.,–-]{0,8}([^\W\d_]{2,12})\b", re.IGNORECASE)
ANSWERS: Final = ("right", "wrong", "skipped")


class Row(NamedTuple):
    """One find as it is listed."""

    verdict: VerdictRow
    code: str
    url: str


def row_id(row: VerdictRow) -> str:
    """What a find is called in the ticket: letters that follow from its place.

    >>> row_id(VerdictRow("acme", "t1", "message:1", "PAN", 5, 24, "sure", "asked"))
    'ICDBEDKE'
    """
    place = "\x1f".join((row.account, row.ticket, row.surface, row.kind, str(row.start)))
    return lettered(hashlib.sha256(place.encode()).hexdigest()[:8]).upper()


def render(rows: Iterable[Row], locale: str) -> TicketText:
    """The ticket: what is asked, how to answer, and the finds; no number and no text."""
    lines = [
        say("sample.about", locale),
        "",
        say("sample.how", locale, right=_first("right", locale), wrong=_first("wrong", locale)),
        say("finding.answer.no_numbers", locale),
        "",
        *(_listed(row, locale) for row in rows),
    ]
    return TicketText(say("sample.subject", locale), "\n".join(lines))


def answers(text: str) -> Iterator[tuple[str, str]]:
    """The answers in a reply: row id and verdict, in order; any other line says nothing."""
    words = _words()
    for match in _LINE.finditer(text):
        if verdict := words.get(match[2].casefold()):
            yield match[1].upper(), verdict


def _listed(row: Row, locale: str) -> str:
    verdict = row.verdict
    return say(
        "sample.row",
        locale,
        id=row_id(verdict),
        kind=say(f"kind.{verdict.kind}", locale),
        ticket=row.code or verdict.ticket,
        surface=verdict.surface,
        url=row.url or "-",
    )


def _first(verdict: str, locale: str) -> str:
    return say(f"sample.words.{verdict}", locale).split()[0]


def _words() -> Mapping[str, str]:
    """Word -> verdict, in every language: people answer in their own."""
    return {
        word: verdict
        for locale in LOCALES
        for verdict in ANSWERS
        for word in say(f"sample.words.{verdict}", locale).split()
    }
