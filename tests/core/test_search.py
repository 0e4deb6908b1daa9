"""One search: what is looked for, and how often it goes round."""

from __future__ import annotations

import pytest

from integration.core.detection import find
from integration.core.hits import Hit
from integration.core.policy import DEFAULT_ACTIONS, SECRETS, Policy
from integration.core.search import Family, search
from integration.core.spans import Action, Kind

DIGITS = Policy(actions={**DEFAULT_ACTIONS, **dict.fromkeys(SECRETS, Action.IGNORE)})


def kinds(text: str) -> list[Kind]:
    return [span.kind for span in find(text, policy=DIGITS)]


@pytest.mark.parametrize("words", [True, False], ids=["numbers-in-words", "figures-only"])
def test_a_search_goes_round_five_times_at_most(words: bool) -> None:
    def first(reading, _found) -> list[Hit]:
        at = reading.folded.find(b"x")
        return [Hit(at, at + 1, Kind.OWN_PATTERN, 1.0)]

    own = [Family(lambda _reading, _found: True, first)]
    hits = search("xxxxxxx", lambda _hit: True, spelled_out=words, own=own)
    assert [hit.start for hit in hits] == [0, 1, 2, 3, 4]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("no digit, password: hunter", []),
        ("born 12.03.1984, password: hunter2x", [Kind.DOB]),
        ("room 12345, born 12.03.1984", [Kind.DOB]),
        ("order 12345", []),
        ("your code is 123456", []),
    ],
    ids=["no-digit", "both", "birth", "order", "one-time"],
)
def test_secrets_are_not_looked_for_where_nobody_wants_them(text: str, found: list[Kind]) -> None:
    assert kinds(text) == found
