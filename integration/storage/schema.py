"""The tables. A change here needs a migration; a test compares the two."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    text,
)

from integration.storage.columns import UtcTime

metadata = MetaData()


def _partial_index(name: str, *columns: str, where: str) -> Index:
    return Index(name, *columns, sqlite_where=text(where), postgresql_where=text(where))


accounts = Table(
    "accounts",
    metadata,
    Column("id", Text, primary_key=True),
    Column("helpdesk", Text, nullable=False),
    Column("settings", Text, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("mode", Text, nullable=False),
    Column("paused", Text),
    Column("facts", Text, nullable=False),
    Column("created", UtcTime),
)

due = Table(
    "due",
    metadata,
    Column("account", Text, primary_key=True),
    Column("subject", Text, primary_key=True),
    Column("seq", BigInteger, nullable=False),
    Column("due_at", UtcTime, nullable=False),
    Column("first_due", UtcTime, nullable=False),
    # The earliest time asked for since the claim: due_at of the next round.
    Column("next_due", UtcTime),
    Column("priority", Integer, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("lease_owner", Text),
    Column("lease_until", UtcTime),
    # lease_until as the claim knows it. Renewing moves the one, never the other.
    Column("lease_token", UtcTime),
    Column("parked", Text),
    Column("last_reason", Text),
    # How often in a row a worker took it and never gave it back.
    Column("lost", Integer, nullable=False, server_default="0"),
    # Since when it has been tried in this round; time in which nobody came does not count.
    Column("tried_since", UtcTime),
    _partial_index("due_open", "priority", "due_at", "account", "subject", where="parked IS NULL"),
    _partial_index("due_parked", "account", where="parked IS NOT NULL"),
)

deliveries = Table(
    "deliveries",
    metadata,
    Column("account", Text, primary_key=True),
    Column("delivery_id", Text, primary_key=True),
    # One delivery may name several tickets; each is taken once.
    Column("subject", Text, primary_key=True),
    Column("at", UtcTime, nullable=False, index=True),
)

received = Table(
    "received",
    metadata,
    Column("account", Text, primary_key=True),
    Column("result", Text, primary_key=True),
    Column("status", Integer, nullable=False),
    Column("times", BigInteger, nullable=False),
    Column("at", UtcTime, nullable=False),
)

seen = Table(
    "seen",
    metadata,
    Column("account", Text, primary_key=True),
    Column("ticket", Text, primary_key=True),
    Column("changed", Text, nullable=False),
    Column("scanned_with", Text, nullable=False),
    Column("at", UtcTime, nullable=False, index=True),
    # Whether card data was found; null where part was not read, or nobody had asked yet.
    Column("found", Boolean),
)

swept = Table(
    "swept",
    metadata,
    Column("account", Text, primary_key=True),
    Column("ticket", Text, primary_key=True),
    Column("state", Text, nullable=False),
    Column("found", Boolean),
    Column("calls", Integer, nullable=False),
    # Who watches a sweep counts by it, without reading the rows.
    Index("swept_counts", "account", "state", "found", "calls"),
)

redactions = Table(
    "redactions",
    metadata,
    Column("account", Text, primary_key=True),
    Column("ticket", Text, primary_key=True),
    Column("surface", Text, primary_key=True),
    Column("method", Text, nullable=False),
    Column("step", Text, nullable=False),
    Column("place", Text, nullable=False),
    Column("outcome", Text),
    Column("started", UtcTime),
    Column("updated", UtcTime, nullable=False),
    # When it was first written or deleted in this round: what the rate breaker counts.
    Column("removed_at", UtcTime),
    _partial_index("redactions_removed", "account", "removed_at", where="removed_at IS NOT NULL"),
)

findings = Table(
    "findings",
    metadata,
    Column("account", Text, primary_key=True),
    Column("fingerprint", Text, primary_key=True),
    Column("cause", Text, nullable=False),
    Column("resource", Text, nullable=False),
    Column("severity", Text, nullable=False),
    Column("facts", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("first_seen", UtcTime),
    Column("last_seen", UtcTime),
    Column("due", UtcTime),
    Column("ticket_id", Text),
    Column("reopened", Integer, nullable=False),
    Index("findings_state", "account", "state"),
    Index("findings_resource", "account", "resource"),
)

outbox = Table(
    "outbox",
    metadata,
    Column("account", Text, primary_key=True),
    Column("dedupe_key", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("payload", Text, nullable=False),
    Column("created", UtcTime, nullable=False),
    Column("state", Text, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("ticket_id", Text),
    Column("sent_at", UtcTime),
    _partial_index("outbox_waiting", "account", "created", where="state = 'waiting'"),
)

audit = Table(
    "audit",
    metadata,
    Column("account", Text, primary_key=True),
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    Column("at", UtcTime, nullable=False),
    Column("record", Text, nullable=False),
    Column("mac", Text, nullable=False),
    Index("audit_at", "account", "at"),
)

values = Table(
    "named_values",
    metadata,
    Column("account", Text, primary_key=True),
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

results = Table(
    "results",
    metadata,
    Column("account", Text, primary_key=True),
    Column("check_id", Text, primary_key=True),
    Column("resource", Text, primary_key=True),
    Column("status", Text, nullable=False),
    Column("facts", Text, nullable=False),
    Column("since", UtcTime, nullable=False),
    Column("at", UtcTime, nullable=False),
)

verdicts = Table(
    "verdicts",
    metadata,
    Column("account", Text, primary_key=True),
    Column("ticket", Text, primary_key=True),
    Column("surface", Text, primary_key=True),
    Column("kind", Text, primary_key=True),
    # Code points of the text as it was shown: positions, never text.
    Column("start", BigInteger, primary_key=True, autoincrement=False),
    Column("end", BigInteger, nullable=False),
    Column("confidence", Text, nullable=False),
    Column("verdict", Text, nullable=False),
    Column("at", UtcTime, nullable=False),
)

waiting = Table(
    "waiting",
    metadata,
    Column("account", Text, primary_key=True),
    Column("ticket", Text, primary_key=True),
    Column("since", UtcTime, nullable=False),
    Column("places", Integer, nullable=False),
    Column("said", Text, nullable=False),
)
