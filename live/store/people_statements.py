"""The SQL of persons, by name; the same on both kinds of store but for the placeholders and the lock.

Handed in as a value, so that a test can leave the lock out and show what it is for.
"""

# ruff: noqa: S608  # every part of every statement is a literal of this module

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import LiteralString


@dataclass(frozen=True, kw_only=True, slots=True)
class PeopleStatements:
    """`lock` makes those who join or split wait for each other; SQLite's writer needs none."""

    lock: LiteralString
    found: LiteralString
    move: LiteralString
    add: LiteralString
    remove: LiteralString
    remove_last: LiteralString
    identities: LiteralString
    everybody: LiteralString
    holder: LiteralString
    has_reserved: LiteralString


_IDENTITY = "viewer_key, person, joined_ms, joined_by"

POSTGRES = PeopleStatements(
    lock="SELECT pg_advisory_xact_lock(7163396)",
    found="SELECT viewer_key, person FROM person WHERE viewer_key IN ($1, $2)",
    move="UPDATE person SET person = $1, joined_ms = $3, joined_by = $4 WHERE person = $2",
    add=f"INSERT INTO person ({_IDENTITY}) VALUES ($1, $2, $3, $4)",
    remove="DELETE FROM person WHERE viewer_key = $1 RETURNING person",
    remove_last="DELETE FROM person WHERE person = $1 AND (SELECT count(*) FROM person WHERE person = $1) = 1",
    identities=f"""
        SELECT {_IDENTITY} FROM person WHERE person = (SELECT person FROM person WHERE viewer_key = $1)
        ORDER BY viewer_key
    """,
    everybody=f"SELECT {_IDENTITY} FROM person ORDER BY person, viewer_key",
    holder="""
        SELECT r.viewer_key, r.viewer_weak, b.phone_tail FROM reservation AS r
        LEFT JOIN basket AS b ON b.session_id = r.session_id AND b.viewer_key = r.viewer_key
        WHERE r.pickup_code = $1 LIMIT 1
    """,
    has_reserved="SELECT 1 FROM reservation WHERE viewer_key = $1 LIMIT 1",
)

SQLITE = replace(
    POSTGRES, **{name: sql.replace("$", "?") for name, sql in asdict(POSTGRES).items()} | {"lock": "SELECT 1"}
)
