"""The order cycle: the cut-off, cases and suppliers, what was weighed, baskets, tickets, and joined identities."""

from __future__ import annotations

import time
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Widen what there is; columns come last, for rows are read in their order."""
    _widen("session", ("cycle_id", sa.Text()), ("closed_ms", sa.BigInteger()), ("notice", sa.Text()))
    _widen("offer", ("case_tolerance", sa.BigInteger()), ("supplier", sa.Text()), ("weighed", sa.Boolean()))
    _widen("reservation", ("collected_ms", sa.BigInteger()), ("weighed_milli", sa.BigInteger()))
    op.create_index("ix_reservation_pickup_code", "reservation", ["pickup_code"], unique=False)
    _index_part("ix_reservation_awaited", "reservation", "session_id", "state IN ('locked', 'ready')")
    _index_part("ix_reservation_missed", "reservation", "viewer_key", "state = 'no_show'")
    op.create_index("ix_session_room", "session", ["room"], unique=False)
    _basket()
    _ticket()
    _person()
    _name_cycles()
    _leave_history_alone()


def _name_cycles() -> None:
    """A session from before has a cycle of its own: nobody meant it to be shared."""
    op.execute("UPDATE session SET cycle_id = id")


def _leave_history_alone() -> None:
    """What was over and fetched by hand counts as cut off; the clock would fail and cancel what was handed out long ago.

    A session whose pickup is still to come is left to the clock, which cuts it off at the next start.
    """
    over = sa.text("UPDATE session SET closed_ms = cutoff_at_ms WHERE state = 'ended' AND pickup_at_ms < :now")
    op.execute(over.bindparams(now=time.time_ns() // 1_000_000))


def _index_part(name: str, table: str, column: str, where: str) -> None:
    op.create_index(name, table, [column], unique=False, sqlite_where=sa.text(where), postgresql_where=sa.text(where))


def _widen(table: str, *columns: tuple[str, sa.types.TypeEngine[Any]]) -> None:
    for name, kind in columns:
        op.add_column(table, sa.Column(name, kind, nullable=True))


def _basket() -> None:
    op.create_table(
        "basket",
        sa.Column("session_id", sa.Text(), nullable=False),
        sa.Column("viewer_key", sa.Text(), nullable=False),
        sa.Column("pickup_code", sa.Text(), nullable=False),
        sa.Column("pickup_point_id", sa.Text(), nullable=True),
        sa.Column("phone_tail", sa.Text(), nullable=True),
        sa.Column("own_bag", sa.Boolean(), nullable=False),
        sa.Column("bag_points", sa.BigInteger(), nullable=False),
        sa.Column("redeemed_points", sa.BigInteger(), nullable=False),
        sa.Column("changed_ms", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["session_id"], ["session.id"], name=op.f("fk_basket_session")),
        sa.PrimaryKeyConstraint("session_id", "viewer_key", name=op.f("pk_basket")),
    )
    op.create_index("ix_basket_viewer_key", "basket", ["viewer_key"], unique=False)
    _index_part("ix_basket_points", "basket", "viewer_key", "bag_points > 0 OR redeemed_points > 0")


def _ticket() -> None:
    op.create_table(
        "ticket",
        sa.Column("session_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("viewer_key", sa.Text(), nullable=False),
        sa.Column("viewer_platform", sa.Text(), nullable=False),
        sa.Column("viewer_id", sa.Text(), nullable=True),
        sa.Column("viewer_name", sa.Text(), nullable=False),
        sa.Column("viewer_weak", sa.Boolean(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("times", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("opened_ms", sa.BigInteger(), nullable=False),
        sa.Column("due_ms", sa.BigInteger(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("promise", sa.Text(), nullable=True),
        sa.Column("changed_ms", sa.BigInteger(), nullable=False),
        sa.Column("comment_id", sa.Text(), nullable=True),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["session_id"], ["session.id"], name=op.f("fk_ticket_session")),
        sa.PrimaryKeyConstraint("session_id", "id", name=op.f("pk_ticket")),
    )


def _person() -> None:
    op.create_table(
        "person",
        sa.Column("viewer_key", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("joined_ms", sa.BigInteger(), nullable=False),
        sa.Column("joined_by", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("viewer_key", name=op.f("pk_person")),
    )
    op.create_index("ix_person_person", "person", ["person"], unique=False)
