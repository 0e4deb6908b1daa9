"""Errors, named by what the caller should do next: stop, refuse, retry, report.

No error carries ticket text, a response body, a header value or a secret: `reason` is a slug from a
closed set (also the metric label), `hint` says what to do next.
"""

from __future__ import annotations

from collections.abc import Sequence


class DeskwardenError(Exception):
    """The root: a sentence for people, a `reason` slug for machines, a `hint` for the next step."""

    reason = "error"

    def __init__(self, message: str, *, reason: str | None = None, hint: str = "") -> None:
        super().__init__(message)
        self.reason = reason or type(self).reason
        self.hint = hint


class ConfigError(DeskwardenError):
    """Stop: another call or another setting puts it right. Holds every problem, not only one."""

    reason = "config"

    def __init__(self, problems: Sequence[str], *, hint: str = "") -> None:
        super().__init__("; ".join(problems), hint=hint)
        self.problems = tuple(problems)


class RejectedRequest(DeskwardenError):
    """Refuse a delivery with a 4xx: sending the same again cannot help."""

    reason = "rejected"
    status = 400


class SignatureInvalid(RejectedRequest):
    """The delivery is not from our helpdesk: wrong, missing or outdated proof."""

    reason = "signature_invalid"
    status = 401


class MalformedDelivery(RejectedRequest):
    """The body is not what this helpdesk sends."""

    reason = "malformed"


class PayloadTooLarge(RejectedRequest):
    """The body is over the limit."""

    reason = "too_large"
    status = 413


class UnsupportedContentType(RejectedRequest):
    """The body is declared as something this helpdesk does not send."""

    reason = "content_type"
    status = 415


class UnknownAccount(RejectedRequest):
    """No connected account has this name, or it belongs to another helpdesk.

    Answered like a wrong signature, so that a stranger cannot tell which accounts exist.
    """

    reason = "unknown_account"
    status = 401


class RetryableError(DeskwardenError):
    """Try again later, unchanged. After a failed write: look at what is there first."""

    reason = "retry"

    def __init__(
        self,
        message: str,
        *,
        reason: str | None = None,
        hint: str = "",
        retry_after: float | None = None,
    ) -> None:
        super().__init__(message, reason=reason, hint=hint)
        self.retry_after = retry_after
        """Seconds to wait, when the other side said so."""


class RateLimited(RetryableError):
    """The request budget is spent, ours or theirs."""

    reason = "rate_limited"


class HelpdeskUnavailable(RetryableError):
    """No usable answer: refused, timed out, truncated, 5xx."""

    reason = "unavailable"


class ChangedMeanwhile(RetryableError):
    """What was to be rewritten is no longer what was read; nothing was written."""

    reason = "changed_meanwhile"


class LeaseLost(RetryableError):
    """Another worker has the row: stop all work on it, and write nothing more."""

    reason = "lease_lost"


class StoreUnavailable(RetryableError):
    """Our own database did not take the write (locked, full, gone)."""

    reason = "store_unavailable"


class QueueUnavailable(RetryableError):
    """Valkey or Redis does not answer: a wake-up may be late, nothing is lost."""

    reason = "queue_unavailable"


class PermanentError(DeskwardenError):
    """Do not repeat: report it, a person has to act."""

    reason = "permanent"


class AuthExpired(PermanentError):
    """The helpdesk no longer accepts our key: the account is paused and a finding raised."""

    reason = "auth_expired"


class Forbidden(PermanentError):
    """Our key lacks the right for this call."""

    reason = "forbidden"


class NotFound(PermanentError):
    """The thing does not exist, or not for us."""

    reason = "not_found"


class ApiContractChanged(PermanentError):
    """The helpdesk answered in a shape its documentation does not have; names the field only."""

    reason = "api_contract_changed"


class EgressRefused(PermanentError):
    """The client was asked for a call that could reach a customer; it was not made."""

    reason = "egress_refused"


class UnsupportedByHelpdesk(PermanentError):
    """This helpdesk, or this account of it, cannot do that: `not_supported`, no failure."""

    reason = "unsupported"
