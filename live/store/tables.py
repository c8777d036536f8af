"""The tables, once, for both kinds of store.

The migrations make them; the hot path writes them by `live.store.statements`. Milliseconds and fen are `BigInteger`:
`Integer` is 32 bits on PostgreSQL. What is read whole and never searched (aliases, facts, a classification) is one JSON
text; what is only handed on (an event's data, an answer's body) is bytes. The two logs, `comment` and `event`, carry no
foreign keys: the fence on `room` vouches for them, and a check a row would cost more than the row.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    text,
)

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(referred_table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)

room = Table(
    "room",
    metadata,
    Column("name", Text, primary_key=True),
    Column("seq", BigInteger, nullable=False),
    Column("n", BigInteger, nullable=False),
    Column("session_id", Text),
    CheckConstraint("seq >= 0 AND n >= 0", name="numbers"),
)
"""The fence: a batch is written only while these numbers are the ones it was decided on."""

session = Table(
    "session",
    metadata,
    Column("id", Text, primary_key=True),
    Column("room", Text, ForeignKey("room.name"), nullable=False),
    Column("title", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("cutoff_at_ms", BigInteger, nullable=False),
    Column("pickup_at_ms", BigInteger, nullable=False),
    Column("pickup_points", Text, nullable=False),
    Column("policy", Text, nullable=False),
    Column("hosts", Text, nullable=False),
    Column("started_ms", BigInteger, nullable=False),
    Column("ended_ms", BigInteger),
    Column("pinned_offer_id", Text),
    Column("script", Text),
    Column("cycle_id", Text),
    Column("closed_ms", BigInteger),
    Column("notice", Text),
    Column("sources", Text),
    Column("stage", Text),
)

Index("ix_session_room", session.c.room)

Index(
    "uq_session_running",
    session.c.room,
    unique=True,
    sqlite_where=text("state = 'running'"),
    postgresql_where=text("state = 'running'"),
)

offer = Table(
    "offer",
    metadata,
    Column("session_id", Text, ForeignKey("session.id"), primary_key=True),
    Column("id", Text, primary_key=True),
    Column("place", BigInteger, nullable=False),
    Column("number", BigInteger),
    Column("title", Text, nullable=False),
    Column("aliases", Text, nullable=False),
    Column("unit", Text, nullable=False),
    Column("price_fen", BigInteger, nullable=False),
    Column("quota", BigInteger, nullable=False),
    Column("per_viewer_limit", BigInteger),
    Column("case_size", BigInteger, nullable=False),
    Column("min_quantity", BigInteger, nullable=False),
    Column("facts", Text, nullable=False),
    Column("phase", Text, nullable=False),
    Column("reserved", BigInteger, nullable=False),
    Column("waitlisted", BigInteger, nullable=False),
    Column("case_tolerance", BigInteger),
    Column("supplier", Text),
    Column("weighed", Boolean),
    Column("picture", Text),
    CheckConstraint("reserved BETWEEN 0 AND quota", name="not_oversold"),
    CheckConstraint("waitlisted >= 0", name="waitlisted"),
    CheckConstraint("price_fen >= 0", name="price"),
)

variant = Table(
    "variant",
    metadata,
    Column("session_id", Text, primary_key=True),
    Column("offer_id", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("place", BigInteger, nullable=False),
    Column("name", Text, nullable=False),
    Column("aliases", Text, nullable=False),
    Column("quota", BigInteger),
    Column("reserved", BigInteger, nullable=False),
    ForeignKeyConstraint(["session_id", "offer_id"], ["offer.session_id", "offer.id"]),
    CheckConstraint("reserved >= 0 AND (quota IS NULL OR reserved <= quota)", name="not_oversold"),
)

prompt = Table(
    "prompt",
    metadata,
    Column("session_id", Text, ForeignKey("session.id"), primary_key=True),
    Column("id", Text, primary_key=True),
    Column("keyword", Text, nullable=False),
    Column("meaning", Text, nullable=False),
    Column("ref_id", Text),
    Column("opened_ms", BigInteger, nullable=False),
    Column("closes_ms", BigInteger, nullable=False),
    Column("open", Boolean, nullable=False),
)

reservation = Table(
    "reservation",
    metadata,
    Column("session_id", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("offer_id", Text, nullable=False),
    Column("variant_id", Text),
    Column("viewer_key", Text, nullable=False),
    Column("viewer_platform", Text, nullable=False),
    Column("viewer_id", Text),
    Column("viewer_name", Text, nullable=False),
    Column("viewer_weak", Boolean, nullable=False),
    Column("quantity", BigInteger, nullable=False),
    Column("unit_price_fen", BigInteger, nullable=False),
    Column("state", Text, nullable=False),
    Column("pickup_code", Text, nullable=False),
    Column("position", BigInteger, nullable=False),
    Column("made_ms", BigInteger, nullable=False),
    Column("changed_ms", BigInteger, nullable=False),
    Column("comment_id", Text),
    Column("expires_ms", BigInteger),
    Column("handled", Boolean, nullable=False),
    Column("reason", Text),
    Column("collected_ms", BigInteger),
    Column("weighed_milli", BigInteger),
    Column("flash_id", Text),
    ForeignKeyConstraint(["session_id", "offer_id"], ["offer.session_id", "offer.id"]),
    CheckConstraint("quantity > 0 OR (quantity = 0 AND state IN ('cancelled', 'expired', 'no_show'))", name="quantity"),
)

Index("ix_reservation_pickup_code", reservation.c.pickup_code)
Index(
    "ix_reservation_awaited",
    reservation.c.session_id,
    sqlite_where=text("state IN ('locked', 'ready')"),
    postgresql_where=text("state IN ('locked', 'ready')"),
)
Index(
    "ix_reservation_missed",
    reservation.c.viewer_key,
    sqlite_where=text("state = 'no_show'"),
    postgresql_where=text("state = 'no_show'"),
)
"""What is looked for in all sessions that ever were: few of their rows."""

basket = Table(
    "basket",
    metadata,
    Column("session_id", Text, ForeignKey("session.id"), primary_key=True),
    Column("viewer_key", Text, primary_key=True),
    Column("pickup_code", Text, nullable=False),
    Column("pickup_point_id", Text),
    Column("phone_tail", Text),
    Column("own_bag", Boolean, nullable=False),
    Column("bag_points", BigInteger, nullable=False),
    Column("redeemed_points", BigInteger, nullable=False),
    Column("changed_ms", BigInteger, nullable=False),
    Column("position", BigInteger, nullable=False),
)

Index("ix_basket_viewer_key", basket.c.viewer_key)
Index(
    "ix_basket_points",
    basket.c.viewer_key,
    sqlite_where=text("bag_points > 0 OR redeemed_points > 0"),
    postgresql_where=text("bag_points > 0 OR redeemed_points > 0"),
)

ticket = Table(
    "ticket",
    metadata,
    Column("session_id", Text, ForeignKey("session.id"), primary_key=True),
    Column("id", Text, primary_key=True),
    Column("viewer_key", Text, nullable=False),
    Column("viewer_platform", Text, nullable=False),
    Column("viewer_id", Text),
    Column("viewer_name", Text, nullable=False),
    Column("viewer_weak", Boolean, nullable=False),
    Column("text", Text, nullable=False),
    Column("times", BigInteger, nullable=False),
    Column("state", Text, nullable=False),
    Column("opened_ms", BigInteger, nullable=False),
    Column("due_ms", BigInteger, nullable=False),
    Column("answer", Text),
    Column("promise", Text),
    Column("changed_ms", BigInteger, nullable=False),
    Column("comment_id", Text),
    Column("about", Text, nullable=False),
    Column("position", BigInteger, nullable=False),
    Column("answered_ms", BigInteger),
)

person = Table(
    "person",
    metadata,
    Column("viewer_key", Text, primary_key=True),
    Column("person", Text, nullable=False),
    Column("joined_ms", BigInteger, nullable=False),
    Column("joined_by", Text, nullable=False),
)
"""Which identities are one person, where somebody has said so; whoever is not here is a person alone."""

Index("ix_person_person", person.c.person)

act = Table(
    "act",
    metadata,
    Column("session_id", Text, ForeignKey("session.id"), primary_key=True),
    Column("id", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("place", BigInteger, nullable=False),
    Column("data", Text, nullable=False),
    CheckConstraint("kind IN ('flash_sale', 'giveaway', 'poll')", name="kind"),
)
"""What happens on the picture for a while: few, read whole with their session, a draw by its own id as well."""

Index("ix_act_id", act.c.id)

entry = Table(
    "entry",
    metadata,
    Column("giveaway_id", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("viewer_key", Text, nullable=False),
    Column("viewer_platform", Text, nullable=False),
    Column("viewer_id", Text),
    Column("viewer_name", Text, nullable=False),
    Column("viewer_weak", Boolean, nullable=False),
    Column("entered_ms", BigInteger, nullable=False),
    Column("comment_id", Text),
)

Index("ix_entry_viewer_key", entry.c.viewer_key)

vote = Table(
    "vote",
    metadata,
    Column("poll_id", Text, primary_key=True),
    Column("voter", Text, primary_key=True),
    Column("option_key", Text, nullable=False),
    Column("at_ms", BigInteger, nullable=False),
)

win = Table(
    "win",
    metadata,
    Column("session_id", Text, nullable=False),
    Column("giveaway_id", Text, primary_key=True),
    Column("entry", Text, primary_key=True),
    Column("viewer_key", Text, nullable=False),
    Column("won_ms", BigInteger, nullable=False),
)
"""Who has won what, over all sessions: some draws leave out who has won of late."""

Index("ix_win_viewer_key", win.c.viewer_key)

comment = Table(
    "comment",
    metadata,
    Column("room", Text, primary_key=True),
    Column("n", BigInteger, primary_key=True),
    Column("session_id", Text, nullable=False),
    Column("platform", Text, nullable=False),
    Column("id", Text, nullable=False),
    Column("viewer_key", Text, nullable=False),
    Column("viewer_platform", Text, nullable=False),
    Column("viewer_id", Text),
    Column("viewer_name", Text, nullable=False),
    Column("viewer_weak", Boolean, nullable=False),
    Column("text", Text, nullable=False),
    Column("at_ms", BigInteger, nullable=False),
    Column("level", BigInteger),
    Column("badges", Text, nullable=False),
    Column("classification", Text, nullable=False),
    Column("route", Text, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("received_ms", BigInteger, nullable=False),
    UniqueConstraint("room", "id", "platform"),
)
"""The unique key starts with the id, so that it also finds a comment whose platform is not known."""

Index("ix_comment_session", comment.c.session_id, comment.c.n)
Index(
    "ix_comment_pending",
    comment.c.session_id,
    comment.c.n,
    sqlite_where=text("outcome = 'needs_confirmation'"),
    postgresql_where=text("outcome = 'needs_confirmation'"),
)

event = Table(
    "event",
    metadata,
    Column("room", Text, primary_key=True),
    Column("seq", BigInteger, primary_key=True),
    Column("at_ms", BigInteger, nullable=False),
    Column("kind", Text, nullable=False),
    Column("data", LargeBinary, nullable=False),
)
"""The outbox and the history in one: written with what it tells of, read by whoever missed it."""

response = Table(
    "response",
    metadata,
    Column("room", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("request", Text, nullable=False),
    Column("status", BigInteger, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("at_ms", BigInteger, nullable=False),
)

outbound_target = Table(
    "outbound_target",
    metadata,
    Column("name", Text, primary_key=True),
    Column("rooms", Text, nullable=False),
    Column("n", BigInteger, nullable=False),
    Column("delivered", BigInteger, nullable=False),
    Column("delivered_ms", BigInteger),
    Column("last_error", Text),
    Column("failed_ms", BigInteger),
)
"""`rooms` is the JSON list that it was registered with (null: all), `n` the number of its last delivery."""

outbound_cursor = Table(
    "outbound_cursor",
    metadata,
    Column("target", Text, primary_key=True),
    Column("room", Text, primary_key=True),
    Column("seq", BigInteger, nullable=False),
)
"""How far a target has read a room; no row: from its beginning."""

delivery = Table(
    "delivery",
    metadata,
    Column("id", Text, primary_key=True),
    Column("target", Text, nullable=False),
    Column("n", BigInteger, nullable=False),
    Column("room", Text, nullable=False),
    Column("seq", BigInteger),
    Column("kind", Text, nullable=False),
    Column("form", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("state", Text, nullable=False),
    Column("attempts", BigInteger, nullable=False),
    Column("next_ms", BigInteger, nullable=False),
    Column("made_ms", BigInteger, nullable=False),
    Column("last_error", Text),
    UniqueConstraint("target", "n"),
    CheckConstraint("state IN ('waiting', 'sending', 'dead')", name="state"),
)
"""What waits to be sent or was given up; what has arrived is deleted, with all that it held of anybody."""
