"""The facade of detection: what stands where in a text, and the text without it.

Laws: masked text is not found again; masking twice is masking once; nothing but the spans changes.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from operator import attrgetter
from typing import TYPE_CHECKING, Final

from integration.core import between, binary
from integration.core.formats import ALLOWED, DOUBTED, digits_of, is_own, looks_like_card
from integration.core.masks import mask_for
from integration.core.policy import Policy
from integration.core.search import Family, search
from integration.core.spans import NOT_OPENED, TOO_SLOW, Action, Kind, Span
from integration.core.surfaces import Text
from integration.core.text import decode
from integration.core.text.quoting import missing_quotes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from integration.core.hits import Hit
    from integration.core.patterns import PatternSearch
    from integration.core.text import Decoded, Sealed

_GRAVEST = (Kind.TRACK, Kind.PIN, Kind.CVV, Kind.PAN)
"""Which hit names an encoded part that can only be replaced as a whole; then any other."""
_DEFAULT = Policy()
_MOST_ROUNDS: Final = 5
"""Times that a text is masked and read again."""


def find(text: str, media_type: str = "text/plain", policy: Policy | None = None) -> list[Span]:
    """Return the spans of `text` in order, each with the action that the policy names.

    Offsets are code points of `text` as given. No two spans share a piece; the hull of one may
    enclose another that stands in a tag between its pieces. Never raises on any text or media type.
    """
    return find_in(Text(text, media_type), policy)


def find_in(content: Text, policy: Policy | None = None) -> list[Span]:
    """Return the same of the text of a place, which is decoded once for all who read it."""
    policy = policy or _DEFAULT
    if binary.is_binary(content.media_type):
        return binary.sure(find(binary.legible(content.text), policy=policy))
    found = _found_in(content.decoded, policy)
    for _ in range(_MOST_ROUNDS if content.decoded.is_read_twice else 0):
        more = list(_once_masked(content, policy, found))
        if not more:
            break
        found = _apart([*found, *more])
    return found


def _found_in(decoded: Decoded, policy: Policy) -> list[Span]:
    patterns = policy.patterns.in_text() if policy.patterns else None
    spans = _shown(decoded, policy, patterns)
    unread = _unread(decoded, patterns) if patterns or not decoded.is_whole else []
    if not (patterns or unread or decoded.sealed) and len(spans) <= 1:
        return spans
    return [*unread, *_apart([*spans, *_sealed(decoded, policy)])]


def _once_masked(content: Text, policy: Policy, found: Sequence[Span]) -> Iterator[Span]:
    """Yield what only shows once that is masked which stands beside it.

    The search takes out what it has found, but not where the same is read in other words as well.
    """
    text, media_type = content.text, content.media_type
    edits = _edits(text, found, media_type, "en")
    kept, at, here = [], 0, 0
    for start, end, words in [*edits, (len(text), len(text), "")]:
        kept.append((here, here + start - at, at - here))
        here += start - at + len(words)
        at = end
    for span in _found_in(decode(_edited(text, edits), media_type), policy):
        pieces = [
            (start + shift, end + shift)
            for start, end in span.pieces
            for low, high, shift in kept
            if low <= start and end <= high
        ]
        if span.action is Action.REDACT and not span.inner and len(pieces) == len(span.pieces):
            segments = tuple(pieces) if len(pieces) > 1 else ()
            yield span._replace(start=pieces[0][0], end=pieces[-1][1], segments=segments)


def _shown(decoded: Decoded, policy: Policy, patterns: PatternSearch | None) -> list[Span]:
    """What is found in a text as a reader sees it."""

    def redacts(hit: Hit) -> bool:
        return _action(policy, hit, decoded.text) is Action.REDACT

    hits = search(
        decoded.text,
        redacts,
        spelled_out=policy.spelled_out,
        secrets=policy.seeks_secrets,
        own=(Family(lambda _reading, _found: True, patterns.find),) if patterns else (),
    )
    return [
        _span(ranges, hit, action)
        for hit, action in _settled(policy, hits, decoded.text)
        if (ranges := _ranges(decoded, hit))  # none for what a decoder said
    ]


def _sealed(decoded: Decoded, policy: Policy) -> Iterator[Span]:
    """What is found in the parts that are encoded as a whole, a span for each such part."""
    for part in decoded.sealed:
        if inner := find(part.text, part.media_type, policy):
            yield _sealed_span(part, inner)


def mask(
    text: str, spans: Iterable[Span], *, media_type: str = "text/plain", locale: str = "en"
) -> str:
    """Return `text` with the spans that are to be redacted replaced by words.

    The mask goes into the first piece of a span and the others are emptied; markup between them
    stays. Spans with another action stay as they are. Of a file that is no text the digits become
    stars.
    """
    if binary.is_binary(media_type):
        return binary.starred(text, spans)
    return _edited(text, _edits(text, spans, media_type, locale))


def _edits(
    text: str, spans: Iterable[Span], media_type: str, locale: str
) -> list[tuple[int, int, str]]:
    """Return what stands where in the masked text, in order of place, none within another."""
    redacted = [span for span in spans if span.action is Action.REDACT]
    parts = {}
    if any(span.inner for span in redacted):
        parts = {(part.start, part.end): part for part in decode(text, media_type).sealed}
    edits: list[tuple[int, int, str]] = []
    for span in redacted:
        if span.inner:
            edits.append((span.start, span.end, _reseal(parts[span.start, span.end], span, locale)))
            continue
        words = mask_for(span.kind, span.brand, span.last4, locale)
        for start, end in span.pieces:
            edits.append((start, end, words))
            words = ""
    quotes = missing_quotes(text, [(start, end) for start, end, _ in edits], media_type)
    apart: list[tuple[int, int, str]] = []
    for edit in sorted([*edits, *((at, at, '"') for at in quotes)]):
        if not apart or edit[0] >= apart[-1][1]:
            apart.append(edit)
    return apart


def contains_card(text: str) -> bool:
    """Return whether plain `text` holds a card number or track data that would be redacted.

    For what we write ourselves: a code or a date in it means nothing without a number.
    """
    return any(
        span.action is Action.REDACT and span.kind in (Kind.PAN, Kind.TRACK) for span in find(text)
    )


def _action(policy: Policy, hit: Hit, text: str) -> Action:
    """What to do with a hit, whatever else is found."""
    if hit.kind is Kind.EXPIRY and hit.alone:
        return Action.IGNORE  # a date that belongs to no card
    if hit.kind is Kind.OWN_PATTERN and policy.patterns:
        return policy.patterns.action(hit.why[0])
    action = policy.action(hit.kind, hit.confidence)
    if action is Action.REDACT and policy.formats and is_own(text, hit, policy.formats):
        return Action.REPORT
    return action


def _settled(policy: Policy, hits: list[Hit], text: str) -> Iterable[tuple[Hit, Action]]:
    """Each hit with its action; one of the account's own numbers is told from a card last."""
    if not policy.formats:
        return [(hit, _action(policy, hit, text)) for hit in hits]
    return _told_from_own(policy, hits, text)


