"""What a sweep has come to, and what it takes: as words, and as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from integration.core.findings.wording import duration
from integration.core.messages import say
from integration.core.pace import Effort, Pace
from integration.services.sweep import Progress


@dataclass(frozen=True, slots=True)
class Telling:
    """How one sweep is told: where it stands, how fast it goes, in which language."""

    progress: Progress
    pace: Pace
    locale: str

    @property
    def still_to_read(self) -> Effort:
        """What is left of it."""
        return self.pace.effort(self.progress.left)

    def estimate(self) -> str:
        """What it takes, as far as that is known, and what the estimate rests on."""
        whole = self.progress.whole(self.pace)
        history = self.progress.whole_history(self.pace)
        key = "sweep" if self.progress.state.listed_all else "at_most"
        said = [self._effort(key, whole)] if whole else [self._say("estimate.later")]
        if history:
            said.append(self._effort("history", history))
        return " ".join([*said, *self._grounds()])

    def result(self) -> Iterator[str]:
        """What was found, line by line; the estimate last."""
        progress, counts = self.progress, self.progress.counts
        read = {"scanned": counts.scanned, "known": counts.known}
        yield self._say("read", tickets=counts.tickets, **read)
        yield self._rate()
        if progress.left:
            left = self.still_to_read
            key = "unread" if progress.finished else "to_come"
            yield self._say(key, tickets=left.tickets, calls=left.calls, time=self._time(left))
        if progress.state.ours:
            yield self._say("ours", tickets=progress.state.ours)
        yield self.estimate()

    def _rate(self) -> str:
        rate, counts = self.progress.rate, self.progress.counts
        if rate.per_thousand is None:
            return self._say("no_rate")
        low, middle, high = map(self._number, rate.per_thousand)
        found = {"scanned": counts.scanned_with_card, "known": counts.known_with_card}
        return self._say("rate", with_card=rate.with_card, rate=middle, low=low, high=high, **found)

    def _effort(self, key: str, effort: Effort) -> str:
        time = self._time(effort)
        return self._say(f"estimate.{key}", tickets=effort.tickets, calls=effort.calls, time=time)

    def _grounds(self) -> Iterator[str]:
        pace = self.pace
        counted = "measured" if pace.is_measured else "documented"
        yield self._say(f"estimate.{counted}", calls=self._number(round(pace.calls_per_ticket, 1)))
        limit = "share" if pace.calls_per_minute else "no_limit"
        yield self._say(f"estimate.{limit}", calls=pace.calls_per_minute)

    def _time(self, effort: Effort) -> str:
        return duration(effort.seconds, self.locale)

    def _number(self, value: float) -> str:
        return f"{value:g}".replace(".", self._say("decimal"))

    def _say(self, key: str, **params: object) -> str:
        return say(f"sweep.{key}", self.locale, **params)

    def as_json(self, account: str) -> dict[str, Any]:
        """The same as numbers; times in seconds. `estimate` holds what is not counted."""
        progress, counts, rate = self.progress, self.progress.counts, self.progress.rate
        per_thousand = rate.per_thousand
        return {
            "account": account,
            "listed": progress.state.listed,
            "ours": progress.state.ours,
            "tickets": counts.tickets,
            "waiting": progress.waiting,
            "finished": progress.finished,
            "scanned": counts.scanned,
            "scanned_with_card": counts.scanned_with_card,
            "known": counts.known,
            "known_with_card": counts.known_with_card,
            "unread": progress.left,
            "with_card": rate.with_card,
            "cards_per_1000": list(per_thousand) if per_thousand else None,
            "calls_for_reading": counts.calls,
            "estimate": {
                "calls_per_ticket": round(self.pace.calls_per_ticket, 2),
                "measured": self.pace.is_measured,
                "calls_per_minute": self.pace.calls_per_minute or None,
                "sweep": _numbers(progress.whole(self.pace)),
                "left": _numbers(self.still_to_read if progress.state.listed_all else None),
                "whole_history": _numbers(progress.whole_history(self.pace)),
            },
        }


def _numbers(effort: Effort | None) -> dict[str, int | None] | None:
    return asdict(effort) if effort else None
