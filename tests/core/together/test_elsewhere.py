"""Where a stretch of a message ends that is read together with another text."""

from __future__ import annotations

from integration.core.together.elsewhere import whole_words


def test_a_stretch_ends_before_a_row_of_digits_that_goes_on() -> None:
    text = "Events Office\n020 7946 0318, thanks"
    row, behind = text.index("020"), text.index(",")
    assert {whole_words(text, 0, end) for end in range(row, behind)} == {row}
    assert whole_words(text, 0, behind) == behind


def test_a_stretch_cuts_no_word() -> None:
    assert whole_words("wubba gyzzo frob", 0, 8) == len("wubba ")
    assert whole_words("wubba", 0, 8) == len("wubba")
