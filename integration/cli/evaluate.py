"""`eval`: how well detection does, on labelled texts or on an account's own tickets."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from typing import Any, BinaryIO

import click

from integration.cli import asking
from integration.cli.lines import text_rows
from integration.cli.output import emit, json_option, table, words
from integration.core.detection import find
from integration.core.measure import Labelled, Score, Scores, known_labels

GROUPS_END = (" (", ":")
"""An origin names its group first, then the place in it."""
COLUMNS = ("labelled", "found", "missed", "extra", "precision", "recall", "F1")
SAMPLE = 50


@click.command("eval")
@click.argument("account", required=False)
@click.option(
    "--jsonl", type=click.File("rb"), help="Labelled texts, one JSON a line; - for stdin."
)
@click.option(
    "--sample", type=click.IntRange(1, 5000), help=f"Tickets of the account to draw ({SAMPLE})."
)
@click.option("--ticket", "as_ticket", is_flag=True, help="List the finds in a ticket of ours.")
@click.option("--result", is_flag=True, help="Read the answers and show what they come to.")
@json_option
def evaluate(
    account: str | None,
    jsonl: BinaryIO | None,
    sample: int | None,
    *,
    as_ticket: bool,
    result: bool,
    as_json: bool,
) -> None:
    """Measure detection on labelled texts, or on your own tickets.

    Lines are {"id", "text", "media_type"?, "spans": [{"start", "end", "kind"}], "origin"?}.
    With an account, each find of a sample is shown with its number masked, and you say whether it
    is right; only your answers and the places are kept. Stop at any time and start it again.
    With --ticket the finds are listed in a ticket by their places, and are answered there.
    """
    if (account is None) == (jsonl is None):
        raise click.UsageError("name an account, or give --jsonl FILE (- for stdin)")
    if jsonl is not None:
        if sample is not None or as_ticket or result:
            raise click.UsageError("a sample is drawn from an account, not from a file")
        _show(_measured(jsonl), as_json=as_json)
    elif result:
        asking.show_result(str(account), as_json=as_json)
    elif as_ticket:
        asking.ask_in_ticket(str(account), sample or SAMPLE, as_json=as_json)
    elif as_json or not (sys.stdout.isatty() and sys.stdin.isatty()):
        raise click.UsageError("text of tickets is shown at a terminal only")
    else:
        asking.ask_about(str(account), sample or SAMPLE)


def _measured(lines: Iterable[bytes]) -> Scores:
    scores = Scores()
    for row in text_rows(lines, labelled=True):
        found = find(row["text"], row["media_type"])
        labels = known_labels(row["spans"], scores.unknown)
        scores.add(_group(row), labels, [Labelled(s.start, s.end, s.kind) for s in found])
    return scores


def _group(row: dict[str, Any]) -> str:
    origin = str(row.get("group") or row.get("origin") or "-")
    for end in GROUPS_END:
        origin = origin.partition(end)[0]
    return origin


def _show(scores: Scores, *, as_json: bool) -> None:
    kinds = [(kind.value, score) for kind, score in scores.by_kind.items()]
    groups = list(scores.by_group.items())
    if as_json:
        for name, score in kinds:
            emit({"kind": name, **_numbers(score)})
        for name, score in groups:
            emit({"origin": name, "texts": scores.texts[name], **_numbers(score)})
        return
    table("By kind", ("kind", *COLUMNS), [(name, *_cells(score)) for name, score in kinds])
    rows = [(name, scores.texts[name], *_cells(score)) for name, score in groups]
    table("By origin", ("origin", "texts", *COLUMNS), rows)
    _tell("Found, but labelled nowhere in the file, so not judged", scores.not_judged.items())
    _tell("Labelled, but not looked for here", scores.unknown.most_common())


def _tell(what: str, counts: Iterable[tuple[str, int]]) -> None:
    if named := ", ".join(f"{name} {n}" for name, n in counts):
        words.print(f"{what}: {named}.", markup=False, soft_wrap=True)


def _numbers(score: Score) -> dict[str, Any]:
    counts = {"labelled": score.right + score.missed, "found": score.right}
    rates = {"precision": score.precision, "recall": score.recall, "f1": score.f1}
    return (
        counts
        | {"missed": score.missed, "extra": score.extra}
        | {name: None if rate is None else round(rate, 4) for name, rate in rates.items()}
    )


def _cells(score: Score) -> Sequence[str]:
    numbers = _numbers(score)
    counts = [str(numbers[name]) for name in ("labelled", "found", "missed", "extra")]
    rates = [score.precision, score.recall, score.f1]
    return [*counts, *("-" if rate is None else f"{rate:.1%}" for rate in rates)]
