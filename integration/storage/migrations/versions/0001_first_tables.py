"""The first tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create them."""
    _accounts()
    _due()
    _deliveries_and_seen()
    _redactions()
    _findings_and_outbox()
    _audit_values_results()


def _partial_index(name: str, table: str, columns: list[str], where: str) -> None:
    condition = sa.text(where)
    op.create_index(name, table, columns, sqlite_where=condition, postgresql_where=condition)


def _accounts() -> None:
    op.create_table(
        "accounts",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("helpdesk", sa.Text, nullable=False),
        sa.Column("settings", sa.Text, nullable=False),
        sa.Column("sealed", sa.LargeBinary, nullable=False),
        sa.Column("mode", sa.Text, nullable=False),
        sa.Column("paused", sa.Text),
        sa.Column("facts", sa.Text, nullable=False),
        sa.Column("created", sa.BigInteger),
    )


def _due() -> None:
    op.create_table(
        "due",
        sa.Column("account", sa.Text, primary_key=True),
        sa.Column("subject", sa.Text, primary_key=True),
        sa.Column("ticket", sa.Text),
        sa.Column("seq", sa.BigInteger, nullable=False),
        sa.Column("due_at", sa.BigInteger, nullable=False),
        sa.Column("first_due", sa.BigInteger, nullable=False),
        sa.Column("next_due", sa.BigInteger),
        sa.Column("priority", sa.Integer, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("lease_owner", sa.Text),
        sa.Column("lease_until", sa.BigInteger),
        sa.Column("lease_token", sa.BigInteger),
        sa.Column("parked", sa.Text),
        sa.Column("last_reason", sa.Text),
    )
    _partial_index(
        "due_open", "due", ["priority", "due_at", "account", "subject"], "parked IS NULL"
    )
    _partial_index("due_leased", "due", ["account", "ticket"], "lease_owner IS NOT NULL")
    _partial_index("due_parked", "due", ["account"], "parked IS NOT NULL")


def _deliveries_and_seen() -> None:
    op.create_table(
        "deliveries",
        sa.Column("account", sa.Text, primary_key=True),
        sa.Column("delivery_id", sa.Text, primary_key=True),
        sa.Column("subject", sa.Text, primary_key=True),
        sa.Column("at", sa.BigInteger, nullable=False),
    )
    op.create_index("ix_deliveries_at", "deliveries", ["at"])
    op.create_table(
        "seen",
        sa.Column("account", sa.Text, primary_key=True),
        sa.Column("ticket", sa.Text, primary_key=True),
        sa.Column("changed", sa.Text, nullable=False),
        sa.Column("scanned_with", sa.Text, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
    )
    op.create_index("ix_seen_at", "seen", ["at"])


def _redactions() -> None:
    op.create_table(
        "redactions",
        sa.Column("account", sa.Text, primary_key=True),
        sa.Column("ticket", sa.Text, primary_key=True),
        sa.Column("surface", sa.Text, primary_key=True),
        sa.Column("method", sa.Text, nullable=False),
        sa.Column("step", sa.Text, nullable=False),
        sa.Column("place", sa.Text, nullable=False),
        sa.Column("outcome", sa.Text),
        sa.Column("started", sa.BigInteger),
        sa.Column("updated", sa.BigInteger, nullable=False),
        sa.Column("removed_at", sa.BigInteger),
    )
    _partial_index(
        "redactions_removed", "redactions", ["account", "removed_at"], "removed_at IS NOT NULL"
    )


def _findings_and_outbox() -> None:
    op.create_table(
        "findings",
        sa.Column("account", sa.Text, primary_key=True),
        sa.Column("fingerprint", sa.Text, primary_key=True),
        sa.Column("cause", sa.Text, nullable=False),
        sa.Column("resource", sa.Text, nullable=False),
        sa.Column("severity", sa.Text, nullable=False),
        sa.Column("facts", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("first_seen", sa.BigInteger),
        sa.Column("last_seen", sa.BigInteger),
        sa.Column("due", sa.BigInteger),
        sa.Column("ticket_id", sa.Text),
        sa.Column("reopened", sa.Integer, nullable=False),
    )
    op.create_index("findings_state", "findings", ["account", "state"])
    op.create_index("findings_resource", "findings", ["account", "resource"])
    op.create_table(
        "outbox",
        sa.Column("account", sa.Text, primary_key=True),
        sa.Column("dedupe_key", sa.Text, primary_key=True),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("payload", sa.Text, nullable=False),
        sa.Column("created", sa.BigInteger, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("ticket_id", sa.Text),
        sa.Column("sent_at", sa.BigInteger),
    )
    _partial_index("outbox_waiting", "outbox", ["account", "created"], "state = 'waiting'")


def _audit_values_results() -> None:
    op.create_table(
        "audit",
        sa.Column("account", sa.Text, primary_key=True),
        sa.Column("seq", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("record", sa.Text, nullable=False),
        sa.Column("mac", sa.Text, nullable=False),
    )
    op.create_index("audit_at", "audit", ["account", "at"])
    op.create_table(
        "named_values",
        sa.Column("account", sa.Text, primary_key=True),
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("value", sa.Text, nullable=False),
    )
    op.create_table(
        "results",
        sa.Column("account", sa.Text, primary_key=True),
        sa.Column("check_id", sa.Text, primary_key=True),
        sa.Column("resource", sa.Text, primary_key=True),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("facts", sa.Text, nullable=False),
        sa.Column("since", sa.BigInteger, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
    )
