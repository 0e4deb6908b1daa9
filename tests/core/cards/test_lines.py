"""Card numbers that go on in the next line of a chat or the next part of a message."""

from __future__ import annotations

import pytest

from integration.core.detection import find
from integration.core.spans import Action, Kind, Span

BROKEN = {
    "two lines": "09:41 Leah: my card\n09:41 Leah: {4111 1111\n09:42 Leah: 1111 1111}\n09:43 R: ok",
    "four lines": "[14:20] t_w: {4111\n[14:20] t_w: 1111\n[14:21] t_w: 1111\n[14:21] t_w: 1111}",
    "dates": "24.11.26, 09:41 Leah: {4111 1111\n24.11.26, 09:42 Leah: 1111 1111}",
    "names": "Kari: kortet er {4111 1111\nKari: 1111 1111}",
    "half past": "9:41 pm - Leah: {4111 1111\r\n9:42 pm - Leah: 1111 1111}",
    "parts behind": "Kortnr: {4111 1111 (1/2)\n1111 1111} (2/2)",
    "parts before": "(1/2) Kort {4111 1111\n(2/2) 1111 1111}",
    "parts of a text message": "SMS 1/2: kort {41111111111\nSMS 2/2: 11111} takk",
    "parts amid groups": "Text (part 1/2): card {411111111\nText (part 2/2): 1111111} thanks",
    "a teletype": "SSR EPAY BA HK1 CCAX{378282246\n///310005}-EXP0828\nSSR OTHS BA PLS TKT",
    "parts in words": "[1 of 2] card {4111 1111\n[2 of 2] 1111 1111}",
    "a word between": "Kari: kortet er {4111 1111\nOla: ok\nKari: 1111 1111}",
    "bullets": "- card, please\n- {4111 11\n- ok\n- 11 1111\n- mm\n- 11 11}\n- thanks",
    "items": "Card number:\n1) {4111\n2) 1111\n3) 1111\n4) 1111}\nthanks",
    "items from the word's line on": "my card: 1. {4111\n2. 1111\n3. 1111\n4. 1111}\n",
    "six, six and four": (
        "Bot: card number, first six digits?\nMe: {411111\nBot: next six\nMe: 111111\n"
        "Bot: last four\nMe: 1111}\n"
    ),
    "numbered": "> Kortnummer\n> 1. {4111 1111\n> 2. 1111 1111}\n> 3. 12/28",
    "clock behind the name": "Kari (09:15): {4111 1111\nKari (09:16): 1111 1111}\nOla (09:17): ok",
    "answers among questions": "> Card, first 8?\n{4111 1111\n\n> And the last 8?\n1111 1111}\n",
    "said again": (
        "A: the card?\nB: {5105\nA: 5105.\nB: 1051\nA: 1051\nB: 0510\nA: 0510?\nB: 5100}\nA: ok"
    ),
    "said again with a word": (
        "A: ok?\nB: {5105\nA: 5105, yes\nB: 1051\nA: 1051 ok.\nB: 0510\nA: mhm\nB: 5100}\nA: ok"
    ),
    "cues": "WEBVTT\n\n00:01.100 --> 00:05.4\n{4111 1111\n\n00:06.100 --> 00:11.480\n1111 1111}\n",
    "numbered cues": "1\n0\n{4111 1111\n\n3\n00:00:06,100 --> 00:00:11,020\n1111 1111}\n",
    "cues that say who speaks": (
        "00:01.100 --> 00:05.400\n<v Ann>{4111\n\n00:06.100 --> 00:07.480\n<v Ann>1111\n\n"
        "00:08.100 --> 00:09.480\nAnn: 1111\n\n00:10.100 --> 00:11.480\n<v Ann>1111}\n\n"
    ),
    "halves asked for": (
        "A: first 8 of the card?\nB: {41111111\nA: and the remaining eight?\nB: 11111111}"
    ),
    "a writer called customer": (
        "Agent: first 8 of the card?\nCustomer: {41111111\nAgent: ok\nCustomer: 11111111}"
    ),
    "clock right behind the name": (
        "Rhys B. 10:12: {4111\nAgent 10:12: ok\nRhys B. 10:13: 1111\nRhys B. 10:13: 1111\n"
        "Agent 10:13: go on\nRhys B. 10:13: 1111}\nAgent 10:14: got it, thanks!"
    ),
    "writer and time above": (
        "Meg \u00b7 10:43\nno card here\n\nVisitor \u00b7 10:43\n{4111 1111\n\n"
        "Visitor \u00b7 10:43\n1111 1111}\n\nVisitor \u00b7 10:44\n06/28\n"
    ),
    "a line of the same writer that has no name": (
        "09:41 Leah: here you are\n{4111\n09:41 Leah: 1111\n09:42 Leah: 1111\n09:42 Leah: 1111}\n"
    ),
    "code behind": "09:41 Leah: {4111 1111\n09:42 Leah: 1111 1111}\n09:42 Leah: 123",
}


def cards(text: str) -> list[Span]:
    return [span for span in find(text) if span.kind is Kind.PAN]


@pytest.mark.parametrize("marked", BROKEN.values(), ids=BROKEN)
def test_a_number_is_found_over_the_lines_of_one_writer(marked: str) -> None:
    start, end = marked.index("{"), marked.index("}") - 1
    text = marked.replace("{", "").replace("}", "")
    (span,) = cards(text)
    assert (span.start, span.end, span.action) == (start, end, Action.REDACT)
    assert "chat-lines" in span.why


