"""The SQL of the host's desk, by name (`live.store.statements` has the rest, and says how it is written)."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import LiteralString


@dataclass(frozen=True, kw_only=True, slots=True)
class DeskStatements:
    """What is written (`put_…`, `drop_faq`), and what is read: by session, but `faq` by room."""

    put_question: LiteralString
    put_asker: LiteralString
    put_faq: LiteralString
    drop_faq: LiteralString
    questions: LiteralString
    askers: LiteralString
    faq: LiteralString


DESK = DeskStatements(
    put_question="""
        INSERT INTO question (session_id, id, place, data) VALUES ($1, $2, $3, $4)
        ON CONFLICT (session_id, id) DO UPDATE SET data = excluded.data
    """,
    put_asker="""
        INSERT INTO asker (question_id, asker, at_ms) VALUES ($1, $2, $3) ON CONFLICT (question_id, asker) DO NOTHING
    """,
    put_faq="""
        INSERT INTO faq (room, id, place, data) VALUES ($1, $2, $3, $4)
        ON CONFLICT (room, id) DO UPDATE SET place = excluded.place, data = excluded.data
    """,
    drop_faq="DELETE FROM faq WHERE room = $1 AND id = $2",
    questions="SELECT data FROM question WHERE session_id = $1 ORDER BY place, id",
    askers="""
        SELECT question_id, asker, at_ms FROM asker
        WHERE question_id IN (SELECT id FROM question WHERE session_id = $1) ORDER BY at_ms, asker
    """,
    faq="SELECT data FROM faq WHERE room = $1 ORDER BY place, id",
)


def lite(desk: DeskStatements) -> DeskStatements:
    """The same with the placeholders of SQLite."""
    return DeskStatements(**{name: sql.replace("$", "?") for name, sql in asdict(desk).items()})
