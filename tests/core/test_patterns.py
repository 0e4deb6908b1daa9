"""An account's own patterns: what they find, what they never hide, and that they cannot hang."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from integration.core import patterns as engine
from integration.core.detection import find, mask
from integration.core.pattern_problems import INSTALL, LONGEST, MOST, problems
from integration.core.patterns import OwnPattern, OwnPatterns
from integration.core.policy import Policy
from integration.core.spans import Action, Kind

STAFF = OwnPattern("staff-number", r"\bEMP[0-9]{6}\b", match=("EMP123456",))
CARD = "4111 1111 1111 1111"
NO_TIME = itertools.repeat(0.0).__next__


def policy(*patterns: OwnPattern, clock=NO_TIME) -> Policy:
    return replace(Policy(), patterns=OwnPatterns(patterns, clock))


def spans(text: str, *patterns: OwnPattern, media_type: str = "text/plain", clock=NO_TIME):
    return find(text, media_type, policy(*patterns, clock=clock))


def pattern(said: str, name: str = "own", **facts) -> OwnPattern:
    return OwnPattern(name, said, **facts)


def test_what_a_pattern_finds_is_reported_under_its_name():
    (span,) = spans("I am EMP123456, hello", STAFF)
    assert (span.start, span.end, span.kind) == (5, 14, Kind.OWN_PATTERN)
    assert (span.action, span.why) == (Action.REPORT, ("staff-number",))


def test_offsets_count_characters_and_not_bytes():
    text = "Åse 🙂 er EMP123456 og EMP654321 🙂"
    assert [text[s.start : s.end] for s in spans(text, STAFF)] == ["EMP123456", "EMP654321"]


def test_a_lone_surrogate_moves_no_offset():
    text = "a \ud800 EMP123456"
    (span,) = spans(text, STAFF)
    assert text[span.start : span.end] == "EMP123456"


def test_a_pattern_is_found_over_tags_of_html():
    (span,) = spans("<p>I am <b>EMP12</b>3456</p>", STAFF, media_type="text/html")
    assert len(span.segments) > 1


def test_nothing_is_matched_from_the_text_into_an_attribute():
    source = "<p>EMP123<a title='456'>x</a></p>"
    assert spans(source, pattern(r"(?s)EMP[0-9]{3}.*[0-9]{3}"), media_type="text/html") == []


@pytest.mark.parametrize("locale", ["en", "nb"])
def test_what_is_to_be_redacted_is_masked_and_not_found_again(locale):
    redacting = replace(STAFF, action=Action.REDACT)
    text = "I am EMP123456"
    masked = mask(text, spans(text, redacting), locale=locale)
    assert "123456" not in masked
    assert spans(masked, redacting) == []


def test_a_stronger_kind_wins_where_both_match():
    (span,) = spans(f"card {CARD}", pattern(r"[0-9 ]{10,30}"))
    assert span.kind is Kind.PAN


def test_of_two_patterns_the_one_with_the_stronger_action_wins():
    reported = pattern(r"EMP[0-9]{6}", "a")
    redacted = pattern(r"[0-9]{6}", "b", action=Action.REDACT)
    (span,) = spans("EMP123456", reported, redacted)
    assert span.why == ("b",)


def test_a_word_of_context_must_stand_near():
    named = pattern(r"\b[0-9]{6}\b", words=("ansattnr", "staff id"))
    assert [s.why for s in spans("Ansattnr: 123456", named)] == [("own", "context-word")]
    assert [s.why for s in spans("123456 is my STAFF ID", named)] == [("own", "context-word")]
    assert spans("ring 123456", named) == []
    assert spans("ansattnr " + "x" * 60 + " 123456", named) == []
    assert spans("ansattnrx 123456", named) == []


@pytest.mark.parametrize(
    "text", [f"staff, card {CARD}, 123456", f"123456, card {CARD}: staff"], ids=["before", "behind"]
)
def test_a_word_on_the_other_side_of_a_card_counts_before_and_after_the_card_is_masked(text):
    named = pattern(r"\b[0-9]{6}\b", words=("staff",))
    masked = mask(text, spans(text, named))
    assert CARD not in masked
    for said in (text, masked):
        assert Kind.OWN_PATTERN in {span.kind for span in spans(said, named)}


def test_a_word_in_the_cell_beside_is_context_and_one_in_an_attribute_is_not():
    named = pattern(r"\b[0-9]{6}\b", words=("staff",))
    beside = "<table><tr><td>staff</td><td>123456</td></tr></table>"
    assert len(spans(beside, named, media_type="text/html")) == 1
    assert spans("<p>123456<a title='staff'>x</a></p>", named, media_type="text/html") == []


def test_matches_at_the_edge_of_a_window_are_found_whole():
    for shift in range(-12, 3):
        text = "x " * 2048 + "EMP123456"
        text = " " * (4096 + shift - 4096 % 2) + "EMP123456" + text
        found = [text[s.start : s.end] for s in spans(text, STAFF)]
        assert found == ["EMP123456"], shift


def test_a_match_over_two_windows_is_not_found_twice():
    text = "y" * 4090 + "z" * 100
    assert [(s.start, s.end) for s in spans(text, pattern("z+"))] == [(4090, 4190)]


def test_a_text_that_takes_too_long_is_reported_as_not_read():
    clock = itertools.count(step=0.3).__next__
    found = spans("x " * 10_000, STAFF, clock=clock)
    assert [(s.kind, s.action, s.why) for s in found] == [
        (Kind.OWN_PATTERN, Action.REPORT, ("too-slow",))
    ]
    assert found[0].unread


def test_a_card_is_found_and_masked_all_the_same():
    text = f"card {CARD} " + "x " * 10_000
    found = spans(text, STAFF, clock=itertools.count(step=0.3).__next__)
    assert {s.kind for s in found} == {Kind.PAN, Kind.OWN_PATTERN}
    assert CARD not in mask(text, found)


def test_the_search_stops_between_two_windows():
    ticks = itertools.count(step=0.2)
    spans("x " * 1_000_000, STAFF, clock=ticks.__next__)
    assert next(ticks) < 2


def test_an_encoded_part_that_was_not_read_is_reported_as_well():
    body = "x" * 60 + "\n"
    source = (
        "Content-Transfer-Encoding: base64\n\n"
        + __import__("base64").b64encode((body * 300).encode()).decode()
    )
    clock = itertools.count(step=0.3).__next__
    found = spans(source, STAFF, media_type="message/rfc822", clock=clock)
    assert any(s.unread for s in found)


def test_a_match_of_no_characters_is_none():
    text = "a xx b"
    assert [text[s.start : s.end] for s in spans(text, pattern(r"\bx*"))] == ["xx"]


def test_characters_without_width_do_not_hide_a_match():
    text = "EMP\u200b12\u00ad3456"
    (span,) = spans(text, STAFF)
    assert (span.start, span.end) == (0, len(text))


ANCHORS = st.sampled_from([r"^a", r"\ba", r"a\b", r"a$", r"\Ba", r"a+b?", r"ab|bc?", r"[abc]{2}"])


WORDS = st.sampled_from([(), ("a",), ("bc", "1")])


@given(st.lists(st.tuples(ANCHORS, WORDS), min_size=1, max_size=3), st.text("abc 1", max_size=90))
def test_masked_text_holds_nothing_that_the_patterns_find(said, text):
    own = [
        pattern(regex, f"own-{'abc'[at]}", action=Action.REDACT, words=words)
        for at, (regex, words) in enumerate(said)
    ]
    masked = mask(text, spans(text, *own))
    assert [s for s in spans(masked, *own) if s.action is Action.REDACT] == []


@settings(deadline=None)
@given(st.text(max_size=200))
def test_no_text_makes_it_raise(text):
    assert all(0 <= s.start < s.end <= len(text) for s in spans(text, pattern(r"\pL+[0-9]?")))


def test_patterns_that_can_be_used_have_no_problem():
    assert problems([STAFF, replace(STAFF, name="other", no_match=("EMP12345",))]) == []
    assert problems([]) == []


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (replace(STAFF, name="Staff"), "lower-case words"),
        (replace(STAFF, name="staff-2"), "lower-case words"),
        (replace(STAFF, name="too-slow"), "meaning of its own"),
        (replace(STAFF, action=Action.IGNORE), "redact, report, count"),
        (replace(STAFF, words=("",)), "word of context is empty"),
        (replace(STAFF, match=()), "at least one text"),
        (replace(STAFF, match=("EMP1",)), "not found in text 1 of match"),
        (replace(STAFF, no_match=("x", "EMP123456")), "found in text 2 of no_match"),
        (replace(STAFF, pattern="a" * (LONGEST + 1)), "longer than"),
        (replace(STAFF, pattern=r"a\C"), "takes characters apart"),
        (replace(STAFF, pattern="(a"), r"RE2 syntax (missing ))"),
        (replace(STAFF, pattern="(?<=a)b"), "RE2 syntax"),
        (replace(STAFF, pattern=r"(?:\pL{1,30}\d){9}"), "too large"),
        (replace(STAFF, pattern="a*"), "matches nothing at all"),
        (replace(STAFF, pattern=r"[0-9]{4}"), "in place of what we remove"),
        (replace(STAFF, pattern="removed"), "in place of what we remove"),
        (replace(STAFF, pattern="innhold"), "in place of what we remove"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_cannot_be_used_is_refused_with_one_sentence(wrong, said):
    (sentence,) = problems([wrong])
    assert sentence.startswith(f"{wrong.name}: ")
    assert said in sentence


def test_all_problems_are_told_at_once():
    told = problems([replace(STAFF, name="A"), replace(STAFF, pattern="(", match=())])
    assert len(told) == 3


def test_names_are_used_once_and_the_number_of_patterns_has_an_end():
    assert "more than once" in problems([STAFF, STAFF])[0]
    many = [replace(STAFF, name="s" * (n + 1)) for n in range(40)] + [
        replace(STAFF, name="t" * (n + 1)) for n in range(MOST - 39)
    ]
    assert f"At most {MOST}" in problems(many)[0]


def test_without_the_engine_it_is_said_what_to_install(monkeypatch):
    engine.compiled.cache_clear()
    monkeypatch.setitem(__import__("sys").modules, "re2", None)
    assert problems([STAFF]) == [INSTALL]
    engine.compiled.cache_clear()


def test_the_repr_of_a_pattern_shows_neither_it_nor_its_examples():
    assert "EMP" not in repr(STAFF)
