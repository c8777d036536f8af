"""Flash deals, draws with their entries and winners, polls with their votes, pictures of goods, and what the host shows on the picture."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """New tables, and a column at the end of three: rows are read in their order."""
    op.add_column("session", sa.Column("stage", sa.Text(), nullable=True))
    op.add_column("reservation", sa.Column("flash_id", sa.Text(), nullable=True))
    op.add_column("offer", sa.Column("picture", sa.Text(), nullable=True))
    op.create_table(
        "act",
        sa.Column("session_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("place", sa.BigInteger(), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("session_id", "id", name=op.f("pk_act")),
        sa.ForeignKeyConstraint(["session_id"], ["session.id"], name=op.f("fk_act_session")),
        sa.CheckConstraint("kind IN ('flash_sale', 'giveaway', 'poll')", name=op.f("ck_act_kind")),
    )
    op.create_index("ix_act_id", "act", ["id"])
    op.create_table(
        "entry",
        sa.Column("giveaway_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("viewer_key", sa.Text(), nullable=False),
        sa.Column("viewer_platform", sa.Text(), nullable=False),
        sa.Column("viewer_id", sa.Text(), nullable=True),
        sa.Column("viewer_name", sa.Text(), nullable=False),
        sa.Column("viewer_weak", sa.Boolean(), nullable=False),
        sa.Column("entered_ms", sa.BigInteger(), nullable=False),
        sa.Column("comment_id", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("giveaway_id", "id", name=op.f("pk_entry")),
    )
    op.create_index("ix_entry_viewer_key", "entry", ["viewer_key"])
    op.create_table(
        "vote",
        sa.Column("poll_id", sa.Text(), nullable=False),
        sa.Column("voter", sa.Text(), nullable=False),
        sa.Column("option_key", sa.Text(), nullable=False),
        sa.Column("at_ms", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("poll_id", "voter", name=op.f("pk_vote")),
    )
    op.create_table(
        "win",
        sa.Column("session_id", sa.Text(), nullable=False),
        sa.Column("giveaway_id", sa.Text(), nullable=False),
        sa.Column("entry", sa.Text(), nullable=False),
        sa.Column("viewer_key", sa.Text(), nullable=False),
        sa.Column("won_ms", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("giveaway_id", "entry", name=op.f("pk_win")),
    )
    op.create_index("ix_win_viewer_key", "win", ["viewer_key"])
