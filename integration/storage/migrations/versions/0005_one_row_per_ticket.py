"""All that is to do for a ticket is one row: nothing needs to look for a second one."""

from __future__ import annotations

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Drop what told the rows of one ticket; SQLite can since 3.35, as our upsert needs too."""
    op.drop_index("due_leased", table_name="due")
    op.drop_column("due", "ticket")
