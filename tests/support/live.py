"""The whole product as processes against a simulated helpdesk, and what must hold after a fault."""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from unittest.mock import patch

import requests
from support.processes import MEASURED, Process, below, process

from integration.core.findings.texts import marker
from integration.core.models import Priority
from integration.demo.judge import leaks_seen_from_outside, places_with
from integration.demo.scenario import Card
from integration.demo.stage import ACCOUNT, POLICY, Stage, serve, set_up, wait_until_ready
from integration.services import chain
from integration.services.periodic import EVERY

LEASE_SECONDS = 5
TOML = POLICY.replace("[workers]", f"[workers]\nlease_seconds = {LEASE_SECONDS}")
PATIENCE = 45.0
"""Seconds after which a condition is taken not to come true."""
COPY = re.compile(r"\(deskwarden: copy of ([^()\s]+)\)")
NUMBERS = ("4111111111111111", "5555555555554444", "4012888888881881", "378282246310005")
"""Published test numbers."""


PLAIN = {
    "hook_twice": False,
    "hook_message_before_ticket": False,
    "hook_drop_every": 0,
    "hook_delay_ms": 0,
    "latency_ms": 0,
}
"""The helpdesk's switches that tests change."""


@dataclass(frozen=True)
class Planted:
    """One ticket of a customer with one card in its message."""

    ticket: str
    order: str
    """Words that stand in this message only."""
    card: Card
    has_code: bool

    @property
    def kept(self) -> re.Pattern[str]:
        """What must stand of the message in the end: all of it but the card and its code."""
        card = rf"\[card \w+ \*\*\*\* {self.card.digits[-4:]}\]"
        code = r" cvc \[.*?removed\]" if self.has_code else ""
        return re.compile(f"Please charge {self.order} to {card}{code}\\. Thank you, {self.order}!")


