"""A number in whatever groups goes where a card number is asked for and nothing else is told."""

from __future__ import annotations

import pytest
from support.read_together import cleaned, place

FOUR = ("400", "00566", "5566", "5556")
"""A number that is made for this test, in groups of no kind."""
TALKS = (
    ("{}: {}", "Agent", "Customer"),
    ("(09:35) {} - {}", "Agent", "Kunde"),
    ("[12:01:33] {}: {}", "Anna", "+47 922 71 387"),
    ("SMS {} 10:07 (27.09.2023): {}", "Anna", "20 08 67 12"),
    ("12:01 {} > {}", "Anna", "Guest 4471"),
    ("09:17:46 | {} | {}", "agent", "visitor"),
    ("{} 12:01\n{}", "Anna", "Visitor 7566"),
    ("00:30.018  {}  {}", "SPK_0", "SPK_1"),
    ('{{"start": 85, "end": 92, "speaker": "{}", "text": "{}", "confidence": 0.93}}', "A", "B"),
)


def chat(line: str, agent: str, customer: str, *said: str) -> str:
    """A transcript: what begins with a dash is said by the agent."""
    turns = ((agent, each[1:]) if each.startswith("-") else (customer, each) for each in said)
    return "\n".join(line.format(*turn) for turn in turns)


def test_a_number_that_is_gone_was_the_answer_and_no_other_that_follows_is() -> None:
    text = "card for extras\n{}\n\nDinner for 40 pax.\n\nBrenda (0005) 665 56655 56"
    assert left_of(text.format("[card visa **** 5556]")) == text.format("[card visa **** 5556]")
    assert left_of(text.format("not yet")) != text.format("not yet")


def test_the_day_behind_a_number_in_groups_is_no_end_of_it_said_again() -> None:
    text = "refused my Diners Club card 3852 002970 6259 on 9 December. Please explain."
    assert left_of(text) == text.replace("3852 002970 6259", "[card diners **** 6259]")


def test_what_our_masks_say_is_no_word_for_a_card() -> None:
    text = "PAN={} MCC=4000 TID=05665566 STAN=5556\n"
    assert left_of(text.format("[card visa **** 5556]")) == text.format("[card visa **** 5556]")
    parts = "INFO ok {}\nINFO 40000566 queued\nINFO 55665556 done"
    assert left_of(parts.format("[card visa ****]")) == parts.format("[card visa ****]")


def left_of(text: str) -> str:
    return cleaned(place(text)).get("message", text)


@pytest.mark.parametrize("talk", TALKS, ids=range(len(TALKS)))
def test_a_number_in_breaths_goes_whoever_the_lines_are_by(talk: tuple[str, str, str]) -> None:
    left = left_of(chat(*talk, "-Can I have the card number?", *FOUR, "-Thank you"))
    left = left.replace("**** 5556", "****")
    assert not any(f"{each}" in left for each in FOUR)
    assert "Thank you" in left


def test_what_the_other_side_repeats_goes_and_small_talk_stays() -> None:
    said = [turn for each in FOUR for turn in (each, f"-{each}, yes?", "one moment, the dog")]
    left = left_of(chat(*TALKS[0], "-What's the card number?", *said))
    assert not any(each in left for each in FOUR)
    assert left.count("one moment, the dog") == len(FOUR)


def test_a_number_in_words_goes_line_by_line() -> None:
    said = (
        "four zero",
        "zero zero",
        "zero five six six",
        "five five six six",
        "five five",
        "five six",
    )
    left = left_of(chat(*TALKS[1], "-Card number please?", *said))
    assert not any(f"{word} " in left for word in ("five", "six", "zero"))


def test_the_times_of_subtitles_are_no_part_of_a_number() -> None:
    said = ("What is the card number?", *FOUR)
    text = "\n\n".join(
        f"{at}\n00:01:0{at},092 --> 00:01:0{at},500\n{each}" for at, each in enumerate(said, 1)
    )
    left = left_of(text)
    assert not any(f"\n{each}" in left for each in FOUR)
    assert left.count(",092 --> ") == len(said)


@pytest.mark.parametrize(
    "wrong",
    [
        ("not 5536, it's 5566",),
        ("oops I meant 5566 instead of 5536", "-Yes 5566"),
        ("-5536, right?", "no, 5566, not 5536"),
    ],
    ids=range(3),
)
def test_a_group_that_is_put_right_in_the_next_line_goes_with_the_right_one(
    wrong: tuple[str, ...],
) -> None:
    said = ("400", "00566", "5536", *wrong, "5556")
    left = left_of(chat(*TALKS[0], "-What's the card number?", *said))
    assert not any(each in left for each in (*FOUR, "5536"))


def test_the_end_of_a_number_in_words_may_be_put_right() -> None:
    number = "four zero zero zero zero five six six five five six six five five five six"
    wrong = f"{number.removesuffix('six')}nine"
    said = (wrong, "sorry, not five five five nine, it's five five five six")
    left = left_of(chat(*TALKS[0], "-What's the card number?", *said))
    assert not any(f"{word} " in left for word in ("five", "zero", "six", "nine"))


def test_what_is_agreed_to_at_length_goes_in_a_transcript_of_one_line() -> None:
    said = "card number please 4000 4000 that is what i have here 0566 yes 0566 right"
    more = "5566 5566 okay so that's correct then 5556 5556 okay what is the expiry date"
    left = left_of(f"{said} {more}")
    assert not any(each in left for each in ("4000", "0566", "5566", "5556"))


def test_a_row_that_goes_on_and_on_is_no_number_and_takes_no_time() -> None:
    text = (
        "card number? " + "four one double four one " * 200
    )  # read by each way it may repeat: hours
    assert left_of(text) == text


@pytest.mark.parametrize(
    "said",
    [
        ("-What's your phone number?", *FOUR),  # nobody asks for a card
        ("-What's the card number?", *FOUR[:-1], "5557"),  # no number
        ("-The card?", "-And the customer number?", *FOUR),
        ("my gift card", "-The card number please?", *FOUR),
        ("-The card number?", FOUR[0], "the order number is", *FOUR[1:]),
        ("-The card number?", FOUR[0], "paid 12.50 EUR", *FOUR[1:]),
        ("-The card number?", *FOUR, "5557 21", "4711 9"),  # goes on
        ("-The card number?", f"it was bought with {FOUR[0]} more {'and so on ' * 9}{FOUR[1]}"),
        ("-Your card?", *(f"Town{at} {digit}" for at, digit in enumerate("".join(FOUR)))),
        ("my card, which ends in 400", *FOUR[1:]),
        ("| Card | RRN |", "| `x` | 606912004417 |"),  # no breath says more than the number
    ],
    ids=range(11),
)
def test_anything_else_stays(said: tuple[str, ...]) -> None:
    text = chat(*TALKS[0], *said)
    assert left_of(text) == text
