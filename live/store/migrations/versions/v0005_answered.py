"""When the shop first reacted to a complaint, so that the report can say how often it was in time."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One column at the end, for rows are read in their order; what was answered before, nobody has timed."""
    op.add_column("ticket", sa.Column("answered_ms", sa.BigInteger(), nullable=True))
