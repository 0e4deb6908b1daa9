"""What the facts of an account say of its last self-test: whether enforce may be unlocked.

No reading can prove what no API shows. Where mails that were sent are such a thing, a person looks
for them in the helpdesk, and the answer is kept beside what was proved.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from integration.core.messages import Message

Facts = Mapping[str, Any]
"""The facts of an account row."""

DIFFERENCES = "differences"
SCRATCH = "scratch_tickets"
"""Fact: ids of the scratch tickets, oldest first."""
CODE = "scratch_code"
"""Fact: what people call the last scratch ticket."""
MAIL_BY_HAND = "mail_by_hand"
"""Fact: `Capabilities.mail_by_hand` at the last self-test. Missing: it was not asked about mail."""
MAIL_CHECKED = "mail_checked"
"""Fact: for which scratch ticket a person looked for mails and found none, and when."""


def has_passed(facts: Facts) -> bool:
    """Whether a self-test of this version has run and seen nothing that we did not do."""
    return MAIL_BY_HAND in facts and not facts.get(DIFFERENCES)


def mail_question(facts: Facts) -> Message | None:
    """Where a person has to look for mails about the last scratch ticket, until one has."""
    key = facts.get(MAIL_BY_HAND)
    if not key or facts.get(MAIL_CHECKED, {}).get("ticket") == scratch_ticket(facts):
        return None
    return Message(str(key), {"ticket": facts[CODE]})


def with_mail_checked(facts: Facts, *, now: datetime) -> Facts:
    """The facts once a person has looked and found no mail."""
    return {**facts, MAIL_CHECKED: {"ticket": scratch_ticket(facts), "at": now.isoformat()}}


def answered(facts: Facts) -> Facts:
    """What a person has answered, and no self-test can tell."""
    return {name: facts[name] for name in (MAIL_CHECKED,) if name in facts}


def keeps_enforce(facts: Facts) -> bool:
    """Whether an account that is in enforce mode may stay there after another self-test.

    Who has looked for mails once is asked to look again, but removal does not stop for that.
    """
    return has_passed(facts) and (not facts[MAIL_BY_HAND] or MAIL_CHECKED in facts)


def scratch_ticket(facts: Facts) -> str:
    """The id of the last scratch ticket."""
    return str(facts[SCRATCH][-1])
