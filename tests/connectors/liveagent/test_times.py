from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.liveagent.times import is_over, to_local, to_utc, zone

OSLO = zone("Europe/Oslo")


@pytest.mark.parametrize("name", ["", "Mars/Olympus", "../../etc/passwd", "Europe"])
def test_a_zone_that_is_not_known_is_none(name):
    assert zone(name) is None


@pytest.mark.parametrize("text", ["", "0000-00-00 00:00:00", "yesterday", "2026-04-01T08:12:31Z"])
def test_what_is_no_time_is_none(text):
    assert to_utc(text, OSLO) is None


def test_without_a_zone_a_time_is_unknown_and_a_window_is_in_utc():
    assert to_utc("2026-04-01 08:12:31", None) is None
    assert to_local(datetime(2026, 4, 1, tzinfo=UTC), None) == "2026-04-01 00:00:00"


@given(st.integers(min_value=946_684_800, max_value=4_102_444_800))
def test_law_there_and_back_is_off_by_no_more_than_a_clock_change(seconds):
    moment = datetime.fromtimestamp(seconds, tz=UTC)

    back = to_utc(to_local(moment, OSLO), OSLO)

    assert abs(back - moment) in {timedelta(0), timedelta(hours=1)}


NOON = datetime(2026, 4, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize("zone_off", [timedelta(0), timedelta(hours=-7), timedelta(minutes=345)])
@pytest.mark.parametrize(
    ("ago", "seconds", "over"),
    [(3, 0.5, True), (60, 0.5, True), (1, 0.5, False), (-1, 0.5, False), (8, 10.0, False)],
    ids=["over", "long_over", "running", "ahead_of_the_answer", "running_when_asked"],
)
def test_a_second_is_over_when_it_was_before_we_asked_in_whatever_zone(
    zone_off, ago, seconds, over
):
    changed = (NOON + zone_off - timedelta(seconds=ago)).strftime("%Y-%m-%d %H:%M:%S")
    assert is_over(changed, served=NOON, seconds=seconds) is over


@pytest.mark.parametrize("text", ["", "yesterday"])
def test_what_is_no_time_is_not_known_to_be_over(text):
    assert not is_over(text, served=NOON, seconds=0.0)
