"""What an answer of the helpdesk means to the person who reads of it, and what they do next."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from integration.core.errors import (
    AuthExpired,
    DeskwardenError,
    Forbidden,
    HelpdeskUnavailable,
    RateLimited,
)


class Explained(NamedTuple):
    """Two sentences; both empty where the error says it all."""

    happened: str = ""
    remedy: str = ""
    """What to do when the error does not say."""


_MEANINGS: Mapping[type[DeskwardenError], Explained] = {
    AuthExpired: Explained(
        "The helpdesk does not know this key.", "Copy it again; it may have expired."
    ),
    Forbidden: Explained(
        "The helpdesk does not allow this key to do that.",
        "Give it the privileges that the setup steps name.",
    ),
    HelpdeskUnavailable: Explained(
        "The helpdesk does not answer.", "Check the URL, and that this host may connect to it."
    ),
    RateLimited: Explained("The request budget is spent.", "Wait a minute and try again."),
}


def explained(error: DeskwardenError) -> Explained:
    """What is said of such an error beside its own text."""
    found = (said for kind, said in _MEANINGS.items() if isinstance(error, kind))
    return next(found, Explained())