def _told_from_own(policy: Policy, hits: list[Hit], text: str) -> Iterator[tuple[Hit, Action]]:
    formatted = {
        hit.start: digits_of(text, hit) for hit in hits if is_own(text, hit, policy.formats)
    }
    others = [hit for hit in hits if hit.start not in formatted]
    doubted = {
        formatted[hit.start]
        for hit in hits
        if hit.start in formatted and looks_like_card(text, hit, others)
    }
    for hit in hits:
        action = _action(policy, hit, text)
        if hit.start not in formatted or action is not Action.REPORT:
            yield hit, action
        elif formatted[hit.start] in doubted:
            yield hit._replace(why=(*hit.why, DOUBTED)), action
        else:
            yield hit._replace(why=(*hit.why, ALLOWED)), Action.COUNT


def _unread(decoded: Decoded, patterns: PatternSearch | None) -> list[Span]:
    """A report, of no characters, for each reason why the text was not read to its end."""
    reasons = [(Kind.OWN_PATTERN, TOO_SLOW)] if patterns and patterns.too_slow else []
    if not decoded.is_whole:
        reasons.append((Kind.PAN, NOT_OPENED))
    return [Span(0, 0, kind, 1.0, Action.REPORT, why=(why,)) for kind, why in reasons]


def _ranges(decoded: Decoded, hit: Hit) -> tuple[tuple[int, int], ...]:
    """Where a hit stands in the original, without what stays between its groups."""
    return tuple(
        place
        for start, end in between.pieces(decoded.text, hit)
        for place in decoded.source(start, end)
    )


def _span(ranges: tuple[tuple[int, int], ...], hit: Hit, action: Action) -> Span:
    pieces = ranges if len(ranges) > 1 else ()
    start, end = ranges[0][0], ranges[-1][1]
    return Span(start, end, hit.kind, hit.confidence, action, hit.brand, hit.why, pieces, hit.last4)


def _sealed_span(part: Sealed, inner: list[Span]) -> Span:
    redacted = [span for span in inner if span.action is Action.REDACT]
    gravest = min(redacted or inner, key=_gravity)
    return Span(
        start=part.start,
        end=part.end,
        kind=gravest.kind,
        confidence=gravest.confidence,
        action=gravest.action,
        brand=gravest.brand,
        why=(*gravest.why, part.encoding),
        last4=gravest.last4,
        inner=tuple(inner),
    )


def _gravity(span: Span) -> int:
    return _GRAVEST.index(span.kind) if span.kind in _GRAVEST else len(_GRAVEST)


def _reseal(part: Sealed, span: Span, locale: str) -> str:
    return part.seal(mask(part.text, span.inner, media_type=part.media_type, locale=locale))


def _apart(spans: list[Span]) -> list[Span]:
    """Return the spans in order of place; of two with a piece in common the first wins.

    But one that is to be redacted before any other, and the one that holds the most of these.
    """
    kept: list[Span] = []
    taken: list[tuple[int, int]] = []
    for span in sorted(spans, key=_precedence):
        places = [bisect_left(taken, piece) for piece in span.pieces]
        if not any(
            _overlaps(piece, taken[max(at - 1, 0) : at + 1])
            for piece, at in zip(span.pieces, places, strict=True)
        ):
            kept.append(span)
            for piece in span.pieces:
                insort(taken, piece)
    return sorted(kept, key=attrgetter("start"))


def _precedence(span: Span) -> tuple[bool, int, int]:
    is_told = span.action is not Action.REDACT
    return is_told, 0 if is_told else -sum(end - start for start, end in span.pieces), span.start


def _overlaps(piece: tuple[int, int], neighbours: list[tuple[int, int]]) -> bool:
    return any(start < piece[1] and piece[0] < end for start, end in neighbours)


def _edited(text: str, edits: Iterable[tuple[int, int, str]]) -> str:
    pieces: list[str] = []
    at = 0
    for start, end, words in edits:
        pieces += (text[at:start], words)
        at = end
    return "".join((*pieces, text[at:]))
