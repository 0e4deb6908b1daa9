"""How deep a JSON body nests, told from its bytes: a bomb is refused before a parser meets it."""

from __future__ import annotations

import re

MAX_DEPTH = 32
"""No helpdesk sends more than a few levels."""

# The closing quote is optional and nothing backtracks: linear time for every input. Up to the first
# syntax error this cuts strings exactly as a JSON parser does, so depth is never underrated.
_STRING = re.compile(rb'"(?:[^"\\]++|\\.)*+"?', re.DOTALL)
_NO_BRACKETS = bytes(set(range(256)) - set(b"[]{}"))
_OPENING = frozenset(b"[{")


def too_deep(body: bytes, limit: int = MAX_DEPTH) -> bool:
    """Whether arrays and objects nest deeper than `limit`; brackets in strings are text."""
    depth = 0
    for bracket in _STRING.sub(b"", body).translate(None, delete=_NO_BRACKETS):
        depth += 1 if bracket in _OPENING else -1
        if depth > limit:
            return True
    return False
