"""Records in one place of a ticket whose layout stands in another."""

from __future__ import annotations

from support.read_together import cleaned, look, place

from integration.core.surfaces import SurfaceKind

VISA = "4571995996350999"
RECORD = f"4100044771{VISA}0000011005025031700441"
LAYOUT = "type (2), shop (8), card number (16), amount (10)"


def test_a_layout_in_a_message_tells_of_the_records_in_a_file() -> None:
    message, file = place(LAYOUT), place(f"HD00\n{RECORD}\n", kind=SurfaceKind.FILE)
    record = RECORD.replace(VISA, "[card dankort **** 0999]")
    assert cleaned(message, file) == {"file": f"HD00\n{record}\n"}


def test_the_number_of_an_account_is_told_where_nobody_speaks_of_cards() -> None:
    message = place("shop (10), account number (16), amount (10)", "m1")
    hits = look(message, place(f"here it is\n{RECORD}", "m2")).hits
    assert [(hit.surface.id, len(hit.removable), len(hit.reported)) for hit in hits] == [
        ("m2", 0, 1)
    ]


def test_what_is_found_already_is_not_found_again() -> None:
    both = place(f"{LAYOUT}\n{RECORD}", "m1"), place(f"{LAYOUT}\n{RECORD}", "m2")
    assert [len(hit.spans) for hit in look(*both).hits] == [1, 1]
    assert look(place(LAYOUT, "m1"), place("1" * 40, "m2")).hits == ()
