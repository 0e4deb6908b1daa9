"""Control characters in a text: nobody sees them, so they hide nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integration.core.detection import find, mask
from integration.core.spans import Action, Kind

HEAD, TAIL = "41111111", "11111111"
GROUPS = ("4111", "1111", "1111", "1111")
MASK = "[card visa **** 1111]"


def masked(text: str, media_type: str = "text/plain") -> str:
    return mask(text, find(text, media_type), media_type=media_type)


@pytest.mark.parametrize("code", [0, 1, 2, 7, 8, 0x0E, 0x1B, 0x7F])
@pytest.mark.parametrize("media_type", ["text/plain", "text/html", "message/rfc822"])
def test_a_control_character_inside_a_number_hides_nothing(code: int, media_type: str) -> None:
    assert masked(f"\n{HEAD}{chr(code)}{TAIL} ok", media_type) == f"\n{MASK} ok"


@pytest.mark.parametrize(
    ("media_type", "written"),
    [
        ("application/json", "\\u0000"),
        ("application/x-www-form-urlencoded", "%00"),
        ("application/json", "\\u0007"),
    ],
    ids=["json", "form", "bell"],
)
def test_one_that_is_written_out_hides_nothing(media_type: str, written: str) -> None:
    assert masked(f"a={HEAD}{written}{TAIL}", media_type) == f"a={MASK}"


@pytest.mark.parametrize("code", [0x0B, 0x0C, 0x1C, 0x1D, 0x1E, 0x1F])
def test_breaks_and_separators_part_groups(code: int) -> None:
    assert masked(f"card {chr(code).join(GROUPS)}") == f"card {MASK}"


def test_fields_behind_a_number_are_read_apart_from_it() -> None:
    text = "\x1c".join(("".join(GROUPS), "1227", "123"))
    assert [span.kind for span in find(text)] == [Kind.PAN, Kind.EXPIRY, Kind.CVV]


@pytest.mark.parametrize("code", [0, 7])
def test_what_follows_a_number_stays(code: int) -> None:
    assert masked(f"{HEAD}{TAIL}{chr(code) * 3} ok") == f"{MASK}{chr(code) * 3} ok"


def test_a_letter_outside_of_latin_beside_it_changes_nothing() -> None:
    assert masked(f"карта {HEAD}\x00{TAIL} да") == f"карта {MASK} да"


WORDS = ["4111", "1111", "12/27", "123", "card ", "cvv ", "к", "<b>", "&#0;"]
PARTS = [*map(chr, range(0x20)), *WORDS]


@pytest.mark.parametrize("media_type", ["text/plain", "text/html", "application/json"])
@given(st.lists(st.sampled_from(PARTS), max_size=30).map("".join))
def test_masked_once_is_masked_for_good(media_type: str, text: str) -> None:
    done = masked(text, media_type)
    assert [s for s in find(done, media_type) if s.action is Action.REDACT] == []
    assert masked(done, media_type) == done
