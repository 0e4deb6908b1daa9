"""What `doctor` looks at in every connected account."""

from __future__ import annotations

from collections.abc import Iterator, Set
from datetime import timedelta

from connectors import registry
from integration.core.errors import AuthExpired, ConfigError, DeskwardenError
from integration.core.findings import wording
from integration.core.mode import Mode
from integration.core.rows import AccountRow, ReceivedRow
from integration.core.web import Taken
from integration.diagnosis.rows import Row, ago, failed
from integration.diagnosis.rows import row as told
from integration.runtime import Runtime
from integration.services import deliveries, modes, proved

NEWS = timedelta(days=1)
"""So long a delivery for no account is told of."""


def secret_key(runtime: Runtime) -> Iterator[Row]:
    """What is wrong with the key that opens those of the accounts, if anything."""
    try:
        _ = runtime.keyring
    except ConfigError as error:
        yield told("fail", "secret key", str(error), error.hint)


def sections_of_nobody(runtime: Runtime, known: Set[str]) -> Iterator[Row]:
    """A name that was mistyped: what stands there, a hold perhaps, does not apply to anyone."""
    for name in sorted(runtime.config.policies.keys() - known):
        fix = f"correct the name; connected: {', '.join(sorted(known)) or 'none'}"
        yield told("fail", f"policy.accounts.{name}", "no account has this name", fix)


def account(runtime: Runtime, row: AccountRow) -> Iterator[Row]:
    """The rows of one account."""
    if row.paused:
        resume = f"deskwarden account resume {row.id}"
        new_key = f"deskwarden account add {row.helpdesk} --name {row.id} --replace, then "
        fix = f"{new_key * (row.paused == AuthExpired.reason)}{resume}"
        yield told("warn", f"{row.id}: paused", row.paused, fix)
    yield from _self_test(row)
    yield _answers(runtime, row)
    yield _mode(runtime, row)
    yield _deliveries(runtime, row)
    parked = _parked(runtime, row)
    if parked:
        fix = f"deskwarden due list --parked; deskwarden due replay --account {row.id}"
        wait = "1 row waits" if parked == 1 else f"{parked} rows wait"
        yield told("warn", f"{row.id}: parked", f"{wait} for a person", fix)


def _self_test(row: AccountRow) -> Iterator[Row]:
    """What the last self-test left open."""
    what = f"{row.id}: self-test"
    test = "once it is resumed: " * bool(row.paused) + f"deskwarden account test {row.id}"
    if row.facts.get(proved.DIFFERENCES):
        yield told("warn", what, "has not passed", test)
    elif row.mode is Mode.ENFORCE and not proved.has_passed(row.facts):
        yield told("warn", what, "is of an older version", f"{test}, then go on as it says")
    elif row.mode is Mode.ENFORCE and (question := proved.mail_question(row.facts)):
        fix = modes.how_to_answer(row.id, question)
        yield told("warn", what, "nobody has looked for mails since the last one", fix)


def _answers(runtime: Runtime, row: AccountRow) -> Row:
    what = f"{row.id}: helpdesk"
    if any(secret_key(runtime)):
        return told("fail", what, "not asked", "put the secret key right first")
    try:
        connector = runtime.open_connector(row, row.facts)
        try:
            connector.probe()
        finally:
            connector.close()
    except DeskwardenError as error:
        return failed(what, error, f"deskwarden account test {row.id}")
    return told("ok", what, "answers")


def _mode(runtime: Runtime, row: AccountRow) -> Row:
    ends = modes.monitor_ends(row, runtime.policy(row))
    if ends is None:
        return told("ok", f"{row.id}: mode", row.mode.value)
    if runtime.clock.now() < ends:
        return told("ok", f"{row.id}: mode", f"monitor, until {wording.time(ends)}")
    fix = f"deskwarden account mode {row.id} enforce, or a later day: policy.monitor_until"
    return told("warn", f"{row.id}: mode", f"monitor; its time ended {wording.time(ends)}", fix)


def _deliveries(runtime: Runtime, row: AccountRow) -> Row:
    """Whether the webhook arrives, as far as that can be told: no ticket, no delivery."""
    what, now = f"{row.id}: deliveries", runtime.clock.now()
    with runtime.store.transaction() as tables:
        taken, refused = deliveries.last(tables.received.of(row.id))
    unnamed = taken is not None and taken.result == Taken.UNKNOWN_EVENT
    said = ["none has been taken yet"]
    if taken:
        said = [f"last delivery {ago(taken, now)}{', and it named no ticket' * unnamed}"]
    if refused:
        said.append(f"last refused {ago(refused, now)}: {refused.status} {refused.result}")
    detail = "; ".join(said)
    if refused and (taken is None or taken.at < refused.at):
        return told("warn", what, detail, _advice(row, refused))
    if taken is None:
        fix = f"write a ticket there and watch: deskwarden account deliveries {row.id} --follow"
        return told("warn", what, f"{detail}; tickets are found by asking", fix)
    if unnamed:
        return told("warn", what, detail, _advice(row, taken))
    return told("ok", what, detail)


def _advice(row: AccountRow, received: ReceivedRow) -> str:
    media_type, *_ = registry.spec(row.helpdesk).content_types
    return deliveries.advice(received.result, row.id, media_type)


def _parked(runtime: Runtime, row: AccountRow) -> int:
    with runtime.store.transaction() as tables:
        return len(tables.due.rows(row.id, parked=True))


def deliveries_of_nobody(runtime: Runtime) -> Iterator[Row]:
    """An address in which the name of the account was mistyped; or a stranger who tries names."""
    now = runtime.clock.now()
    with runtime.store.transaction() as tables:
        newest = next(iter(tables.received.of("")), None)
    if newest and now - newest.at < NEWS:
        detail = f"the last for no connected account {ago(newest, now)}"
        fix = "compare the address in the helpdesk with the names in: deskwarden account list"
        yield told("warn", "deliveries", detail, fix)
