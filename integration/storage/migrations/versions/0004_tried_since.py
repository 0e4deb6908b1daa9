"""Since when a row has been tried, for the patience with what lies outside of it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column: nothing has been tried yet."""
    op.add_column("due", sa.Column("tried_since", sa.BigInteger))
