"""How often in a row a worker took a row and never gave it back."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column: no worker was lost so far."""
    op.add_column("due", sa.Column("lost", sa.Integer, nullable=False, server_default="0"))
