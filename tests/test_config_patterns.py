"""`[[policy.patterns]]`: read, proved by their examples, and laid over by account."""

from __future__ import annotations

import pytest

from integration.config import load
from integration.core.errors import ConfigError
from integration.core.spans import Action

STAFF = """
[[policy.patterns]]
name = "staff-number"
pattern = '\\bEMP[0-9]{6}\\b'
action = "redact"
words = ["employee"]
match = ["employee EMP123456"]
no_match = ["EMP123456"]
"""


@pytest.fixture
def read(tmp_path):
    def _read(toml: str, **env: str):
        (tmp_path / "deskwarden.toml").write_text(toml, encoding="utf-8")
        return load(env, cwd=tmp_path, home=tmp_path / "home")

    return _read


def problems(read, toml: str) -> tuple[str, ...]:
    with pytest.raises(ConfigError) as caught:
        read(toml)
    return caught.value.problems


def test_a_pattern_is_read_with_all_that_it_says(read):
    (pattern,) = read(STAFF).policy.patterns.patterns
    assert (pattern.name, pattern.action) == ("staff-number", Action.REDACT)
    assert (pattern.words, pattern.no_match) == (("employee",), ("EMP123456",))


def test_without_patterns_there_is_no_engine_in_the_policy(read):
    assert read("[policy]\nlocale = 'nb'\n").policy.patterns is None


def test_an_account_has_the_common_patterns_and_its_own(read):
    config = read(
        STAFF
        + """
        [[policy.accounts.acme.patterns]]
        name = "booking"
        pattern = 'BK[0-9]+'
        match = ["BK1"]
        [[policy.accounts.other.patterns]]
        name = "staff-number"
        pattern = 'STAFF[0-9]+'
        match = ["STAFF1"]
        """
    )
    names = [p.name for p in config.for_account("acme").patterns.patterns]
    assert names == ["staff-number", "booking"]
    (own,) = config.for_account("other").patterns.patterns
    assert own.pattern == "STAFF[0-9]+"
    assert config.for_account("third") == config.policy


def test_every_problem_is_told_at_once_and_no_pattern_is_repeated(read):
    (told,) = problems(
        read,
        """
        [[policy.patterns]]
        name = "one"
        pattern = "EMP("
        match = ["EMP"]
        [[policy.patterns]]
        name = "two"
        pattern = "SECRET"
        match = ["other"]
        no_match = ["SECRET"]
        """,
    )
    assert "one: the pattern is not valid in RE2 syntax" in told
    assert "two: it is not found in text 1 of match." in told
    assert "two: it is found in text 1 of no_match." in told
    assert "EMP" not in told
    assert "SECRET" not in told


def test_a_table_that_cannot_be_read_hides_nothing_of_itself_or_the_others(read):
    (told,) = problems(
        read,
        """
        [[policy.patterns]]
        name = "one"
        pattern = "AB[0-9]+"
        action = "burn"
        match = ["other"]
        [[policy.patterns]]
        pattern = "CD[0-9]+"
        match = ["other"]
        [[policy.patterns]]
        name = "Three"
        pattern = "EF("
        match = ["EF"]
        [[policy.patterns]]
        name = "four"
        pattern = "GH"
        match = "GH"
        """,
    )
    for said in (
        "one: action: Must be one of",
        "one: it is not found in text 1 of match.",
        "pattern 2: name: Missing data",
        "pattern 2: it is not found in text 1 of match.",
        "Three: the name must be lower-case",
        "Three: the pattern is not valid in RE2 syntax",
        "four: match: Not a valid list.",
    ):
        assert said in told
    assert "pattern 2: the name must" not in told


def test_a_missing_name_and_an_unknown_key_are_problems(read):
    told = problems(read, "[[policy.patterns]]\npattern = 'a'\nwhat = 1\n")
    assert told
    assert all(problem.startswith("policy.patterns: ") for problem in told)


def test_a_problem_of_an_account_names_the_account(read):
    (told,) = problems(
        read, "[[policy.accounts.acme.patterns]]\nname = 'a'\npattern = 'BK[0-9]+'\nmatch = ['c']\n"
    )
    assert told.startswith("policy.accounts.acme.patterns: a: it is not found")


def test_without_the_engine_the_problem_says_what_to_install(read, monkeypatch):
    from integration.core.patterns import compiled

    compiled.cache_clear()
    monkeypatch.setitem(__import__("sys").modules, "re2", None)
    (told,) = problems(read, STAFF)
    compiled.cache_clear()
    assert "pip install 'deskwarden[patterns]'" in told


def test_the_action_of_patterns_is_not_set_by_their_kind(read):
    with pytest.raises(ConfigError, match="an action of its own"):
        read("[policy.actions]\nOWN_PATTERN = 'count'\n")


def test_there_is_no_variable_for_patterns(read):
    with pytest.raises(ConfigError, match="DESKWARDEN_POLICY_PATTERNS: unknown variable"):
        read("", DESKWARDEN_POLICY_PATTERNS="x")
