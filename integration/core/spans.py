"""Where something sensitive stands in a text, what it is, and what the policy says about it."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Kind(StrEnum):
    """What a span holds."""

    PAN = "PAN"
    CVV = "CVV"
    EXPIRY = "EXPIRY"
    TRACK = "TRACK"
    PIN = "PIN"
    IBAN = "IBAN"
    NO_KONTO = "NO_KONTO"
    NO_FNR = "NO_FNR"
    SE_PNR = "SE_PNR"
    DK_CPR = "DK_CPR"
    FI_HETU = "FI_HETU"
    UK_NINO = "UK_NINO"
    DE_IDNR = "DE_IDNR"
    US_SSN = "US_SSN"
    DOB = "DOB"
    PASSWORD = "PASSWORD"  # noqa: S105  a kind, no secret
    ONE_TIME_CODE = "ONE_TIME_CODE"
    OWN_PATTERN = "OWN_PATTERN"

    @property
    def is_sad(self) -> bool:
        """Whether this is sensitive authentication data (PCI DSS 3.3.1), never to be kept."""
        return self in _SAD


_SAD = frozenset({Kind.CVV, Kind.TRACK, Kind.PIN})
CARD_DATA = frozenset({Kind.PAN, Kind.CVV, Kind.EXPIRY, Kind.TRACK, Kind.PIN})
"""What makes an incident with card data of it; any other kind is personal or secret."""
NATIONAL_IDS = (
    Kind.NO_FNR,
    Kind.SE_PNR,
    Kind.DK_CPR,
    Kind.FI_HETU,
    Kind.UK_NINO,
    Kind.DE_IDNR,
    Kind.US_SSN,
)
"""Numbers that a state gives to a person."""


TOO_SLOW = "too-slow"
"""Reason of a span, of no characters, for a text that an own pattern did not get through."""
NOT_OPENED = "not-opened"
"""Reason of one for a text of which a part is encoded in a way that is not opened."""
REASONS_UNREAD = frozenset({TOO_SLOW, NOT_OPENED})
"""Why a text was not read to its end."""


class Action(StrEnum):
    """What the policy does with a span, strongest first."""

    REDACT = "redact"
    REPORT = "report"
    COUNT = "count"
    IGNORE = "ignore"


class Span(NamedTuple):
    """One hit. Offsets are code points of the raw text that was given to `find`.

    `start`..`end` is the hull; `segments` are the pieces to replace when markup stands between
    them. `last4` exists to write the mask and is never shown by `repr`. `inner` holds the hits of
    an encoded part (base64, encoded words), with offsets of the decoded part: such a part can only
    be replaced as a whole.
    """

    start: int
    end: int
    kind: Kind
    confidence: float
    action: Action = Action.REDACT
    brand: str | None = None
    why: tuple[str, ...] = ()
    segments: tuple[tuple[int, int], ...] = ()
    last4: str | None = None
    inner: tuple[Span, ...] = ()

    def __repr__(self) -> str:
        shown = (f"{name}={value!r}" for name, value in self._asdict().items() if name != "last4")
        return f"Span({', '.join(shown)})"

    @property
    def pieces(self) -> tuple[tuple[int, int], ...]:
        """The ranges to replace: the segments, or the hull when nothing stands between."""
        return self.segments or ((self.start, self.end),)

    @property
    def unread(self) -> bool:
        """Whether this says that the text, or a part of it, was not read to its end."""
        return self.unread_why is not None

    @property
    def unread_why(self) -> str | None:
        """The reason, when this says so."""
        own = (why for why in self.why if why in REASONS_UNREAD)
        inner = (span.unread_why for span in self.inner)
        return next(own, None) or next(filter(None, inner), None)
