from __future__ import annotations

import re
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from docs import generate, tables
from docs.generate import ROOT, BrokenMarker, documents, filled, stale

DOCUMENTS = list(documents())
LINK = re.compile(r"\[[^\]]*\]\((?P<target>[^)\s]+)\)")
CODE = re.compile(r"```.*?```|`[^`\n]*`", re.S)
HEADING = re.compile(r"^#+ (.+)$", re.M)


def names(documents: list[Path]) -> list[str]:
    return [str(path.relative_to(ROOT)) for path in documents]


def anchors(path: Path) -> set[str]:
    """The ids that GitHub gives to headings."""
    headings = HEADING.findall(path.read_text(encoding="utf-8"))
    return {re.sub(r"[^\w\- ]", "", h.lower()).replace(" ", "-") for h in headings}


@pytest.mark.exhaustive
def test_no_generated_table_is_stale() -> None:
    assert names([path for path, _ in stale()]) == []


def test_every_table_stands_in_some_document() -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in DOCUMENTS)

    assert [name for name in tables.TABLES if f"<!-- generated: {name} -->" not in text] == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=names(DOCUMENTS))
def test_every_relative_link_leads_somewhere(path: Path) -> None:
    text = CODE.sub("", path.read_text(encoding="utf-8"))
    lost = []
    for target in (match["target"] for match in LINK.finditer(text)):
        if re.match(r"[a-z]+:", target):
            continue
        file, _, anchor = target.partition("#")
        there = path.parent / file if file else path
        if not there.exists() or (anchor and anchor not in anchors(there)):
            lost.append(target)

    assert lost == []


def test_every_command_that_a_document_names_exists() -> None:
    from integration.cli import commands

    named = {
        (path.name, words)
        for path in DOCUMENTS
        if path.parent in {ROOT, ROOT / "docs"}
        for code in CODE.findall(path.read_text(encoding="utf-8"))
        for words in re.findall(r"\bdeskwarden((?: [a-z_]+)+)", code)
    }

    assert [(page, words) for page, words in named if not is_command(commands, words.split())] == []


def is_command(group: click.Command, words: list[str]) -> bool:
    """Whether the words begin with a command; what follows a command is its arguments."""
    if not isinstance(group, click.Group) or not words:
        return True
    command = group.get_command(click.Context(group), words[0])
    return command is not None and is_command(command, words[1:])


def test_a_table_is_written_between_its_markers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(generate, "TABLES", {"pets": lambda: "cat"})

    text = filled("a\n<!-- generated: pets -->\nold\n<!-- end -->\nb", "page.md")

    assert text == "a\n<!-- generated: pets -->\ncat\n<!-- end -->\nb"


@pytest.mark.parametrize(
    "text",
    [
        "<!-- generated: nonsense -->\n<!-- end -->",
        "<!-- generated: checks -->\nno end",
        "<!-- generated: checks -->\n<!-- generated: checks -->\n<!-- end -->",
        "<!-- generated: -->\n<!-- end -->",
    ],
    ids=["unknown name", "no end", "no end before the next", "no name"],
)
def test_a_broken_marker_is_refused(text: str) -> None:
    with pytest.raises(BrokenMarker):
        filled(text, "page.md")


@pytest.fixture
def stale_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    page = tmp_path / "docs" / "page.md"
    page.parent.mkdir()
    page.write_text("<!-- generated: shares -->\nold\n<!-- end -->\n")
    monkeypatch.setattr(generate, "ROOT", tmp_path)
    monkeypatch.setattr(generate, "stale", lambda: stale(tmp_path))
    return page


def test_the_check_names_what_is_stale_and_writes_nothing(stale_page: Path) -> None:
    result = CliRunner().invoke(generate.main, ["--check"])

    assert result.exit_code == 1
    assert "docs/page.md" in result.output
    assert "old" in stale_page.read_text()


def test_writing_makes_the_check_pass(stale_page: Path) -> None:
    assert CliRunner().invoke(generate.main).exit_code == 0
    assert CliRunner().invoke(generate.main, ["--check"]).exit_code == 0
    assert tables.shares() in stale_page.read_text()


def test_an_unknown_name_fails_the_check(stale_page: Path) -> None:
    stale_page.write_text("<!-- generated: nonsense -->\n<!-- end -->\n")

    result = CliRunner().invoke(generate.main, ["--check"])

    assert result.exit_code == 1
    assert "nonsense" in result.output


def test_a_reason_is_listed_however_it_is_chosen() -> None:
    listed = tables.reasons()

    for slug in ("lease_lost", "signature_invalid", "timeout", "forbidden"):
        assert f"| `{slug}` |" in listed