@dataclass
class Service:
    """What runs, what was planted in it, and what it said to deliveries."""

    stage: Stage
    restarts: ExitStack
    hook: str
    """Where deliveries go."""
    env: Mapping[str, str] = field(repr=False)
    """What a new `run` on the same folder is started with."""
    planted: list[Planted] = field(default_factory=list)
    acknowledged: set[str] = field(default_factory=set)

    def begin(self) -> None:
        """Forget the tickets and the faults of an earlier test."""
        self.planted.clear()
        self.acknowledged.clear()
        self.stage.desk._control("DELETE", "/faults")
        self.stage.desk.switch(**PLAIN)

    # People and the helpdesk.

    def write_tickets(self, count: int, *, code: bool = False) -> list[Planted]:
        """So many tickets; every second one has a security code beside the card, or all."""
        return [self._write(has_code=code or number % 2 == 0) for number in range(count)]

    def only_we_deliver(self) -> None:
        """The helpdesk's own webhooks are lost; the test delivers by itself."""
        self.stage.desk.switch(hook_drop_every=1)

    def deliver(self, *planted: Planted) -> list[int]:
        """One webhook per ticket; the answers, 0 for none."""
        return [self._post(item.ticket) for item in planted]

    def takes(self, *planted: Planted) -> bool:
        """Whether each is stored when it is delivered, or due because a poll saw it first."""
        return set(self.deliver(*planted)) <= {200, 202}

    def fault(self, path: str, **what: object) -> None:
        """The next request to that path goes wrong."""
        self.stage.desk._control("POST", "/faults", {"path": path, **what})

    def texts(self, planted: Planted) -> dict[str, str]:
        """Place -> text of what the helpdesk stores of one ticket."""
        return _of_ticket(planted, dict(self.stage.desk.stored()))

    def message_of(self, planted: Planted) -> str:
        """The id of the message with the card."""
        texts = self.texts(planted)
        return next(p.rpartition("/")[2] for p, t in texts.items() if _is_message(p, t, planted))

    # Our processes.

    def processes(self, word: str = "") -> list[Process]:
        """Ours, by a word of their command line."""
        return [p for p in below(self.stage.service.pid) if word in p.command]

    def everything(self) -> list[Process]:
        """The supervisor too."""
        return [process(self.stage.service.pid), *self.processes()]

    def workers(self) -> list[Process]:
        """The processes that wait for jobs."""
        return [p for p in self.processes("cli worker") if p.parent == self.stage.service.pid]

    def horses(self) -> list[Process]:
        """The processes that work on one."""
        parents = {worker.pid for worker in self.workers()}
        return [p for p in self.processes("cli worker") if p.parent in parents]

    def start_again(self) -> None:
        """A new `run` on the same folder."""
        with patch.dict(os.environ, self.env, clear=True):
            started = self.restarts.enter_context(serve(self.stage.folder))
        self.stage = replace(self.stage, service=started)
        wait_until_ready(self.stage.runtime, started)

    def wait_until_ready(self) -> None:
        """Until deliveries are taken."""
        wait_until_ready(self.stage.runtime, self.stage.service)

    # Our tables.

    def make_due(self, subject: str) -> None:
        """Now, whatever it was set to."""
        with self.stage.runtime.store.transaction() as tables:
            now = self.stage.runtime.clock.now()
            tables.due.upsert(ACCOUNT, subject, due_at=now, priority=Priority.LIVE)

    def due(self) -> dict[str, Mapping[str, object]]:
        """Subject -> row, of what is to be done."""
        with self.stage.runtime.store.transaction() as tables:
            return {row["subject"]: row for row in tables.due.rows(ACCOUNT)}

    def wait_for_retry(self, planted: Planted) -> Mapping[str, object]:
        """The row of a ticket once an attempt has failed and given it back."""
        subject = f"ticket:{planted.ticket}"
        wait_until(lambda: bool(self.due()[subject]["last_reason"]))
        return self.due()[subject]

    def still_readable(self) -> set[str]:
        """The tickets in which a card can be read now."""
        return {place.split("/")[1] for place in self._readable(dict(self.stage.desk.stored()))}

    # What must hold.

    def settle(self) -> None:
        """Wait until all is done, and see that nothing was lost or doubled on the way."""
        self.stage.desk.switch(latency_ms=0)
        wait_until(self._is_settled, self._what_is_left)
        stored = dict(self.stage.desk.stored())
        for planted in self.planted:
            _assert_redacted_once(planted, _of_ticket(planted, stored))
        self._assert_recorded_once()
        self._assert_told_once(stored)
        cards = [Card(number) for number in NUMBERS]
        leaks = leaks_seen_from_outside(self.stage.folder, cards)
        assert not leaks, _kept(self.stage.folder, leaks)

    def _is_settled(self) -> bool:
        stored = dict(self.stage.desk.stored())
        for planted in self.planted:
            texts = _of_ticket(planted, stored).items()
            assert any(_is_message(*text, planted) for text in texts), "deleted without a copy"
        # One whose lease has run out may still be at it.
        return not (self._readable(stored) or self._unfinished() or self.horses())

    def _readable(self, stored: Mapping[str, str]) -> list[str]:
        return [
            place
            for planted in self.planted
            for place in places_with(planted.card, _of_ticket(planted, stored).items())
        ]

    def _unfinished(self) -> list[str]:
        with self.stage.runtime.store.transaction() as tables:
            waiting = [row.dedupe_key for row in tables.outbox.waiting(ACCOUNT)]
        rows = self.due().items()
        return [*waiting, *(s for s, row in rows if s not in EVERY or row["leased"])]

    def _what_is_left(self) -> str:
        log = (self.stage.folder / "service.log").read_text(errors="replace").splitlines()
        stored = dict(self.stage.desk.stored())
        left = [self._unfinished(), self._readable(stored), *self.due().values(), *log[-40:]]
        return "\n".join(map(str, left))

    def _assert_recorded_once(self) -> None:
        assert chain.verify(self.stage.runtime.store, ACCOUNT).wrong is None
        with self.stage.runtime.store.transaction() as tables:
            records = [row.record for row in tables.audit.rows(ACCOUNT)]
            for planted in self.planted:
                rows = tables.redactions.of_ticket(ACCOUNT, planted.ticket)
                assert {row.outcome for row in rows.values()} == {"gone"}
                removed = Counter(
                    surface
                    for record in records
                    if record.get("ticket") == planted.ticket
                    for surface in record.get("outcomes", ())
                )
                assert removed == dict.fromkeys(rows, 1)

    def _assert_told_once(self, stored: Mapping[str, str]) -> None:
        with self.stage.runtime.store.transaction() as tables:
            findings = tables.findings.list(ACCOUNT)
        subjects = [text for place, text in stored.items() if place.endswith("/subject")]
        for finding in findings:
            told = sum(marker(finding.fingerprint) in subject for subject in subjects)
            assert told == 1 if finding.state == "open" else told <= 1, (finding.cause, told)
        with_code = {f"ticket:{p.ticket}": p.has_code for p in self.planted}
        about = Counter((f.cause, f.resource) for f in findings if f.resource in with_code)
        assert about == {("card.sad", one): 1 for one, has_code in with_code.items() if has_code}

    def _write(self, *, has_code: bool) -> Planted:
        number = len(self.planted)
        card, order = Card(NUMBERS[number % len(NUMBERS)]), f"order {_letters(number)}"
        code = " cvc 123" if has_code else ""
        text = f"Please charge {order} to {card:spaced}{code}. Thank you, {order}!"
        ticket = self.stage.desk.people("customer_writes", subject="An order", text=text)
        self.planted.append(Planted(ticket, order, card, has_code))
        return self.planted[-1]

    def _post(self, ticket: str) -> int:
        try:
            with requests.Session() as session:
                answer = session.post(self.hook, json={"ticket": ticket}, timeout=20)
        except requests.RequestException:
            return 0
        if answer.status_code in (200, 202):
            self.acknowledged.add(ticket)
        return answer.status_code


