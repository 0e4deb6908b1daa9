"""Numbers that one author split over messages: both are marked, and nothing else changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from integration.core.cards.luhn import is_valid
from integration.core.detection import find, mask
from integration.core.policy import Policy
from integration.core.spans import Action, Kind
from integration.core.surfaces import Blob, Role, Surface, SurfaceKind, Text
from integration.core.together.across import joined, spans_across
from integration.core.together.elsewhere import ACROSS
from integration.core.together.join import REACH
from integration.services.redact import ROUNDS

AT = datetime(2026, 4, 1, 8, tzinfo=UTC)
HALF, OTHER_HALF = "4111 1111", "1111 1111"
SIGNATURE = "-- \nKari, 14 Castle Row\nT 01392 555 0172 | VAT 884 2210 37"
CARD = f"{HALF} {OTHER_HALF}"
LONG = "We look forward to hearing from you about this matter. " * 20


def said(number: int, text: str, *, minute: float | None = None, **facts) -> Surface:
    content = facts.pop("content", Text(text, facts.pop("media_type", "text/plain")))
    made = {
        "author": "user:1",
        "role": Role.REQUESTER,
        "created": AT + timedelta(minutes=number if minute is None else minute),
    }
    return Surface(f"message:{number}", SurfaceKind.MESSAGE, content, **(made | facts))


def conversation(*texts: str, **facts) -> list[Surface]:
    return [said(number, text, **facts) for number, text in enumerate(texts)]


def marked(surfaces: list[Surface]) -> dict[str, list[tuple[str, str]]]:
    """Surface id -> kind and text of each piece that only the join shows."""
    own = {s.id: find(s.content.text, s.content.media_type) for s in texts_of(surfaces)}
    text = {s.id: s.content.text for s in texts_of(surfaces)}
    return {
        i: [(s.kind.value, text[i][a:b]) for s in spans for a, b in s.pieces]
        for i, spans in spans_across(surfaces, own, Policy()).items()
    }


def texts_of(surfaces: list[Surface]) -> list[Surface]:
    return [s for s in surfaces if isinstance(s.content, Text)]


def cleaned(surfaces: list[Surface], only: set[str] | None = None) -> list[Surface]:
    own = {s.id: find(s.content.text, s.content.media_type) for s in surfaces}
    across = spans_across(surfaces, own, Policy())
    done = []
    for s in surfaces:
        spans = joined(own[s.id], across.get(s.id, ()))
        text = s.content.text
        if only is None or s.id in only:
            text = mask(text, spans, media_type=s.content.media_type)
        facts = {"minute": (s.created - AT) / timedelta(minutes=1)}
        done.append(said(int(s.id.partition(":")[2]), text, **facts))
    return done


@pytest.mark.parametrize("plus", ["", "+"])
def test_a_telephone_with_its_country_is_no_part_of_a_number(plus: str) -> None:
    found = marked(conversation(f"I pay by card: {plus}40000566556", "65556"))
    assert bool(found) is not bool(plus)


@pytest.mark.parametrize(
    ("texts", "pieces"),
    [
        ((HALF, OTHER_HALF), [HALF, OTHER_HALF]),
        (("here is my card " + HALF, OTHER_HALF + " thanks"), [HALF, OTHER_HALF]),
        (("41111111", "11111111"), ["41111111", "11111111"]),
        (("41111111", "and 11111111"), ["41111111", "11111111"]),
        ((HALF, "og 1111 1111"), [HALF, OTHER_HALF]),
        (("411111111111", "1111"), ["411111111111", "1111"]),
        (("4111", "1111", "1111", "1111"), ["4111", "1111", "1111", "1111"]),
        (("3782 822463", "10005"), ["3782 822463", "10005"]),
        ((LONG + "My card: " + HALF, OTHER_HALF + "\n" + LONG), [HALF, OTHER_HALF]),
        ((HALF + " \n", "  " + OTHER_HALF), [HALF, OTHER_HALF]),
    ],
    ids=[
        "halves",
        "in words",
        "solid",
        "joined",
        "og",
        "last group",
        "groups",
        "amex",
        "long",
        "blank",
    ],
)
def test_a_number_that_goes_on_in_the_next_message_is_marked_in_each(texts, pieces) -> None:
    found = marked(conversation(*texts))
    assert [piece for spans in found.values() for piece in spans] == [
        ("PAN", piece) for piece in pieces
    ]
    assert list(found) == [f"message:{n}" for n in range(len(texts))]


@pytest.mark.exhaustive
@pytest.mark.parametrize(
    "texts",
    [
        (f"My card number is {HALF}", f"and the rest is {OTHER_HALF}"),
        (f"Kortnr {HALF}", f"resten: {OTHER_HALF}, utløp 10/28"),
        (f"Card: {HALF}", f"Sorry, sent too early. The last digits are {OTHER_HALF}"),
        (f"Meine Karte: {HALF}\n\nGruß\nKari", f"Fortsetzung: {OTHER_HALF}\n-- \nKari"),
        (f"my card {HALF} - more follows", f"{OTHER_HALF} is the rest"),
        (f"My card is {HALF}", "oops, hit send", f"the rest: {OTHER_HALF}"),
        (f"her er kortnummeret, del 1: {HALF}", f"Og her er del 2: {OTHER_HALF}. Hilsen Kari"),
        (f"I send the card in two. The first eight are {HALF}", f"The last: {OTHER_HALF}"),
        (f"First half of my card: {HALF}\n\n{SIGNATURE}", f"The last: {OTHER_HALF}\n{SIGNATURE}"),
        (f"8 chiffres de ma carte : {HALF}. La suite par mail.", f"La suite : {OTHER_HALF}."),
        (f"Card: {HALF}. Then the line went. Bye", f"the rest: {OTHER_HALF}"),
        (f"Card: {HALF}", f"the rest: {OTHER_HALF}\n\nOn 12 May Kari wrote:\n> Card: {HALF}"),
    ],
    ids=[
        *("and", "norwegian", "sentence", "greeting", "behind", "in between", "parts", "before"),
        *("signature", "french", "another sentence", "quoted below"),
    ],
)
def test_words_at_the_cut_hide_no_half_of_a_number(texts) -> None:
    found = marked(conversation(*texts))
    pieces = {i: [piece for piece in spans if piece[0] == "PAN"] for i, spans in found.items()}
    assert pieces["message:0"] == [("PAN", HALF)]
    assert pieces[f"message:{len(texts) - 1}"] == [("PAN", OTHER_HALF)]
    assert "message:1" not in pieces or len(texts) == 2


def test_what_a_gateway_writes_above_a_text_message_parts_no_number() -> None:
    head = "[SMS gateway] From: +447700900874  To: 60777  Received: 11:20:14  Part {}/2\n"
    texts = (f"{head.format(1)}pay with my card 4000056655", f"{head.format(2)}665556 thanks")
    pieces = [text for spans in marked(conversation(*texts)).values() for _, text in spans]
    assert pieces == ["4000056655", "665556"]


def test_a_digit_that_counts_the_others_is_none_of_them() -> None:
    texts = ("first 4 numbers of my card 4111", "next 4 1111", "then 1111", "and last 4 1111")
    found = marked(conversation(*texts))
    assert [piece for spans in found.values() for piece in spans] == [
        ("PAN", group) for group in ("4111", "1111", "1111", "1111")
    ]


def test_the_telephone_number_below_each_message_is_no_half_of_a_card() -> None:
    """Twice 41 11 11 13 is a number with the right check digit."""
    first, second = "I lost my card.\n\nKari\n41 11 11 13", "Any news?\n\nKari\n41 11 11 13"
    assert is_valid(b"4111111341111113")
    assert marked([said(0, first), said(1, second)]) == {}
    assert marked([said(0, first), said(1, second, minute=24 * 60)]) == {}


@pytest.mark.parametrize("sign", ["Kari Nordmann\n{}", "Kari Nordmann, {}", "Mvh Kari\n{}\n"])
def test_telephone_numbers_below_names_are_no_halves_of_a_card(sign: str) -> None:
    """41 11 11 13 and 22 33 44 03 make a number with the right check digit."""
    assert is_valid(b"4111111322334403")
    own, others = map(sign.format, ("41 11 11 13", "22 33 44 03"))
    first, second = f"My card was declined.\n\n{own}", f"Use another one.\n\n{others}"
    assert marked([said(0, first), said(1, second)]) == {}
    assert marked([said(0, first), said(1, second, author="user:2")]) == {}


@pytest.mark.parametrize("days", [0, 1, 6])
def test_the_rest_of_a_card_may_come_days_later_when_it_was_asked_for(days: int) -> None:
    first = said(0, "Hello, my card is 4111 1111 1111 exp 01/29\nWendy")
    asked = said(1, f"The last four are missing. Alice, tel 22 33 44 55 {LONG}", author="user:2")
    rest = said(2, "Oops, sorry! last 4 are 1111\n\nWendy", minute=days * 24 * 60 + 5)
    found = marked([first, asked, rest])
    assert ("PAN", "4111 1111 1111") in found["message:0"]
    assert found["message:2"] == [("PAN", "1111")]


@pytest.mark.parametrize(
    ("text", "rest", "days"),
    [
        ("my card is 4111 1111 1111", "last 4 are 1111", 8),
        ("my order is 4111 1111 1111", "last 4 are 1111", 1),
        ("my card is 4111 1111 1111", "my room is 1111", 1),
    ],
)
def test_what_nobody_calls_the_rest_of_a_card_is_none_days_later(text, rest, days) -> None:
    assert marked([said(0, text), said(1, rest, minute=days * 24 * 60 + 5)]) == {}


@pytest.mark.parametrize(
    "texts",
    [
        (f"My card is blocked, see case {HALF}", f"my phone is {OTHER_HALF}"),
        (f"My card is {HALF}", f"order {OTHER_HALF}"),
        (f"My card is {HALF}", f"it cost {OTHER_HALF} kr"),
        (f"My card was used at {HALF} as phone. Yes", f"and the rest: {OTHER_HALF}"),
        (f"I wrote {HALF}", f"and then {OTHER_HALF}"),
        (f"My card is {HALF}", f"{LONG}\n{OTHER_HALF}"),
        (f"My card is {HALF}", "and 12", f"then {OTHER_HALF}"),
        (f"My card is {HALF} 1111 1111 1", f"then {OTHER_HALF}"),
    ],
    ids=["phone", "order", "sum", "phone behind", "no card", "long", "other digits", "too many"],
)
def test_words_that_name_something_else_make_no_halves(texts) -> None:
    assert not any(
        ("PAN", OTHER_HALF) in pieces for pieces in marked(conversation(*texts)).values()
    )


@pytest.mark.parametrize(
    ("texts", "pieces"),
    [
        (
            ("Kortnummer, del 1 av 3: {}\nKari", "Del 2 av 3: {}\nKari", "Del 3 av 3: {}\nKari"),
            ("4111 1111", "1111", "1111"),
        ),
        (("card number part 1: {}", "part 2: {}", "part 3: {}"), ("4111 11", "1111 11", "1111")),
        (("My card number is {}", "oops", "{}", "and {}"), ("411111", "111111", "1111")),
        (("My card number is {}", "and the rest: {}"), ("٤١١١ ١١١١", "١١١١ ١١١١")),
        (("{}", "{} is on the card next", "then {}", "{}"), ("4111", "1111", "1111", "1111")),
    ],
    ids=["groups", "amid a group", "solid", "arabic digits", "four"],
)
def test_more_than_two_pieces_are_found_whatever_leads_to_them(texts, pieces) -> None:
    given = iter(pieces)
    found = marked(conversation(*(t.format(next(given)) if "{}" in t else t for t in texts)))
    assert list(found.values()) == [[("PAN", piece)] for piece in pieces]


@pytest.mark.parametrize(
    "texts",
    [
        ("Card: 4111 11", "part 2: 1111 11", "order 1111"),
        ("Card: 4111 11", "part 2: 1111 11", "call 1234 instead", "1111"),
        ("Card: 4111 11", "part 2: 1111 11", "> 1111"),
        ("Box 4111 11", "part 2: 1111 11", "part 3: 1111"),
        ("Card: 4111 11", "part 2: 1111 11, see order 22", "part 3: 1111"),
    ],
    ids=["order", "a number between", "quoted", "no card", "an order behind"],
)
def test_pieces_of_other_numbers_are_no_card(texts) -> None:
    assert marked(conversation(*texts)) == {}


def note_and_mail(first: str, second: str) -> list[Surface]:
    agent = replace(said(0, first, author="agent:7", role=Role.AGENT), kind=SurfaceKind.NOTE)
    return [agent, said(1, second)]


def test_halves_are_found_that_two_people_wrote_down() -> None:
    texts = (f"Got the first 8 digits of the card: {HALF}.", f"The remaining: {OTHER_HALF}")
    assert marked(note_and_mail(*texts)) == {
        "message:0": [("PAN", HALF)],
        "message:1": [("PAN", OTHER_HALF)],
    }


def test_a_number_of_somebody_else_is_no_code_of_a_card_in_pieces() -> None:
    wrote = note_and_mail(f"Her card begins {HALF}.", f"The remaining: {OTHER_HALF}")
    other = said(2, "123", author="agent:8", role=Role.AGENT)
    assert set(marked([*wrote, other])) == {"message:0", "message:1"}


def test_what_two_people_wrote_is_read_together_only_where_a_card_is_named() -> None:
    assert marked(note_and_mail(f"Got {HALF}.", f"The remaining: {OTHER_HALF}")) == {}
    assert marked(note_and_mail(f"Her card: {HALF}.", f"My order is {OTHER_HALF}")) == {}


def test_a_half_in_the_subject_is_found_by_the_one_in_the_message() -> None:
    subject = Surface("subject", SurfaceKind.SUBJECT, Text(f"card starts {HALF} rest inside"))
    found = marked([subject, said(0, f"rest of the card: {OTHER_HALF}")])
    assert found == {"subject": [("PAN", HALF)], "message:0": [("PAN", OTHER_HALF)]}


def test_a_subject_without_a_message_is_read_alone() -> None:
    subject = Surface("subject", SurfaceKind.SUBJECT, Text(f"card starts {HALF}"))
    assert marked([subject]) == {}
    blob = replace(subject, content=Blob("a.png", "image/png"))
    assert marked([blob, said(0, f"rest of the card: {OTHER_HALF}")]) == {}


def test_a_message_of_many_numbers_is_looked_through_at_either_end() -> None:
    many = "\n\n".join(str(number) for number in range(2001, 2030))
    found = marked(conversation(f"{many}\n\nMy card: {HALF}", f"The rest: {OTHER_HALF}\n\n{many}"))
    assert found == {"message:0": [("PAN", HALF)], "message:1": [("PAN", OTHER_HALF)]}


def test_an_amex_in_fours_is_found_where_its_second_group_was_cut() -> None:
    texts = ("Amex card number 3782 8224 63", "the remaining digits: 1000 5")
    pieces = marked(conversation(*texts))
    assert pieces == {
        "message:0": [("PAN", "3782 8224 63")],
        "message:1": [("PAN", "1000 5")],
    }


@pytest.mark.parametrize(
    "texts",
    [
        (f"The last half of my card number is {OTHER_HALF}", f"and the first: {HALF}"),
        (
            f"Siste halvdel er {OTHER_HALF}",
            f"Første halvdel av kortnummeret er {HALF}. Hilsen Kari",
        ),
        (f"Card, the last part: {OTHER_HALF}", "one moment", f"the beginning: {HALF}"),
    ],
    ids=["english", "norwegian", "words in a message"],
)
def test_halves_are_found_where_the_second_was_sent_first(texts) -> None:
    pieces = marked(conversation(*texts))
    assert pieces["message:0"] == [("PAN", OTHER_HALF)]
    assert pieces[f"message:{len(texts) - 1}"] == [("PAN", HALF)]


@pytest.mark.parametrize(
    "texts",
    [
        (f"My phone is {OTHER_HALF}", f"and about my card: {HALF}"),
        (f"It ends in {OTHER_HALF}", f"and begins with {HALF}"),
        (f"My card ends in {OTHER_HALF}", f"my order is {HALF}"),
        (f"Card {OTHER_HALF} 1111 1", f"and {HALF}"),
    ],
    ids=["telephone", "no word for a card", "order", "sizes"],
)
def test_numbers_that_would_be_a_card_the_other_way_round_stay(texts) -> None:
    assert marked(conversation(*texts)) == {}


def test_a_code_and_a_date_in_the_message_after_the_card_are_marked() -> None:
    found = marked(conversation(CARD, "12/27 123"))
    assert found == {"message:1": [("EXPIRY", "12/27"), ("CVV", "123")]}


def test_a_code_and_a_date_in_the_message_before_the_card_are_marked() -> None:
    assert marked(conversation("12/27 123", CARD)) == {
        "message:0": [("EXPIRY", "12/27"), ("CVV", "123")]
    }


def test_a_code_is_marked_though_its_card_was_masked_before_it_came() -> None:
    for number in ("[card visa **** 1111]", "her: [kort **** 1111]", "[card visa ****]"):
        assert marked(conversation(number, "12/27 123"))["message:1"][0] == ("EXPIRY", "12/27")


def test_the_pieces_are_those_of_the_raw_text() -> None:
    first = said(0, "<p>4111 <b>1111</b></p><!-- x -->", media_type="text/html")
    second = said(1, "<div>1111&nbsp;1111</div>", media_type="text/html")
    assert marked([first, second]) == {
        "message:0": [("PAN", "4111 "), ("PAN", "1111")],
        "message:1": [("PAN", "1111&nbsp;1111")],
    }


def test_a_mail_in_two_types_is_marked_in_both() -> None:
    mails = []
    for number, text in enumerate((HALF, OTHER_HALF)):
        for kind, raw in (("text/plain", text), ("text/html", f"<p>{text}</p>")):
            at = {"minute": number, "parent": f"mail:{number}", "media_type": kind}
            mails.append(said(len(mails), raw, **at))
    assert marked(mails) == {
        "message:0": [("PAN", HALF)],
        "message:1": [("PAN", HALF)],
        "message:2": [("PAN", OTHER_HALF)],
        "message:3": [("PAN", OTHER_HALF)],
    }


def test_the_code_of_a_mail_in_two_types_is_marked_once_in_each() -> None:
    mails = []
    for number, text in enumerate((CARD, "12/27 123")):
        for kind, raw in (("text/plain", text), ("text/html", f"<p>{text}</p>")):
            at = {"minute": number, "parent": f"mail:{number}", "media_type": kind}
            mails.append(said(len(mails), raw, **at))
    code = [("CVV", "123"), ("EXPIRY", "12/27")]
    found = marked(mails)
    assert {i: sorted(pieces) for i, pieces in found.items()} == {
        "message:2": code,
        "message:3": code,
    }


def test_the_two_types_of_one_mail_are_no_two_messages() -> None:
    at = {"minute": 0, "parent": "mail:1"}
    plain = said(0, HALF, **at)
    page = said(1, f"<p>{OTHER_HALF}</p>", media_type="text/html", **at)
    assert marked([plain, page]) == {}


def test_messages_of_different_types_may_belong_together() -> None:
    assert (
        len(marked([said(0, HALF), said(1, f"<p>{OTHER_HALF}</p>", media_type="text/html")])) == 2
    )


def test_what_somebody_else_wrote_in_between_parts_nothing() -> None:
    between = said(1, "go on", author="agent:7", role=Role.AGENT)
    assert set(marked([said(0, HALF), between, said(2, OTHER_HALF)])) == {"message:0", "message:2"}


def test_a_requester_without_an_id_is_one_author() -> None:
    assert len(marked(conversation(HALF, OTHER_HALF, author=None))) == 2


@pytest.mark.parametrize(
    "surfaces",
    [
        [said(0, HALF), said(1, OTHER_HALF, minute=15.1)],
        [said(0, HALF), said(1, OTHER_HALF, author="agent:7")],
        [said(0, HALF, author=None, role=Role.AGENT), said(1, OTHER_HALF, author=None)],
        [said(0, HALF), said(1, OTHER_HALF, created=None)],
        [said(0, HALF), Surface("subject", SurfaceKind.SUBJECT, Text(OTHER_HALF), "user:1")],
        [said(0, HALF), said(1, "", content=Blob("a.txt", "text/plain"))],
        [said(0, CARD), said(1, "12/27 123", minute=16)],
        [said(0, CARD), said(1, "yes", minute=9), said(2, "12/27 123", minute=18)],
    ],
    ids=["later", "another", "unknown", "no time", "subject", "file", "late code", "later code"],
)
def test_messages_that_do_not_belong_together_are_read_apart(surfaces) -> None:
    assert marked(surfaces) == {}


@pytest.mark.parametrize(
    "texts",
    [
        ("my order is 4111 1111", "1111 1111 is my phone"),
        ("the invoice is 4111 1111 11", "11 1111 was the old one"),
        (HALF + " is the order", OTHER_HALF),
        (HALF, "it was " + OTHER_HALF),
        (HALF, "2222 2222"),
        (HALF, "[card visa **** 1111]"),
        (CARD, "5555 5555 5555 4444"),
        (CARD, "I paid 250 for it", "call 123 4567"),
        ("2024", "1234", "17:30"),
        ("order 41111111", OTHER_HALF),
        (HALF + LONG, OTHER_HALF),
    ],
    ids=[
        "order and phone",
        "odd",
        "words behind",
        "words before",
        "no check digit",
        "mask",
        "two cards",
        "amounts",
        "small numbers",
        "grouped otherwise",
        "far",
    ],
)
def test_numbers_of_two_messages_that_are_no_card_together_stay(texts) -> None:
    assert marked(conversation(*texts)) == {}


def test_what_each_message_shows_alone_is_left_as_it_is() -> None:
    surfaces = conversation(f"{CARD} cvc 123", "exp 12/27")
    own = {s.id: find(s.content.text) for s in surfaces}
    across = spans_across(surfaces, own, Policy())
    for surface in surfaces:
        spans = joined(own[surface.id], across.get(surface.id, ()))
        pieces = sorted(piece for span in spans for piece in span.pieces)
        assert all(a[1] <= b[0] for a, b in pairwise(pieces))
    assert "message:0" not in across
    assert [s.kind for s in across["message:1"]] == [Kind.EXPIRY]


def test_a_part_carries_no_last_digits_and_says_why() -> None:
    surfaces = conversation(HALF, OTHER_HALF)
    for spans in spans_across(surfaces, {}, Policy()).values():
        assert [(s.last4, s.brand, s.action) for s in spans] == [(None, "visa", Action.REDACT)]
        assert ACROSS in spans[0].why


def test_a_policy_that_only_reports_cards_marks_nothing_across() -> None:
    policy = Policy(actions={Kind.PAN: Action.REPORT})
    assert spans_across(conversation(HALF, OTHER_HALF), {}, policy) == {}


words = st.sampled_from([HALF, OTHER_HALF, CARD, "12/27", "123", "hello", "4111", "[PIN removed]"])
texts = st.lists(st.lists(words, max_size=4).map(" ".join), min_size=2, max_size=5)


@example([CARD, f"{HALF} 123 12/27"])
@example(["123", "123", "123", f"{HALF} {CARD} 12/27"])
@example([HALF, CARD, f"12/27 {HALF} 1111", OTHER_HALF])
@example([CARD, f"{HALF} 123 12/27 12/27", CARD])
@given(texts)
def test_messages_that_are_cleaned_as_often_as_a_ticket_show_nothing_together(written) -> None:
    said = conversation(*written)
    for _ in range(ROUNDS):
        said = cleaned(said)
    assert marked(said) == {}


@pytest.mark.parametrize(
    "gone", ["[security code removed]", "[sikkerhetskode fjernet]"], ids=["en", "nb"]
)
def test_where_a_code_was_removed_no_second_one_is_taken(gone: str) -> None:
    before = {"message:0": [("CVV", "123")]}
    assert marked(conversation("123", "the card is", CARD)) == before
    assert marked(conversation(gone, "123", "the card is", "[card visa **** 1111]")) == {}


def test_a_date_that_is_named_goes_with_the_half_that_it_stands_beside() -> None:
    said = conversation(f"my card, first half: {HALF}", f"the rest: {OTHER_HALF}, exp 09/27")
    assert marked(said)["message:1"] == [("EXPIRY", "09/27"), ("PAN", OTHER_HALF)]


def test_numbers_around_parts_that_are_told_as_such_do_not_hide_them() -> None:
    said = conversation(
        f"the first 8 digits of my card are {HALF}. The others by phone. Booking MR-22190.",
        "Please call 0541 33 90 12 until 18.",
        f"Called at 17:10. Second part: {OTHER_HALF}. Exp. 04/30.",
    )
    assert marked(said) == {
        "message:0": [("PAN", HALF)],
        "message:2": [("PAN", OTHER_HALF), ("EXPIRY", "04/30")],
    }


def test_numbers_around_parts_that_are_not_told_as_such_hide_them() -> None:
    said = conversation(
        f"my card {HALF}. Booking MR-22190.",
        "Please call 0541 33 90 12 until 18.",
        f"Called at 17:10. {OTHER_HALF}.",
    )
    assert marked(said) == {}


@pytest.mark.parametrize("media_type", ["text/plain", "text/html"])
def test_a_card_of_one_message_is_no_part_of_a_row_over_others(media_type: str) -> None:
    rest = f"{HALF} 1111"
    said = conversation(HALF, CARD, f"12/27 {rest}", OTHER_HALF, media_type=media_type)
    assert marked(said) == {"message:2": [("PAN", rest)], "message:3": [("PAN", "1111")]}


def test_only_the_ends_of_long_messages_are_read() -> None:
    number = " " * REACH + CARD + " " * REACH
    assert marked(conversation("x" * 600 + number + "x" * 600, "12/27 123")) == {}


@pytest.mark.exhaustive
@pytest.mark.parametrize(
    "text",
    [
        "4111 1111 " * 200,
        "[card visa **** 1111] 123 " * 20_000,
        "123 12/27 " * 40_000,
        " " * 400_000,
    ],
    ids=["halves", "masks", "codes", "white space"],
)
def test_long_conversations_are_read_to_the_end(text) -> None:
    """Each of them would take minutes if any step looked at the whole once more for each find."""
    surfaces = conversation(CARD, *[text] * 6, minute=0)
    assert isinstance(spans_across(surfaces, {}, Policy()), dict)


@pytest.mark.exhaustive
def test_a_conversation_of_many_messages_is_read_to_the_end() -> None:
    surfaces = conversation(*["4111 1111", "12/27 123"] * 3_000, minute=0)
    assert isinstance(spans_across(surfaces, {}, Policy()), dict)
