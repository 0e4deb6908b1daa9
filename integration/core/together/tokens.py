"""What a recording says, where each of its words stands in a record of its own. Pure.

`{"w": "4", "c": 0.62}, {"w": "one", "c": 0.68}`: what programs that hear people write down. The
words are read one behind the other, without what stands between them.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate
from typing import Final

from integration.core.detection import find
from integration.core.policy import Policy
from integration.core.spans import Action, Span
from integration.core.surfaces import Surface, Text
from integration.core.together.elsewhere import Taken, decoded_of, moved

HEARD: Final = "token-by-token"
"""The reason of every span that is found so."""
_TOKEN: Final = re.compile(
    r'"(w|word|token|text|content|punctuated_word)" ?: ?"([^"\\\n]{1,24})"',
    re.IGNORECASE,
)
_FEWEST: Final = 12
"""Words of a number that is told digit by digit, and most are told so."""
_LONGEST: Final = 200_000
"""Characters of a text that is looked through."""

_Tokens = Sequence[re.Match[str]]


def spans_of_tokens(
    surfaces: Sequence[Surface], found: Mapping[str, Sequence[Span]], policy: Policy
) -> dict[str, list[Span]]:
    """What shows once the words of a recording are read together, by surface id.

    `found`: what is known of each place so far.
    """
    told: dict[str, list[Span]] = {}
    for surface in surfaces:
        taken = Taken.by(found[surface.id])
        new = [span for span in _in_place(surface, policy) if not taken.touches(span.pieces)]
        if new:
            told[surface.id] = new
    return told


def _in_place(surface: Surface, policy: Policy) -> Iterator[Span]:
    assert isinstance(surface.content, Text)  # noqa: S101  files are not read here
    if surface.content.text.count("{") < _FEWEST or len(surface.content.text) > _LONGEST:
        return
    decoded = decoded_of(surface)
    by_key: defaultdict[str, list[re.Match[str]]] = defaultdict(list)
    for token in _TOKEN.finditer(decoded.text):
        by_key[token[1]].append(token)
    for tokens in by_key.values():
        for span, said in _heard(tokens, policy) if len(tokens) >= _FEWEST else ():
            ranges = [place for token in said for place in decoded.source(*token.span(2))]
            if ranges:
                yield moved(span, ranges, HEARD)._replace(last4=span.last4)


def _heard(tokens: _Tokens, policy: Policy) -> Iterator[tuple[Span, _Tokens]]:
    """What is removed of the words when they are read together, and which words it is."""
    said = " ".join(token[2] for token in tokens)
    ends = list(accumulate(len(token[2]) + 1 for token in tokens))
    for span in find(said, policy=policy):
        if span.action is Action.REDACT and not span.inner:
            first, last = bisect_right(ends, span.start), bisect_left(ends, span.end)
            yield span, tokens[first : last + 1]
