"""What brings a session its comments, and how well it is heard."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One column at the end, for rows are read in their order; sessions from before have heard of no source."""
    op.add_column("session", sa.Column("sources", sa.Text(), nullable=True))
