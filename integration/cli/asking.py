"""The questions of `eval ACCOUNT`, at a terminal, and what the answers come to."""

from __future__ import annotations

import random
import secrets
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from functools import partial

import click
from rich.status import Status

from integration.cli.opening import opened
from integration.cli.output import count, emit, reasons, results, table, words
from integration.cli.sweeping import require_open
from integration.core.errors import ConfigError
from integration.core.excerpt import Excerpt
from integration.core.measure import wilson
from integration.core.messages import say
from integration.core.models import Priority
from integration.runtime import Runtime
from integration.services import accounts, evaluate, sample_ticket
from integration.services.evaluate import Evaluation, Question, Summary
from integration.services.process import Desk

FOUND: Mapping[str, str] = {"y": evaluate.RIGHT, "n": evaluate.WRONG, "s": evaluate.SKIPPED}
NOT_FOUND: Mapping[str, str] = {"y": evaluate.MISSED, "n": evaluate.RIGHT, "s": evaluate.SKIPPED}
STOP = "q"
LOCALE = "en"


def ask_about(account: str, size: int) -> None:
    """Ask about a sample of an account's tickets until all is answered or the person stops."""
    with _desk(account) as (runtime, desk):
        with words.status("Listing tickets") as status:
            sitting = Evaluation(
                account,
                desk.connector,
                runtime.store,
                desk.policy,
                runtime.clock,
                ask=partial(_ask_between, status),
                on_listed=lambda listed: status.update(f"Listing tickets: {listed}"),
            )
            is_done = sitting.run(size, _rng())
        found = _summary(runtime, account)
    if not is_done:
        words.print("Stopped. Start it again with the same size to go on.")
    if found is not None:
        show(found)


def ask_in_ticket(account: str, size: int, *, as_json: bool) -> None:
    """List the finds of a sample in a ticket of ours."""
    with _desk(account) as (runtime, desk):
        with runtime.store.transaction() as tables:
            require_open(accounts.known(tables, account))
        ticket, listed = sample_ticket.offer(
            account,
            desk.connector,
            runtime.store,
            desk.policy,
            runtime.clock,
            size=size,
            rng=_rng(),
        )
    if as_json:
        emit({"account": account, "ticket": ticket, "listed": listed})
        return
    if not listed:
        words.print("There is nothing to ask: no find that has not been asked about.")
        return
    words.print(f"{count(listed, 'find')} listed in the ticket {ticket}. When it is answered:")
    words.print(f"deskwarden eval {account} --result", markup=False)


def show_result(account: str, *, as_json: bool) -> None:
    """What all answers come to, those in tickets of ours among them."""
    with _desk(account) as (runtime, desk):
        sample_ticket.read_answers(account, desk.connector, runtime.store)
        found = _summary(runtime, account)
    if found is None:
        raise ConfigError(
            [f"no sample of the account {account} was drawn"], hint=f"deskwarden eval {account}"
        )
    if as_json:
        _emit(found)
    else:
        show(found)


@contextmanager
def _desk(account: str) -> Iterator[tuple[Runtime, Desk]]:
    with opened() as runtime:
        desk = runtime.open_desk(account, Priority.SWEEP)
        with closing(desk.connector):
            yield runtime, desk


def _summary(runtime: Runtime, account: str) -> Summary | None:
    with runtime.store.transaction() as tables:
        return evaluate.summary(tables, account)


def _rng() -> random.Random:
    return random.Random(secrets.randbits(64))  # noqa: S311  a sample, not a secret


def _ask_between(status: Status, question: Question) -> str | None:
    """Ask; what is being done meanwhile is told before and after."""
    status.stop()
    answer = ask(question)
    status.update("Reading tickets")
    status.start()
    return answer


def ask(question: Question) -> str | None:
    """Show one find with its digits hidden, and take the answer; None: stop here."""
    for line in _lines(question):
        click.echo(line)
    answers = NOT_FOUND if question.is_clean else FOUND
    text = "Is one of them a card number?" if question.is_clean else "Is that right?"
    choice = click.Choice([*answers, STOP])
    answer = click.prompt(f"{text} (y)es, (n)o, (s)kip, (q)uit", type=choice, show_choices=False)
    return answers.get(answer)


def _lines(question: Question) -> Sequence[str]:
    row, ticket = question.row, question.ticket
    place = f"ticket {ticket.code or ticket.id}, {row.surface}"
    what = "nothing found, but long numbers" if question.is_clean else _kind(row.kind)
    why = f" ({reasons(question.why)})" if question.why else ""
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


def _emit(found: Summary) -> None:
    for kind, (right, answered) in found.by_kind.items():
        interval = [round(end, 4) for end in wilson(right, answered)]
        precision = round(right / answered, 4)
        emit(
            {
                "kind": kind,
                "answered": answered,
                "right": right,
                "precision": precision,
                "interval": interval,
            }
        )
    missed, asked = found.missed
    emit(
        {
            "tickets": found.tickets,
            "clean_with_numbers": found.with_numbers,
            "clean_asked": asked,
            "missed": missed,
            "interval": [round(end, 4) for end in wilson(missed, asked)],
        }
    )


def _rate(right: int, answered: int) -> tuple[str, str]:
    low, high = wilson(right, answered)
    return f"{right / answered:.1%}", f"{low:.1%} to {high:.1%}"
