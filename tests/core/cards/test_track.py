from __future__ import annotations

import pytest

from integration.core.detection import find, mask
from integration.core.spans import Kind

NUMBER = "4111111111111111"
TRACKS = {
    "track 1": f"%B{NUMBER}^DOE/JOHN^27121010000000000?",
    "track 1 in lower case": f"%b{NUMBER}^doe/john^2712101000?",
    "track 1 without sentinels": f"B{NUMBER}^DOE/JOHN^2712101000",
    "track 1 without its letter": f"{NUMBER}^DOE/JOHN^2712101000",
    "track 1 with spaces": "%B4111 1111 1111 1111 ^ DOE/JOHN ^ 2712101 0000?",
    "track 1 with letters of Norway": f"%B{NUMBER}^ÅS/KÅRE^2712101?",
    "track 1 in a url": f"%25B{NUMBER}%5EDOE%2FJOHN%5E2712101000%3F",
    "track 2": f";{NUMBER}=27121010000000000?",
    "track 2 without sentinels": f"{NUMBER}=27121010000000000",
    "track 2 with spaces": "4111 1111 1111 1111 = 2712 101 0000",
    "track 2 of a chip": f"{NUMBER}D27121010000000000F",
    "track 2 of a chip in lower case": f"{NUMBER}d27121010000000000f",
    "tag 57": f"5713{NUMBER}D27121010000000000F",
    "tag 57 in bytes": "57 13 41 11 11 11 11 11 11 11 D2 71 21 01 00 00 00 00 0F",
    "short tag 57": f"57 11 {NUMBER}D2712101000000",
    "track 2 of 19 digits": ";6205500000000000004=27121010000000000?",
    "track of an unknown issuer": ";8911111111111114=27121010000000000?",
}


@pytest.mark.parametrize("track", TRACKS.values(), ids=TRACKS)
def test_all_of_a_track_is_removed(track: str) -> None:
    text = f"swiped: {track}\nthanks"
    (span,) = find(text)
    assert (span.kind, text[span.start : span.end]) == (Kind.TRACK, track)
    assert mask(text, [span]) == "swiped: [card track removed]\nthanks"


def test_both_tracks_of_a_stripe_are_removed() -> None:
    text = f"{TRACKS['track 1']}{TRACKS['track 2']}"
    assert [span.kind for span in find(text)] == [Kind.TRACK, Kind.TRACK]


@pytest.mark.parametrize(
    "text",
    [
        "4111111111111112=27121010000000000",
        "%B4111111111111112^DOE/JOHN^2712101?",
        f"{NUMBER}=2713101000",
    ],
    ids=["check digit", "check digit of track 1", "no such month"],
)
def test_what_has_no_valid_number_or_month_is_no_track(text: str) -> None:
    assert Kind.TRACK not in {span.kind for span in find(text)}


def test_a_track_below_its_number_is_one_though_it_stands_in_the_column_of_a_card() -> None:
    card = "6304874258622836077"
    text = f"F002 PAN       [{card}]\nF014 EXPIRY    [2712]\n"
    text += f"F035 TRACK2    [{card}=2712201000001234]\n"
    assert mask(text, find(text)).splitlines() == [
        "F002 PAN       [[card laser **** 6077]]",
        "F014 EXPIRY    [[expiry removed]]",
        "F035 TRACK2    [[card track removed]]",
    ]


def test_a_track_amid_a_message_is_as_long_as_its_length_says() -> None:
    track = f"{NUMBER}=27122010000012345678"
    text = f"status 611130000110710037{track}000000516211 TERM"
    assert [text[s.start : s.end] for s in find(text) if s.kind is Kind.TRACK] == [track]
    for other in (f"0000000099{track}", f"0000000012{track}", f"00000000xx{track[1:]}"):
        assert not [s for s in find(f"status {other} TERM") if s.start < len(other) - len(track)]
