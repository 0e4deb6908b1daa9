"""The groups of a number that stand apart go when the number stands whole elsewhere."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from integration.core.detection import mask
from integration.core.models import Ticket, TicketView
from integration.core.plan import Place, scan
from integration.core.policy import Policy
from integration.core.surfaces import Surface, SurfaceKind, Text

AT = datetime(2026, 4, 1, 8, tzinfo=UTC)
CARD = "6011 0009 9013 9424"
FORM = (
    "<table><tr><td>Card number:</td><td>6011</td><td>0009</td><td>9013</td><td>9424</td></tr>"
    "</table>"
)
RULE = ">" * 64
GONE = "[card discover ****]"


def place(text: str, name: str = "m2", media_type: str = "text/plain") -> Surface:
    return Surface(name, SurfaceKind.MESSAGE, Text(text, media_type))


def cleaned(*places: Surface, begun=None) -> dict[str, str]:
    view = TicketView(Ticket("t1"), places, AT)
    return {
        hit.surface.id: mask(
            hit.surface.content.text, hit.removable, media_type=hit.surface.content.media_type
        )
        for hit in scan(view, Policy(), begun).hits
    }


@pytest.mark.parametrize("whole", [place(FORM, "m1", "text/html"), place(f"card {CARD}", "m1")])
@pytest.mark.parametrize(
    "text",
    [
        "Form:\n6011 x\nName\n0009 x\nNo\n9013 x\nOk\n9424 x",
        f">> 6011  \n{RULE}\n>> 0009 kr  9424\n{RULE}\n>> 9013 kr  \n{RULE}\n>> 9424 kr \n",
    ],
)
def test_groups_in_cells_or_lines_of_their_own_go(whole, text) -> None:
    shown = cleaned(whole, place(text))["m2"]
    assert not any(group in shown for group in CARD.split())
    assert shown.count(GONE) >= 4


@pytest.mark.parametrize(
    "text",
    [
        "the last four are 9424, the first 6011",
        "9424 a 9013 b 0009 c 6011",  # the other way round
        "6011 a 0009 b 9013 c 19424",
        "6011/2 a 0009 b 9013 c 9424",
        "6011:30 a 0009 b 9013 c 9424",
        "EUR 6011,50 a 0009 b 9013 c 9424",
    ],
)
def test_some_groups_or_other_numbers_stay(text) -> None:
    assert "m2" not in cleaned(place(f"card {CARD}", "m1"), place(text))


def test_a_number_in_two_groups_could_be_met_by_chance() -> None:
    assert "m2" not in cleaned(place("card 60110009 90139424", "m1"), place("60110009 a 90139424"))


def test_without_the_whole_number_groups_are_nothing() -> None:
    assert cleaned(place("6011 x\n0009 x\n9013 x\n9424 x")) == {}


def test_they_are_still_known_when_the_whole_number_is_gone() -> None:
    """The process died between the two writes."""
    whole, apart = place(f"card {CARD}", "m1"), place("6011 a 0009 b 9013 c 9424")
    hits = scan(TicketView(Ticket("t1"), (whole, apart), AT), Policy()).hits
    begun = {hit.surface.id: Place.of(hit.surface, hit.spans) for hit in hits}
    assert cleaned(apart, begun=begun) == {"m2": f"{GONE} a {GONE} b {GONE} c {GONE}"}
