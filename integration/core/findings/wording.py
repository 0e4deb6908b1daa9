"""Words for the facts of a finding: times, durations, places, lists."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from integration.core.findings.cards import SurfaceRecord
from integration.core.messages import catalogue, say
from integration.core.spans import Kind

_UNITS = (
    (172_800, 86_400, "days", "hours", 3_600),
    (7_200, 3_600, "hours", "minutes", 60),
    (120, 60, "minutes", "seconds", 1),
)
"""From so many seconds on, count in units of so many seconds, called so, and in parts of them."""
HOLD = "hold"
"""Why a place was left that a hold keeps."""
_ORDER = {kind.value: place for place, kind in enumerate(Kind)}


def time(at: datetime | None) -> str:
    """A time as people of both languages read it, in UTC.

    >>> time(datetime(2026, 3, 1, 8, 5, tzinfo=UTC))
    '2026-03-01 08:05 UTC'
    """
    return at.astimezone(UTC).strftime("%Y-%m-%d %H:%M UTC") if at else "-"


def duration(seconds: int | None, locale: str) -> str:
    """A duration in its natural units, rounded up: data was readable for so long at most.

    >>> duration(277_300, "en"), duration(7_300, "en"), duration(0, "en")
    ('3 days 6 h', '2 h 2 min', 'under 1 s')
    """
    if seconds is None:
        return say("duration.unknown", locale)
    if seconds == 0:
        return say("duration.under", locale)
    for start, size, name, smaller, part in _UNITS:
        if seconds >= start:
            parts = -(-seconds // part)
            whole, rest = divmod(parts, size // part)
            said = say(f"duration.{name}", locale, n=whole)
            return f"{said} {say(f'duration.{smaller}', locale, n=rest)}" if rest else said
    return say("duration.seconds", locale, n=seconds)


def reason(slug: str, locale: str) -> str:
    """A reason slug, or the message key of a capability, in words."""
    for key in (slug, f"reason.{slug}"):
        if key in catalogue(locale):
            return say(key, locale)
    return say("reason.other", locale)


def declared(key: str, locale: str, **params: object) -> str:
    """The text of a key that a connector declared; the key itself where its text is missing.

    A finding is told although a word is missing; tests hold that none is.
    """
    return say(key, locale, **params) if key in catalogue(locale) else key


def kinds(names: Iterable[str], locale: str) -> str:
    """Kinds of data as a list, the card number first."""
    ordered = sorted(names, key=lambda name: _ORDER.get(name, len(_ORDER)))
    return ", ".join(say(f"kind.{name}", locale) for name in ordered) or "-"


def place(surface: SurfaceRecord, locale: str) -> str:
    """One line: which place, and what became of it."""
    which = name_of(surface, locale)
    if not surface.outcome:
        return f"- {which}"
    outcome = outcome_of(surface, locale)
    if not surface.why or surface.why == HOLD:
        return say("finding.common.place", locale, outcome=outcome, place=which)
    why = reason(surface.why, locale)
    return say("finding.common.place_why", locale, outcome=outcome, why=why, place=which)


def outcome_of(surface: SurfaceRecord, locale: str) -> str:
    """What became of a place. Nobody is asked to remove by hand what a hold keeps."""
    if surface.why == HOLD:
        return say("finding.common.kept", locale)
    return say(f"outcome.{surface.outcome}", locale)


def name_of(surface: SurfaceRecord, locale: str) -> str:
    """A place in words: its kind, and its id without what the helpdesk calls it by."""
    return _named(surface.kind, surface.id, locale)


def member_name(name: str, locale: str, kind: str = "") -> str:
    """A member of a finding in words where it is a place of a ticket (`message:502`).

    `kind`: what sort of place it is, where that is known: the id of a note may begin otherwise.
    """
    kind = kind or name.partition(":")[0]
    return _named(kind, name, locale) if f"surface.{kind}" in catalogue(locale) else name


def _named(kind: str, name: str, locale: str) -> str:
    said = say(f"surface.{kind}", locale)
    return said if name == kind else f"{said} {name.partition(':')[2] or name}"
