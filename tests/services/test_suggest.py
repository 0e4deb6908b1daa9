"""Which shapes of numbers come again in a sample, and that nothing of the numbers stays."""

from __future__ import annotations

import base64

import pytest

from integration.core.cards.luhn import completed
from integration.core.errors import NotFound, RateLimited
from integration.core.surfaces import Blob, Surface, SurfaceKind
from integration.services.suggest import sample_shapes

WORDS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]


def number(serial: int, prefix: str = "45711200", length: int = 16) -> str:
    return completed(f"{prefix}{serial:0{length - len(prefix) - 1}d}".encode()).decode()


@pytest.fixture
def shapes(desk, clock):
    def read(size=100):
        return sample_shapes(desk, clock, size=size, seed="s").shapes.often(3)

    return read


def write(desk, text, requester):
    return desk.write_ticket(desk.message(text), requester=requester)


def test_a_series_of_orders_is_shown_with_its_word_and_counts(desk, shapes):
    for at in range(4):
        write(desk, f"order {number(at * 7919)}", f"r{at}")
    (shape,) = shapes()
    assert (shape.length, shape.word) == (16, "order")
    assert (shape.numbers, shape.tickets, shape.requesters) == (4, 4, 4)
    assert shape.prefix == "45711200"


def test_no_more_digits_of_a_short_number_are_shown_than_may_be(desk, shapes):
    for at in range(4):
        write(desk, f"order {number(at, '36123400', 14)}", f"r{at}")
    (shape,) = shapes()
    assert shape.prefix == "361234"


def test_a_card_that_comes_again_is_the_same_number_and_no_series(desk, shapes):
    for at in range(6):
        write(desk, f"order {number(1)}", f"r{at}")
    assert shapes() == []


def test_numbers_of_one_requester_are_no_series(desk, shapes):
    for at in range(6):
        write(desk, f"order {number(at)}", "r1")
    assert shapes() == []


def test_numbers_in_one_ticket_are_no_series(desk, shapes):
    write(desk, ", ".join(f"order {number(at)}" for at in range(6)), "r1")
    assert shapes() == []


def test_what_is_called_a_card_is_not_counted(desk, shapes):
    for at in range(6):
        write(desk, f"my card {number(at)}", f"r{at}")
        write(desk, f"order {number(at)} exp 12/29", f"q{at}")
    assert shapes() == []


def test_a_beginning_that_the_numbers_share_no_further_is_cut_there(desk, shapes):
    for at, prefix in enumerate(("45711211", "45711222", "45711233")):
        write(desk, f"order {number(at, prefix)}", f"r{at}")
    (shape,) = shapes()
    assert shape.prefix == "457112"


def test_only_the_sample_is_read_and_only_read(desk, clock):
    for at in range(25):
        write(desk, f"order {number(at)}", f"r{at}")
    seen = []
    found = sample_shapes(
        desk, clock, size=4, seed="s", on_ticket=lambda done, of: seen.append((done, of))
    )
    assert (found.listed, found.read) == (25, 4)
    assert seen == [(0, 4), (1, 4), (2, 4), (3, 4)]
    assert desk.acts == []


def test_a_ticket_that_was_deleted_meanwhile_is_left_out(desk, clock):
    for at in range(3):
        write(desk, f"order {number(at)}", f"r{at}")
    fetch = desk.fetch
    desk.fetch = lambda ticket: desk.errors.append(NotFound("gone")) or fetch(ticket)
    assert sample_shapes(desk, clock, size=3, seed="s").read == 0


def test_it_waits_until_the_budget_has_room(desk, clock):
    write(desk, "nothing", "r1")
    desk.errors += [RateLimited("spent", retry_after=7.0), RateLimited("spent")]
    before = clock.time
    assert sample_shapes(desk, clock, size=3, seed="s").read == 1
    assert (clock.time - before).total_seconds() == 12.0


def test_digits_over_tags_are_one_number(desk, shapes):
    for at in range(3):
        digits = number(at)
        body = f"<p>order <b>{digits[:8]}</b>{digits[8:]}</p>"
        desk.write_ticket(desk.message(body, "text/html"), requester=f"r{at}")
    assert [s.numbers for s in shapes()] == [3]


def test_numbers_that_are_written_in_words_are_no_series(desk, shapes):
    for at in range(6):
        words = " ".join(WORDS[int(digit)] for digit in number(at))
        write(desk, words, f"r{at}")
    assert shapes() == []


def test_a_file_beside_the_messages_is_not_opened(desk, shapes):
    for at in range(3):
        file = Surface("file:1", SurfaceKind.FILE, Blob("a.jpg", "image/jpeg"))
        desk.write_ticket(file, desk.message(f"order {number(at)}"), requester=f"r{at}")
    assert [s.numbers for s in shapes()] == [3]


def test_an_encoded_part_of_a_mail_is_read_as_well(desk, shapes):
    for at in range(3):
        body = base64.b64encode(f"order {number(at)}".encode()).decode()
        mail = f"Content-Transfer-Encoding: base64\n\n{body}"
        desk.write_ticket(desk.message(mail, "message/rfc822"), requester=f"r{at}")
    assert [s.numbers for s in shapes()] == [3]


def test_the_repr_of_what_was_counted_holds_no_number(desk, clock):
    for at in range(3):
        write(desk, f"order {number(at)}", f"r{at}")
    found = sample_shapes(desk, clock, size=3, seed="s")
    assert number(0) not in repr(found.shapes.often(3))
    assert number(0)[8:] not in repr(found.shapes.often(3))
