"""The first tables: rooms, sessions, offers, reservations, and the two logs of comments and events."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make every table; those that refer to others come after them."""
    _room()
    _session()
    _offer()
    _variant()
    _prompt()
    _reservation()
    _comment()
    _event()
    _response()


def _room() -> None:
    op.create_table(
        "room",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("n", sa.BigInteger(), nullable=False),
        sa.Column("session_id", sa.Text(), nullable=True),
        sa.CheckConstraint("seq >= 0 AND n >= 0", name=op.f("ck_room_numbers")),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_room")),
    )


def _session() -> None:
    op.create_table(
        "session",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("room", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("cutoff_at_ms", sa.BigInteger(), nullable=False),
        sa.Column("pickup_at_ms", sa.BigInteger(), nullable=False),
        sa.Column("pickup_points", sa.Text(), nullable=False),
        sa.Column("policy", sa.Text(), nullable=False),
        sa.Column("hosts", sa.Text(), nullable=False),
        sa.Column("started_ms", sa.BigInteger(), nullable=False),
        sa.Column("ended_ms", sa.BigInteger(), nullable=True),
        sa.Column("pinned_offer_id", sa.Text(), nullable=True),
        sa.Column("script", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["room"], ["room.name"], name=op.f("fk_session_room")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_session")),
    )
    op.create_index(
        "uq_session_running",
        "session",
        ["room"],
        unique=True,
        sqlite_where=sa.text("state = 'running'"),
        postgresql_where=sa.text("state = 'running'"),
    )


def _offer() -> None:
    op.create_table(
        "offer",
        sa.Column("session_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("place", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("aliases", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("price_fen", sa.BigInteger(), nullable=False),
        sa.Column("quota", sa.BigInteger(), nullable=False),
        sa.Column("per_viewer_limit", sa.BigInteger(), nullable=True),
        sa.Column("case_size", sa.BigInteger(), nullable=False),
        sa.Column("min_quantity", sa.BigInteger(), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("phase", sa.Text(), nullable=False),
        sa.Column("reserved", sa.BigInteger(), nullable=False),
        sa.Column("waitlisted", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("price_fen >= 0", name=op.f("ck_offer_price")),
        sa.CheckConstraint("reserved BETWEEN 0 AND quota", name=op.f("ck_offer_not_oversold")),
        sa.CheckConstraint("waitlisted >= 0", name=op.f("ck_offer_waitlisted")),
        sa.ForeignKeyConstraint(["session_id"], ["session.id"], name=op.f("fk_offer_session")),
        sa.PrimaryKeyConstraint("session_id", "id", name=op.f("pk_offer")),
    )


def _variant() -> None:
    op.create_table(
        "variant",
        sa.Column("session_id", sa.Text(), nullable=False),
        sa.Column("offer_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("place", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("aliases", sa.Text(), nullable=False),
        sa.Column("quota", sa.BigInteger(), nullable=True),
        sa.Column("reserved", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "reserved >= 0 AND (quota IS NULL OR reserved <= quota)", name=op.f("ck_variant_not_oversold")
        ),
        sa.ForeignKeyConstraint(
            ["session_id", "offer_id"], ["offer.session_id", "offer.id"], name=op.f("fk_variant_offer")
        ),
        sa.PrimaryKeyConstraint("session_id", "offer_id", "id", name=op.f("pk_variant")),
    )


def _prompt() -> None:
    op.create_table(
        "prompt",
        sa.Column("session_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("keyword", sa.Text(), nullable=False),
        sa.Column("meaning", sa.Text(), nullable=False),
        sa.Column("ref_id", sa.Text(), nullable=True),
        sa.Column("opened_ms", sa.BigInteger(), nullable=False),
        sa.Column("closes_ms", sa.BigInteger(), nullable=False),
        sa.Column("open", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["session_id"], ["session.id"], name=op.f("fk_prompt_session")),
        sa.PrimaryKeyConstraint("session_id", "id", name=op.f("pk_prompt")),
    )


def _reservation() -> None:
    op.create_table(
        "reservation",
        sa.Column("session_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("offer_id", sa.Text(), nullable=False),
        sa.Column("variant_id", sa.Text(), nullable=True),
        sa.Column("viewer_key", sa.Text(), nullable=False),
        sa.Column("viewer_platform", sa.Text(), nullable=False),
        sa.Column("viewer_id", sa.Text(), nullable=True),
        sa.Column("viewer_name", sa.Text(), nullable=False),
        sa.Column("viewer_weak", sa.Boolean(), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("unit_price_fen", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("pickup_code", sa.Text(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("made_ms", sa.BigInteger(), nullable=False),
        sa.Column("changed_ms", sa.BigInteger(), nullable=False),
        sa.Column("comment_id", sa.Text(), nullable=True),
        sa.Column("expires_ms", sa.BigInteger(), nullable=True),
        sa.Column("handled", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "quantity > 0 OR (quantity = 0 AND state IN ('cancelled', 'expired', 'no_show'))",
            name=op.f("ck_reservation_quantity"),
        ),
        sa.ForeignKeyConstraint(
            ["session_id", "offer_id"], ["offer.session_id", "offer.id"], name=op.f("fk_reservation_offer")
        ),
        sa.PrimaryKeyConstraint("session_id", "id", name=op.f("pk_reservation")),
    )


def _comment() -> None:
    op.create_table(
        "comment",
        sa.Column("room", sa.Text(), nullable=False),
        sa.Column("n", sa.BigInteger(), nullable=False),
        sa.Column("session_id", sa.Text(), nullable=False),
        sa.Column("platform", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("viewer_key", sa.Text(), nullable=False),
        sa.Column("viewer_platform", sa.Text(), nullable=False),
        sa.Column("viewer_id", sa.Text(), nullable=True),
        sa.Column("viewer_name", sa.Text(), nullable=False),
        sa.Column("viewer_weak", sa.Boolean(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at_ms", sa.BigInteger(), nullable=False),
        sa.Column("level", sa.BigInteger(), nullable=True),
        sa.Column("badges", sa.Text(), nullable=False),
        sa.Column("classification", sa.Text(), nullable=False),
        sa.Column("route", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("received_ms", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("room", "n", name=op.f("pk_comment")),
        sa.UniqueConstraint("room", "id", "platform", name=op.f("uq_comment_room_id_platform")),
    )
    op.create_index(
        "ix_comment_pending",
        "comment",
        ["session_id", "n"],
        unique=False,
        sqlite_where=sa.text("outcome = 'needs_confirmation'"),
        postgresql_where=sa.text("outcome = 'needs_confirmation'"),
    )
    op.create_index("ix_comment_session", "comment", ["session_id", "n"], unique=False)


def _event() -> None:
    op.create_table(
        "event",
        sa.Column("room", sa.Text(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("at_ms", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("room", "seq", name=op.f("pk_event")),
    )


def _response() -> None:
    op.create_table(
        "response",
        sa.Column("room", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("request", sa.Text(), nullable=False),
        sa.Column("status", sa.BigInteger(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("at_ms", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("room", "key", name=op.f("pk_response")),
    )