@pytest.mark.parametrize(
    "text",
    [
        "09:41 Leah: 4111 1111\n09:42 Rob: 1111 1111",
        "Order: 4111 1111\nCustomer: 1111 1111",
        "job 4111 1111\n09:41:12 1111 1111 done",
        "09:41 Leah: 4111 1111\n09:42 Leah: 1111 1112",
        "09:41 Leah: 4111 1111 yes\n09:42 Leah: 1111 1111",
        "box 4111 1111\nfull\n1111 1111 are on the shelf",
        "4111 1111\nnobody has ever asked for these\n1111 1111",
        "4111 1111\nok 12\n1111 1111",
        "4111 1111\n> order 12?\n1111 1111",
        "Kari (09:15): 4111 1111\nRob (09:16): 1111 1111",
        "A: your phone?\nB: 41111111\nA: and another one?\nB: 11111111",
        "A: 4111\nA: 4111\nB: 1111\nB: 1111",
        "A: 4111 1111\nB: 4111 1112\nA: 1111 1111",
        "Door codes:\n1) 4111\n2) 1111\n3) 1111\n4) 1111",
        "Card:\n1) 4111 1111\n3) 1111 1111",
    ],
    ids=[
        *("two writers", "labels", "log", "check digit", "word behind"),
        *("words on the line", "a sentence between", "a number between", "a number asked for"),
        *(
            "two writers with clocks",
            "telephones asked for",
            "the same writer again",
            "another number said",
        ),
        *("a list of other numbers", "items out of order"),
    ],
)
def test_lines_of_others_are_not_joined(text: str) -> None:
    assert cards(text) == []


def test_messages_of_two_writers_who_stand_above_them_are_not_joined() -> None:
    text = "Meg \u00b7 10:43\n4111 1111\n\nVisitor \u00b7 10:43\n1111 1111\n"
    assert cards(text) == []


def test_a_whole_number_is_found_beside_lines_that_are_joined() -> None:
    text = "09:41 Leah: 4111 1111 1111 1111\n09:42 Leah: 1227"
    assert [text[span.start : span.end] for span in cards(text)] == ["4111 1111 1111 1111"]


def test_the_clock_of_another_writer_is_no_group_of_the_number_above() -> None:
    """With the 14 of 14:04 the three groups would be a number of fourteen digits."""
    text = (
        "[14:03] Visitor: its 5521\n[14:03] Visitor: 1068\n[14:03] Visitor: 7252\n"
        "[14:04] Jordan: Please do not type your card number in this chat!"
    )
    assert cards(text) == []


def test_the_telephone_of_a_writer_is_no_part_of_what_is_written() -> None:
    text = "18:03 - +44 7700 900431: my card\n18:03 - +44 7700 900431: 4539"
    assert cards(text) == []


def test_a_half_that_the_next_line_repeats_is_no_number() -> None:
    assert find("my card:\n- 2500 9218\n- 2500 9218?") == []
    assert find("A: card 4534 9029\nB: 4534-9029") == []
    assert [span.last4 for span in find("card 4242 4242\n4242 4242")] == ["4242"]
    assert [span.last4 for span in find("4532\n1188\n1188\n7743")] == ["7743"]


def test_what_is_longer_than_any_number_is_no_part_of_one() -> None:
    assert find(f"card (1/2) {'4' * 21}\n(2/2) 1111") == []


BOXES = "box 1: 4000\nbox 2: 0566\nbox 3: 5566\nbox 4: 5556\n"


def test_a_number_may_go_on_below_in_its_column() -> None:
    column = " " * 40
    text = f"{'MASTERCARD . . .'.ljust(40)}5 4 3 4 3 2 9 6\n{column}9 1 3 2 7 9 1 8"
    (span,) = find(text)
    assert (span.start, span.end, span.action) == (40, len(text), Action.REDACT)


def test_items_with_fields_for_a_date_and_a_code_below_them_are_a_number() -> None:
    text = f"{BOXES}month: 09\nyear: 2030\n3digit: 315"
    assert {span.kind for span in find(text)} == {Kind.PAN, Kind.EXPIRY, Kind.CVV}


def test_items_alone_are_none() -> None:
    assert find(f"{BOXES}total: 4 boxes") == []


@pytest.mark.parametrize(
    "html",
    [
        "<div>Kari: 4242 4242</div><div>Ola: ok</div><div>Kari: 4242 4242</div>",
        "<p>Kari: 4242 4242</p><p>Kari: 4242 4242</p>",
        "<p>Kari: 4000 0566</p><p>Ola: 4000 0566?</p><p>Kari: 5566 5556</p>",
    ],
    ids=["a word between", "lines of one writer", "said again"],
)
def test_paragraphs_of_html_are_lines(html: str) -> None:
    assert [span.kind for span in find(html, "text/html")] == [Kind.PAN]


@pytest.mark.parametrize(
    "said",
    [
        "my card number is 40 00 05 66 55 66 um 55 56 and",
        "my card is 40 00 056 6 55 66, erm, 55 56 and",
        "4000 0566, eh, 5566 5556 and",
        "4000 uh 0566 UM 5566 mm 5556 and",
        "It's 4000 (pause) 0566 (kort pause), 5566 [rustling] 5556 and",
    ],
)
def test_who_looks_for_the_next_digits_parts_none(said: str) -> None:
    (number,) = [span for span in find(said) if span.kind is Kind.PAN]
    assert said[number.end :] == " and"
    assert number.action is Action.REDACT


def test_a_word_that_is_no_pause_parts_numbers() -> None:
    assert find("rooms 4000 0566 or 5566 5556") == []
    assert find("4000 (kitchen) 0566 (hall) 5566 (bath) 5556") == []
