"""The questions of `eval ACCOUNT`, at a terminal, and what the answers come to."""

from __future__ import annotations

import random
import secrets
from collections.abc import Mapping, Sequence
from contextlib import closing

import click

from integration.cli.output import count, opened, results, table, words
from integration.core.excerpt import Excerpt
from integration.core.measure import wilson
from integration.core.messages import say
from integration.core.models import Priority
from integration.services import evaluate
from integration.services.evaluate import Evaluation, Question, Summary

FOUND: Mapping[str, str] = {"y": evaluate.RIGHT, "n": evaluate.WRONG, "s": evaluate.SKIPPED}
NOT_FOUND: Mapping[str, str] = {"y": evaluate.MISSED, "n": evaluate.RIGHT, "s": evaluate.SKIPPED}
STOP = "q"
LOCALE = "en"


def ask_about(account: str, size: int) -> None:
    """Ask about a sample of an account's tickets until all is answered or the person stops."""
    with opened() as runtime:
        desk = runtime.open_desk(account, Priority.SWEEP)
        with closing(desk.connector):
            words.print(f"Drawing {count(size, 'ticket')} of this account ...")
            sitting = Evaluation(
                account, desk.connector, runtime.store, desk.policy, runtime.clock, ask
            )
            rng = random.Random(secrets.randbits(64))  # noqa: S311  a sample, not a secret
            is_done = sitting.run(size, rng)
        with runtime.store.transaction() as tables:
            found = evaluate.summary(tables, account)
    if not is_done:
        words.print("Stopped. Start it again with the same size to go on.")
    if found is not None:
        show(found)


def ask(question: Question) -> str | None:
    """Show one find with its digits hidden, and take the answer; None: stop here."""
    for line in _lines(question):
        click.echo(line)
    answers = NOT_FOUND if question.is_clean else FOUND
    text = "Is one of them a card number?" if question.is_clean else "Is that right?"
    choice = click.Choice([*answers, STOP])
    answer = click.prompt(f"{text} (yes, no, skip, quit)", type=choice, show_choices=True)
    return answers.get(answer)


def _lines(question: Question) -> Sequence[str]:
    row, ticket = question.row, question.ticket
    place = f"ticket {ticket.code or ticket.id}, {row.surface}"
    what = "nothing found, but long numbers" if question.is_clean else _kind(row.kind)
    why = f" ({', '.join(slug.replace('-', ' ') for slug in question.why)})" if question.why else ""
    return ["", f"{place}: {what}{why}", *map(_excerpt, question.excerpts)]


def _kind(kind: str) -> str:
    return say(f"kind.{kind}", LOCALE)


def _excerpt(excerpt: Excerpt) -> str:
    return f"    {excerpt.before} [{excerpt.found}] {excerpt.after}"


def show(found: Summary) -> None:
    """What the answers come to, each rate with its interval."""
    rows = [
        (_kind(kind), answered, right, *_rate(right, answered))
        for kind, (right, answered) in found.by_kind.items()
    ]
    columns = ("kind", "answered", "right", "precision", "95 % interval")
    table(f"Finds in {count(found.tickets, 'ticket')}", columns, rows)
    missed, asked = found.missed
    if not asked:
        results.print("No ticket without a find was asked about: what was missed is not known.")
        return
    low, high = wilson(missed, asked)
    share = found.with_numbers / found.tickets * 1000
    results.print(
        f"Cards missed in {missed} of {asked} tickets that had long numbers and no find: "
        f"about {missed / asked * share:.1f} per 1,000 tickets "
        f"(95 % interval {low * share:.1f} to {high * share:.1f}).",
        soft_wrap=True,
    )


def _rate(right: int, answered: int) -> tuple[str, str]:
    low, high = wilson(right, answered)
    return f"{right / answered:.1%}", f"{low:.1%} to {high:.1%}"