def _kept(folder: Path, names: list[str]) -> str:
    """Where copies of some files stay: the folder goes with the test that failed.

    Another process makes them, for the reason that `leaks_seen_from_outside` gives.
    """
    kept = tempfile.mkdtemp(prefix="dw-leak-")
    files = [path for name in names for path in folder.rglob(name)]
    subprocess.run(["cp", *map(str, files), kept], check=True)
    return f"{', '.join(names)}: kept in {kept}"


@contextmanager
def running(folder: Path) -> Iterator[Service]:
    """The simulator and `deskwarden run` with a short lease, connected and in enforce mode."""
    with ExitStack() as stack:
        # The other tests of this process must not see the service's environment.
        with patch.dict(os.environ):
            os.environ.pop(MEASURED, None)
            stage = stack.enter_context(set_up(folder, toml=TOML))
            env = dict(os.environ)
        service = Service(stage, stack.enter_context(ExitStack()), _hook(stage), env)
        service.settle()
        yield service


def _hook(stage: Stage) -> str:
    with stage.runtime.store.transaction() as tables:
        row = tables.accounts.get(ACCOUNT)
    assert row is not None
    return stage.runtime.hook(row).url


def wait_until(condition: Callable[[], bool], explain: Callable[[], str] = str) -> None:
    """Until the condition holds; AssertionError with the explanation when it takes too long."""
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, explain()
        time.sleep(0.1)


def _of_ticket(planted: Planted, stored: Mapping[str, str]) -> dict[str, str]:
    return {p: text for p, text in stored.items() if p.startswith(f"ticket/{planted.ticket}/")}


def _is_message(place: str, text: str, planted: Planted) -> bool:
    return "/message/" in place and planted.order in text


def _assert_redacted_once(planted: Planted, texts: Mapping[str, str]) -> None:
    """One copy, whole, in the place of the original; nothing else that tells of it."""
    standing = [text for place, text in texts.items() if _is_message(place, text, planted)]
    assert len(standing) == 1
    assert planted.kept.search(standing[0])
    copies = [found for text in texts.values() for found in COPY.findall(text)]
    assert len(copies) == 1


def _letters(number: int) -> str:
    return "".join(chr(ord("a") + int(digit)) for digit in f"{number:03}")
