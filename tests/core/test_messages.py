"""Every text exists in both languages, with the same fields, and holds no card number."""

from __future__ import annotations

import string

import pytest

from integration.core.capabilities import Method, Outcome
from integration.core.checks.catalogue import METADATA
from integration.core.detection import contains_card
from integration.core.findings.causes import CAUSES, Closing
from integration.core.masks import LOCALES
from integration.core.messages import catalogue, say
from integration.core.spans import Kind
from integration.core.surfaces import Direction, Role, SurfaceKind


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def test_both_languages_have_the_same_keys():
    assert set(catalogue("en")) == set(catalogue("nb"))


def test_a_text_has_the_same_fields_in_both_languages():
    english, norwegian = ({k: fields(t) for k, t in catalogue(x).items()} for x in ("en", "nb"))
    assert english == norwegian


@pytest.mark.parametrize("locale", LOCALES)
def test_no_text_holds_a_number_that_is_like_a_card(locale):
    assert [key for key, text in catalogue(locale).items() if contains_card(text)] == []


@pytest.mark.parametrize(
    ("prefix", "words"),
    [
        ("outcome", Outcome),
        ("method", Method),
        ("surface", SurfaceKind),
        ("kind", Kind),
        ("role", Role),
        ("direction", Direction),
        ("finding.answer", Closing),
    ],
    ids=lambda value: value if isinstance(value, str) else value.__name__,
)
def test_every_slug_has_a_word(prefix, words):
    assert {f"{prefix}.{word.value}" for word in words} <= set(catalogue("en"))


def test_every_cause_has_a_subject_what_happened_and_what_to_do():
    wanted = {
        f"finding.{cause}.{part}" for cause in CAUSES for part in ("subject", "happened", "todo")
    }
    assert wanted <= set(catalogue("en"))


def test_an_unknown_locale_speaks_english():
    assert say("outcome.gone", "xx") == say("outcome.gone", "en")


def test_a_missing_text_is_a_bug_that_shows():
    with pytest.raises(KeyError):
        say("nothing.here", "en")


def test_a_value_cannot_reach_into_an_object():
    template = "{a.__class__}"
    assert fields(template) == {"a.__class__"}
    assert all(
        "." not in name and "[" not in name for t in catalogue("en").values() for name in fields(t)
    )


@pytest.mark.parametrize(
    ("word", "others"),
    [
        ("agentene", ["saksbehandl"]),
        ("kundesystemet", ["kundesenter", "løsningen"]),
        ("merker", ["merkelapp"]),
        ("kunde", ["innsender"]),
        ("sakslister", ["saklister"]),
    ],
    ids=["agent", "helpdesk", "tag", "requester", "list"],
)
def test_norwegian_has_one_word_for_one_thing(word, others):
    checks = (c.say(part, "nb") for c in METADATA.values() for part in ("title", "why", "fix"))
    texts = [text.casefold() for text in (*catalogue("nb").values(), *checks)]
    assert any(word in text for text in texts)
    assert [text for text in texts for other in others if other in text] == []
