"""What touches a number: it may be a part of something longer, an identifier or an address."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from integration.core.cards.chip import is_form_of_payment
from integration.core.cards.reasons import (
    ADDRESS,
    GLUED,
    HASH,
    MACHINE_ID,
    SLIP,
    WITHIN,
    Evidence,
)
from integration.core.text.lazy import lazy
from integration.core.words.labels import labels_in
from integration.core.words.vocabulary import Label

if TYPE_CHECKING:
    from integration.core.text.reading import Reading

ENDS = frozenset({b"", *(bytes((byte,)) for byte in b" \t\r\n\x00\xa0\xad.,:;()\"'<>")})
"""What may stand right beside a number that is no part of a token."""
_ENDS_OF_A_FORM: Final = ENDS | {b"-", b"/", b"*"}
"""The same behind an airline's form of payment: `CCVI4111111111111111-1SMITH`."""
_LONGEST: Final = 48
"""Characters of a token that are looked at on either side of the number."""
_TOKEN_BEFORE = lazy(rb"[A-Za-z0-9_-]*\Z")
_TOKEN_AFTER = lazy(rb"[A-Za-z0-9_-]*")
_COLOUR = lazy(rb"\[[0-9;]{0,8}m\Z")
"""What makes a terminal show the next in a colour (ECMA-48), without its first character."""
_JOINED = lazy(r"[A-Za-z]+-|-[A-Za-z]+")
_LETTER = lazy(r"[A-Za-z]")
_HASH = lazy(r"[0-9a-f]+|[0-9A-F]+")
_OF_A_HASH: Final = frozenset({32, 40, 64})
"""Characters of MD5, SHA-1 and SHA-256 in hexadecimal."""
_TOUCHING = (lazy(r"([A-Za-z]+)"), lazy(r"([A-Za-z]+)[0-9]{0,4}"))
_SHORTHAND = lazy(
    r"[A-Za-z]{1,4}(?:0[1-9]|1[0-2])[2-4][0-9](?:[A-Za-z]{1,3}[0-9]{3,4})?|[xX][0-9]{3}"
)
"""A date and a code as agents jot them down: `x0327s085`, x085."""
_SHORTEST_PLAIN_WORD: Final = 4
_PART: Final = (
    r"(?:[A-Z]{0,3}[a-z]{3,}[0-9]{0,4}|[a-z]{1,3}[0-9]{1,4}|[0-9]{1,2}[a-z]{3}|[0-9]{1,8})"
)
_PARTS: Final = (lazy(rf"(?:{_PART}[_-])+"), lazy(rf"(?:[_-]{_PART})+"))
"""Before a number and behind it."""
_CURRENCY = lazy(r"([A-Za-z]{2,4})[0-9]{1,9}\Z")
_DIGIT = lazy(r"[0-9]")
_BEFORE_A_REFERENCE = lazy(rb"\+(?:04|15|71|75) ?< ?\Z")
_BEHIND_A_REFERENCE = lazy(rb" ?\+ ?[0-9]{7,8} ?<")
"""On a Danish payment slip (FIK): its kind, the reference with a check digit, the creditor."""
_LONGEST_KIND: Final = 6


def token_doubts(reading: Reading, start: int, end: int) -> list[Evidence]:
    """Return what the letters and marks that touch a number say against a card."""
    folded = reading.folded
    if _is_on_a_slip(folded, start, end):
        return [SLIP]
    if (start == 0 or folded[start - 1 : start] in ENDS) and folded[end : end + 1] in ENDS:
        return []
    if is_form_of_payment(folded, start) and folded[end : end + 1] in _ENDS_OF_A_FORM:
        return []
    address = [ADDRESS] if folded.startswith(b"@", end) else []
    return address + _in_token(reading, start, end)


def _is_on_a_slip(folded: bytes, start: int, end: int) -> bool:
    """Return whether a number is the reference on the line of a payment slip."""
    before = folded[max(0, start - _LONGEST_KIND) : start]
    return (
        b"<" in before
        and _BEFORE_A_REFERENCE.search(before) is not None
        and _BEHIND_A_REFERENCE.match(folded, end) is not None
    )


def _in_token(reading: Reading, start: int, end: int) -> list[Evidence]:
    low = max(0, start - _LONGEST)
    coloured = _COLOUR.search(reading.folded, low, start)
    before = None if coloured else _TOKEN_BEFORE.search(reading.folded, low, start)
    behind = _TOKEN_AFTER.match(reading.folded, end, end + _LONGEST)
    written = (
        reading.text[before.start() if before else start : start],
        reading.text[end : behind.end() if behind else end],
    )
    if _is_of_a_hash(written, end - start):
        return [HASH]
    # Letters of other scripts, which look like ASCII when folded, are no identifiers.
    tokens = [token for token in written if token.isascii() and _LETTER.search(token)]
    if any(_DIGIT.search(token) for token in tokens) and not (
        _is_sum(written) or _are_words(written) or _are_parts(written)
    ):
        return [MACHINE_ID]
    if len(tokens) == len(written) and all(map(_JOINED.fullmatch, written)):
        return [WITHIN]
    return [GLUED] if tokens else []


def _is_of_a_hash(written: tuple[str, str], digits: int) -> bool:
    """Return whether a number is amid the digits and letters of a hash, as long as one."""
    return len("".join(written)) + digits in _OF_A_HASH and all(
        _HASH.fullmatch(token) and _LETTER.search(token) for token in written
    )


def _is_sum(written: tuple[str, str]) -> bool:
    """Return whether nothing but a currency and a sum stands behind."""
    sum_behind = None if written[0] else _CURRENCY.match(written[1])
    return sum_behind is not None and any(
        found.label is Label.MONEY for found in labels_in(sum_behind[1].lower())
    )


def _are_words(written: tuple[str, str]) -> bool:
    """Return whether words touch a number, with few digits behind them: `no4111...date06`."""
    if _SHORTHAND.fullmatch(written[1]):
        return _DIGIT.search(written[0]) is None
    touching = (
        form.fullmatch(token) for form, token in zip(_TOUCHING, written, strict=True) if token
    )
    return all(word is not None and _is_word(word[1]) for word in touching)


def _are_parts(written: tuple[str, str]) -> bool:
    """Return whether names and numbers stand apart beside it: `4111..._Hollis_55230`."""
    return all(not token or _PARTS[side].fullmatch(token) for side, token in enumerate(written))


def _is_word(letters: str) -> bool:
    return bool(labels_in(letters.lower())) or (
        len(letters) >= _SHORTEST_PLAIN_WORD and letters.islower()
    )
