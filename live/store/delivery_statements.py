"""The SQL of the lines of deliveries, by name; the same on both kinds of store but for the placeholders.

None of it is on the way of an order: it runs a few times a second at most, and in batches.
"""

# ruff: noqa: S608  # every part of every statement is a literal of this module

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import LiteralString

_DELIVERY = "id, target, n, room, seq, kind, form, name, body, state, attempts, next_ms, made_ms, last_error"
_LISTED = "id, target, n, room, seq, kind, form, name, state, attempts, next_ms, made_ms, last_error"


@dataclass(frozen=True, kw_only=True, slots=True)
class DeliveryStatements:
    """What writes names what it changed in its answer: no row, somebody else was first.

    `claim`, `arrived` and `put_back` hold a delivery by its `next_ms`, which is the end of the claim while it is being
    sent: a claim that has run out and was given to another settles nothing.
    """

    rooms: LiteralString
    rooms_of: LiteralString
    put_target: LiteralString
    put_cursor: LiteralString
    behind: LiteralString
    first_kept: LiteralString
    move_cursor: LiteralString
    open_cursor: LiteralString
    count_up: LiteralString
    add: LiteralString
    line: LiteralString
    claim: LiteralString
    arrived: LiteralString
    put_back: LiteralString
    delivered: LiteralString
    failed: LiteralString
    revive: LiteralString
    targets: LiteralString
    dead: LiteralString
    forget: LiteralString


POSTGRES = DeliveryStatements(
    rooms="SELECT name, seq FROM room ORDER BY name",
    rooms_of="SELECT rooms FROM outbound_target WHERE name = $1",
    put_target="""
        INSERT INTO outbound_target (name, rooms, n, delivered) VALUES ($1, $2, 0, 0)
        ON CONFLICT (name) DO UPDATE SET rooms = excluded.rooms
    """,
    put_cursor="""
        INSERT INTO outbound_cursor (target, room, seq) VALUES ($1, $2, $3)
        ON CONFLICT (target, room) DO UPDATE SET seq = excluded.seq
    """,
    behind="""
        SELECT r.name, coalesce(c.seq, 0), r.seq
        FROM room AS r LEFT JOIN outbound_cursor AS c ON c.target = $1 AND c.room = r.name
        WHERE r.seq > coalesce(c.seq, 0) ORDER BY r.name
    """,
    first_kept="SELECT min(seq) FROM event WHERE room = $1 AND seq > $2",
    move_cursor="UPDATE outbound_cursor SET seq = $4 WHERE target = $1 AND room = $2 AND seq = $3 RETURNING seq",
    open_cursor="""
        INSERT INTO outbound_cursor (target, room, seq) VALUES ($1, $2, $3)
        ON CONFLICT (target, room) DO NOTHING RETURNING seq
    """,
    count_up="UPDATE outbound_target SET n = n + $2 WHERE name = $1 RETURNING n",
    add=f"""
        INSERT INTO delivery ({_DELIVERY}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
        ON CONFLICT (id) DO NOTHING
    """,
    line=f"SELECT {_DELIVERY} FROM delivery WHERE target = $1 AND state <> 'dead' ORDER BY n LIMIT $2",
    claim="""
        UPDATE delivery SET state = 'sending', next_ms = $3
        WHERE id = $1 AND next_ms = $2 AND state <> 'dead' RETURNING id
    """,
    arrived="DELETE FROM delivery WHERE id = $1 AND next_ms = $2 AND state = 'sending' RETURNING id",
    put_back="""
        UPDATE delivery SET state = $3, attempts = attempts + $4, next_ms = $5, last_error = coalesce($6, last_error)
        WHERE id = $1 AND next_ms = $2 AND state = 'sending' RETURNING id
    """,
    delivered="UPDATE outbound_target SET delivered = delivered + $2, delivered_ms = $3 WHERE name = $1",
    failed="UPDATE outbound_target SET last_error = $2, failed_ms = $3 WHERE name = $1",
    revive="""
        UPDATE delivery SET state = 'waiting', attempts = 0, next_ms = $2
        WHERE id = $1 AND state <> 'sending' RETURNING target
    """,
    targets="""
        SELECT
            t.name, t.rooms, t.delivered, t.delivered_ms, t.last_error, t.failed_ms,
            count(CASE WHEN d.state <> 'dead' THEN 1 END), count(CASE WHEN d.state = 'dead' THEN 1 END),
            min(CASE WHEN d.state <> 'dead' THEN d.made_ms END)
        FROM outbound_target AS t LEFT JOIN delivery AS d ON d.target = t.name
        GROUP BY t.name, t.rooms, t.delivered, t.delivered_ms, t.last_error, t.failed_ms ORDER BY t.name
    """,
    dead=f"SELECT {_LISTED} FROM delivery WHERE state = 'dead' ORDER BY made_ms DESC, n DESC LIMIT $1",
    forget="DELETE FROM delivery WHERE target = $1 AND state = 'dead' AND made_ms < $2 RETURNING id",
)


def _lite(statements: DeliveryStatements) -> DeliveryStatements:
    return replace(statements, **{name: sql.replace("$", "?") for name, sql in asdict(statements).items()})


SQLITE = _lite(POSTGRES)
