"""The words of our own tickets and notes: what happened, was done, is left, is to be done, by when.

Plain text, calm and short, in the account's language. They are made when they are sent, from facts
that hold no text of a customer; names of agents come in as `people` and are not stored by us.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from integration.core.findings import account_texts, card_texts, check_texts
from integration.core.findings.causes import CAUSES, closing
from integration.core.findings.model import Finding
from integration.core.findings.wording import member_name, time
from integration.core.messages import catalogue, say
from integration.core.models import OUR_MARK, Snapshot, TicketView
from integration.core.surfaces import SurfaceKind, Text

People = Mapping[str, str]
"""Resource (`agent:ID`, `api_key:ID`) -> what people call it."""
Section = tuple[str, list[str]]
SUBJECT_FACTS = ("ticket", "code", "found")
"""The facts that a subject is filled with."""


@dataclass(frozen=True, slots=True)
class TicketText:
    """One of our own tickets in words."""

    subject: str
    body: str


def people_of(snapshot: Snapshot) -> People:
    """What the people of a helpdesk call its agents, keys and departments."""
    names = {f"agent:{agent.id}": f"{agent.name} ({agent.email})" for agent in snapshot.agents}
    names |= {f"api_key:{key.id}": key.name for key in snapshot.api_keys}
    return names | {f"department:{d.id}": d.name for d in snapshot.departments}


def marker(fingerprint: str) -> str:
    """Stands in the subject; the ticket is found again by it.

    >>> marker("khhhbeefkhhhbeef")
    '[DW-khhhbeefkhhhbeef]'
    """
    return f"{OUR_MARK}{fingerprint}]"


def is_marked(view: TicketView, mark: str) -> bool:
    """Whether a ticket is ours: an id alone may be that of someone else's in another helpdesk."""
    subjects = (s.content for s in view.surfaces if s.kind is SurfaceKind.SUBJECT)
    return any(isinstance(subject, Text) and mark in subject.text for subject in subjects)


def reference(dedupe_key: str, locale: str) -> str:
    """The last line of a note: by it the note is found again and never said twice."""
    return say("finding.common.reference", locale, reference=dedupe_key)


def names_people(finding: Finding) -> bool:
    """Whether its words are better with the names of agents and keys."""
    return _is_check(finding.cause) or finding.cause == "residue.standing"


def subject_of(cause: str, facts: Mapping[str, Any], locale: str) -> str:
    """What a finding is called, without its marker. `facts` may be just `SUBJECT_FACTS`."""
    if _is_check(cause):
        return say("finding.check.subject", locale, **check_texts.subject(cause, locale))
    if cause.startswith("card."):
        return card_texts.subject(cause, facts, locale)
    return say(f"finding.{cause}.subject", locale)


def render(finding: Finding, locale: str, *, people: People | None = None) -> TicketText:
    """The decision ticket of a finding; its marker is put behind the subject by who sends it."""
    own = f"finding.{finding.cause}.answer"
    usual = f"finding.answer.{closing(finding.cause)}"
    answer = [say(own if own in catalogue(locale) else usual, locale)]
    if finding.cause.startswith("card."):
        answer.append(say("finding.answer.no_numbers", locale))
    sections = [*_sections(finding, locale, people or {}), ("finding.section.answer", answer)]
    return TicketText(subject_of(finding.cause, finding.facts, locale), _body(sections, locale))


def render_note(
    finding: Finding, payload: Mapping[str, Any], locale: str, *, people: People | None = None
) -> str:
    """A note on the decision ticket: what changed, and how it stands now unless it is closed.

    `payload` is that of the outbox: `note`, `at`, and for a change `added` and `removed` members.
    A cause with words of its own for a note says all with them.
    """
    own = f"finding.{finding.cause}.note.{payload['note']}"
    has_own = own in catalogue(locale)
    key = own if has_own else f"finding.note.{payload['note']}"
    said = [say(key, locale, time=time(datetime.fromisoformat(payload["at"])))]
    for change in () if has_own else ("added", "removed"):
        if listed := payload.get(change):
            said += ["", say(f"finding.note.{change}", locale)]
            said += [f"- {_member(member, finding, people or {}, locale)}" for member in listed]
    if payload["note"] in ("fixed", "vanished"):
        return "\n".join(said)
    return "\n".join([*said, "", render(finding, locale, people=people).body])


def _sections(finding: Finding, locale: str, people: People) -> list[Section]:
    if finding.cause.startswith("card."):
        return card_texts.sections(finding, locale)
    if finding.cause in account_texts.TEXTS:
        return account_texts.sections(finding, locale, people)
    return check_texts.sections(finding, locale, people)


def _is_check(cause: str) -> bool:
    return cause not in CAUSES


def _member(member: str, finding: Finding, people: People, locale: str) -> str:
    """`message:502=manual` or `agent:7` in words."""
    name, _, outcome = member.partition("=")
    shown = people.get(name) or member_name(name, locale, card_texts.kind_of(name, finding.facts))
    return f"{shown}: {say(f'outcome.{outcome}', locale)}" if outcome else shown


def _body(sections: list[Section], locale: str) -> str:
    parts = ["\n".join([say(heading, locale), *lines]) for heading, lines in sections]
    return "\n\n".join(parts)
