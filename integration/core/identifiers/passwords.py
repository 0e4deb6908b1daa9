"""Passwords that are stated: a word for one, a mark or a verb, the secret itself."""

from __future__ import annotations

import re
from bisect import bisect
from typing import TYPE_CHECKING, Final

from integration.core.hits import Hit
from integration.core.identifiers.meetings import is_of_meeting
from integration.core.spans import Kind
from integration.core.text.lazy import lazy
from integration.core.words import Label, phrases
from integration.core.words.listed import Listed, listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from integration.core.identifiers.stretch import Stretch

_SHORTEST: Final = 4
_REACH: Final = 36
_MARK: Final = lazy(r"(?:[ \t]*\([^()\n\x00]{1,24}\))?[ \t\"'*_]*[:=]+>?(?:</?[a-z]{1,6}>)?")
_OPENED: Final = lazy(r"[\s*_>]{0,8}([\"'`«»])([^\n\x00]{3,64}?)(?:[\"'`“”«»’])(?!\w)")
_TOKEN: Final = lazy(r"[\s*>]{0,8}(?P<secret>[^\s\x00<>]{3,64})")
_FIRST_UNPARTED: Final = "\u0e00"
"""From here on scripts have no gaps between words."""
_GLUED: Final = lazy(r"[\s*>]{0,8}(?P<secret>[!-;=?-~]{3,64})")
_NEXT_PARAMETER: Final = lazy(r"&[\w.-]+=")
_TAIL: Final = ".,;:)]}\"'?*_|"
_LINE_ENDS: Final = lazy(r"[.,;:)\]}\"'?*_|!\s]*?(?:[\r\n\x00<|]|\Z)")
_DIGIT: Final = lazy(r"[0-9]")
_LETTER: Final = lazy(r"[^\W\d_]")
_SYMBOL: Final = lazy(r"[!#$%&+@^~€£§*]")
_DATE = lazy(r"(?:19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}|[0-9]{1,2}([./-])[0-9]{1,2}\1(?:20)?[0-9]{2}")
_NO_SECRET: Final = lazy(r"(?:https?|www|ftp)\b|[*•x.·_#\-]+\Z|[\[{<$(%]|\S+@\S+\.\w+\Z", re.ASCII)
_LITERALS: Final = frozenset({"none", "null", "true", "false", "string"})
"""What programs write where no secret is."""
_SHORT: Final = lazy(r"(?<![\w-])pass(?= ?[:=])")
_VERB: Final = lazy(r"pass(?:ed|es|er|en|ing|e|t)")
_OTHER_PASS: Final = lazy(r"(?:boarding|ski|season|travel|day|bus|rail|gate) \Z")
_LONGEST_OTHER: Final = 10

_MARKED: Final = 0.85
_PLAIN_WORD: Final = 0.6
_SAID: Final = 0.75


def passwords(stretch: Stretch, since: int = 0) -> Iterator[Hit]:
    """Return the secrets that `stretch` states; the words around them are no part of it.

    Words that end before `since`, a place in the text, were read already.
    """
    done = bisect(stretch.window.offsets, since - 1)
    for label_end in _labels(stretch):
        if label_end >= done and (found := _after(stretch, label_end)):
            start, end, sure, why = found
            done = end
            yield Hit(*stretch.window.span(start, end), Kind.PASSWORD, sure, (why,))


def _labels(stretch: Stretch) -> Iterator[int]:
    """Return where each word for a password ends."""
    places = [
        label[:2]
        for label in stretch.labels
        if label.label is Label.PASSWORD and not _VERB.fullmatch(stretch.text, *label[:2])
    ]
    places += [match.span() for match in _SHORT.finditer(stretch.text)]
    for start, end in sorted(places):
        if _OTHER_PASS.search(stretch.text, max(0, start - _LONGEST_OTHER), start):
            continue
        if not is_of_meeting(stretch.text, start):
            yield end


def _after(stretch: Stretch, label_end: int) -> tuple[int, int, float, str] | None:
    """Return the secret behind a label, how sure it is, and why."""
    at, how = _way_to_secret(stretch, label_end)
    span = _secret_at(stretch.text, at)
    if span is None or (how == "beside" and "\n" in stretch.text[at : span[0]]):
        return None
    start, end, quoted = span
    secret = stretch.text[start:end]
    if _NO_SECRET.match(secret) or _is_placeholder(secret):
        return None
    if how == "said" and _DATE.fullmatch(secret):
        return None
    if how != "marked":
        told = quoted or (_is_mixed(secret) if how == "said" else _has_both(secret))
        return (start, end, _SAID, how) if told else None
    if quoted or _is_mixed(secret):
        return start, end, _MARKED, how
    return (start, end, _PLAIN_WORD, "marked-word") if _is_last(stretch, end) else None


def _is_placeholder(secret: str) -> bool:
    """Return whether a word says of a secret that there is none, or is one more label of it."""
    lists = _LITERALS, listed(Listed.PLACEHOLDERS), phrases(Label.PASSWORD)
    return any(secret in words for words in lists)


def _way_to_secret(stretch: Stretch, label_end: int) -> tuple[int, str]:
    """Return where a secret would begin, and what leads there: a mark, a verb, or nothing."""
    at, how = label_end, "beside"
    for found in stretch.within(label_end, label_end + _REACH + 1):
        if found.start < at or found.label is not Label.LINK:
            continue
        if not stretch.links(at, found.start) or _MARK.match(stretch.text, at):
            break
        at, how = found.end, "said"
    if mark := _MARK.match(stretch.text, at):
        return mark.end(), "marked"
    return at, how


def _secret_at(text: str, at: int) -> tuple[int, int, bool] | None:
    """Return the span of a quoted phrase or of a token, and whether it is quoted."""
    if quoted := _OPENED.match(text, at):
        return *quoted.span(2), True
    unparted = at > 0 and text[at - 1] >= _FIRST_UNPARTED
    token = (_GLUED if unparted else _TOKEN).match(text, at)
    if token is None:
        return None
    secret = _NEXT_PARAMETER.split(token["secret"], 1)[0].rstrip(_TAIL)
    start = token.start("secret")
    lead = len(secret) - len(secret.lstrip("\"'`«"))
    touches = start > at or unparted or text[at - 1 : at] in {":", "=", ">"}
    if not touches or len(secret) - lead < _SHORTEST:
        return None
    return start + lead, start + len(secret), False


def _is_mixed(secret: str) -> bool:
    return bool(_DIGIT.search(secret) or _SYMBOL.search(secret))


def _has_both(secret: str) -> bool:
    return bool(_DIGIT.search(secret) and _LETTER.search(secret))


def _is_last(stretch: Stretch, end: int) -> bool:
    """Return whether nothing follows on the line; where the stretch ends, more may follow."""
    last = _LINE_ENDS.match(stretch.text, end)
    return last is not None and (stretch.complete or last.end() < len(stretch.text))
