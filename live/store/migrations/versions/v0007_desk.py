"""Questions of the room with their askers, and the answers that the shop has kept."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """New tables alone."""
    op.create_table(
        "question",
        sa.Column("session_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("place", sa.BigInteger(), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("session_id", "id", name=op.f("pk_question")),
        sa.ForeignKeyConstraint(["session_id"], ["session.id"], name=op.f("fk_question_session")),
    )
    op.create_table(
        "asker",
        sa.Column("question_id", sa.Text(), nullable=False),
        sa.Column("asker", sa.Text(), nullable=False),
        sa.Column("at_ms", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("question_id", "asker", name=op.f("pk_asker")),
    )
    op.create_table(
        "faq",
        sa.Column("room", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("place", sa.BigInteger(), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("room", "id", name=op.f("pk_faq")),
    )
