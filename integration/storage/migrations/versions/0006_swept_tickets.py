"""What became of each ticket of a sweep, and what a reading found."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """A sweep that is under way begins anew: which tickets it had listed was not remembered."""
    op.add_column("seen", sa.Column("found", sa.Boolean))
    op.create_table(
        "swept",
        sa.Column("account", sa.Text, primary_key=True),
        sa.Column("ticket", sa.Text, primary_key=True),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("found", sa.Boolean),
        sa.Column("calls", sa.Integer, nullable=False),
    )
    op.create_index("swept_counts", "swept", ["account", "state", "found", "calls"])
    op.execute("DELETE FROM named_values WHERE name = 'sweep'")
