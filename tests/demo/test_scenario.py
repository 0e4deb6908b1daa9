from __future__ import annotations

import re
from functools import cache

import pytest

from integration.core.cards import luhn
from integration.core.detection import find, mask
from integration.core.spans import Action
from integration.demo.judge import pattern, places_with, stands
from integration.demo.scenario import ISSUERS, LOOKALIKES, stories

SEEDS = range(40)
HTML = {"html", "answer_html"}
TEXTS = {"subject", "text", "html", "reply", "answer", "answer_html", "note", "quoted"}
TEXTS |= {"custom_field"}


@pytest.fixture(scope="module")
def one_day():
    return day(2026)


@cache
def day(seed):
    return list(stories(seed))


@cache
def masked(part, text):
    media_type = "text/html" if part in HTML else "text/plain"
    spans = [s for s in find(text, media_type) if s.action is Action.REDACT]
    return mask(text, spans, media_type=media_type)


@pytest.mark.exhaustive
@pytest.mark.parametrize("seed", SEEDS)
def test_every_planted_card_is_real_enough_and_found_where_it_was_planted(seed):
    for story in day(seed):
        for card in story.cards:
            assert luhn.is_valid(card.digits.encode())
            holding = [p for p in TEXTS & set(story.parts) if pattern(card).search(story.parts[p])]
            assert holding, "it was planted somewhere"
            for part in holding:
                assert not pattern(card).search(masked(part, story.parts[part]))


@pytest.mark.exhaustive
@pytest.mark.parametrize("seed", SEEDS)
def test_every_code_and_date_is_gone_from_where_it_was_planted(seed):
    for story in day(seed):
        before = list(story.parts.items())
        after = [(part, masked(part, text)) for part, text in before if part in TEXTS]
        assert all(len(places_with(short, before)) == 1 for short in story.beside)
        assert not any(places_with(short, after) for short in story.beside)


@pytest.mark.exhaustive
@pytest.mark.parametrize("seed", SEEDS)
def test_nothing_but_card_data_is_taken_from_a_text(seed):
    for story in day(seed):
        for part in TEXTS & set(story.parts):
            assert stands(story.pieces[part], masked(part, story.parts[part]))


@pytest.mark.exhaustive
@pytest.mark.parametrize("seed", SEEDS)
def test_a_ticket_without_a_card_stays_as_it_was_written(seed):
    for story in day(seed):
        if not story.planted:
            parts = {p: story.parts[p] for p in TEXTS & set(story.parts)}
            assert {p: masked(p, text) for p, text in parts.items()} == parts


def test_a_day_has_everything_that_a_helpdesk_has(one_day):
    assert len(one_day) >= 60
    parts = {part for story in one_day for part in story.parts}
    assert parts >= TEXTS | {"file", "tag"}
    assert any(
        story.cards and pattern(story.cards[0]).search(story.parts["subject"]) for story in one_day
    )
    sent = [s for s in one_day if "answer" in s.parts]
    assert any(pattern(c).search(s.parts["answer"]) for s in sent for c in s.cards)
    assert any(story.planted and "tag" in story.parts for story in one_day)
    assert any(re.search("[0-9]{12}", s.parts["text"]) for s in one_day if not s.planted)


def test_people_write_in_both_languages(one_day):
    words = [
        set(re.findall(r"\w+", (s.parts.get("text") or s.parts["html"]).lower())) for s in one_day
    ]
    norwegian = sum(1 for found in words if found & {"hei", "jeg", "kortet", "ikke"})
    english = sum(1 for found in words if found & {"the", "my", "you", "hello"})
    assert min(norwegian, english) >= 20


def test_every_issuer_and_every_look_alike_is_used(one_day):
    written = [text for story in one_day for text in story.parts.values()]
    shapes = [re.escape(shape).replace(r"\#", "[0-9]") for shape in LOOKALIKES.values()]
    assert all(any(re.search(shape, text) for text in written) for shape in shapes)
    numbers = [card.digits for story in one_day for card in story.cards]
    assert all(any(n.startswith(p) for n in numbers) for p, _ in ISSUERS.values())


def test_the_same_seed_writes_the_same_day(one_day):
    assert list(stories(2026)) == one_day
    assert list(stories(2027)) != one_day


def test_numbers_do_not_show_in_what_is_printed_of_a_story(one_day):
    shown = repr(one_day)
    assert not any(pattern(card).search(shown) for story in one_day for card in story.cards)
    assert not any(short.written in shown for story in one_day for short in story.beside)
