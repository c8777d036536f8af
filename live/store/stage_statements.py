"""The SQL of flash deals, draws and polls, by name (`live.store.statements` has the rest, and says how it is written)."""

# ruff: noqa: S608  # every part of every statement is a literal of this module

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import LiteralString

_ACT = "session_id, id, kind, place, data"
_ENTRY = "giveaway_id, id, viewer_key, viewer_platform, viewer_id, viewer_name, viewer_weak, entered_ms, comment_id"
_VOTE = "poll_id, voter, option_key, at_ms"


@dataclass(frozen=True, kw_only=True, slots=True)
class StageStatements:
    """What is written of them (the four `put_…`), and what is read: by session, but `giveaway` by its own id."""

    put_act: LiteralString
    put_entry: LiteralString
    put_vote: LiteralString
    put_win: LiteralString
    acts: LiteralString
    entries: LiteralString
    votes: LiteralString
    wins: LiteralString
    giveaway: LiteralString
    waiting_draws: LiteralString


STAGE = StageStatements(
    put_act=f"""
        INSERT INTO act ({_ACT}) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (session_id, id) DO UPDATE SET data = excluded.data
    """,
    put_entry=f"INSERT INTO entry ({_ENTRY}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    put_vote=f"""
        INSERT INTO vote ({_VOTE}) VALUES ($1, $2, $3, $4)
        ON CONFLICT (poll_id, voter) DO UPDATE SET option_key = excluded.option_key, at_ms = excluded.at_ms
    """,
    put_win="""
        INSERT INTO win (session_id, giveaway_id, entry, viewer_key, won_ms) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (giveaway_id, entry) DO NOTHING
    """,
    acts="SELECT kind, data FROM act WHERE session_id = $1 ORDER BY place, id",
    entries=f"""
        SELECT {_ENTRY} FROM entry
        WHERE giveaway_id IN (SELECT id FROM act WHERE session_id = $1 AND kind = 'giveaway')
        ORDER BY entered_ms, id
    """,
    votes=f"""
        SELECT {_VOTE} FROM vote WHERE poll_id IN (SELECT id FROM act WHERE session_id = $1 AND kind = 'poll')
        ORDER BY at_ms, voter
    """,
    wins="SELECT viewer_key, max(won_ms) FROM win WHERE session_id <> $1 GROUP BY viewer_key",
    waiting_draws="""
        SELECT s.room, a.data FROM act AS a JOIN session AS s ON s.id = a.session_id
        WHERE a.kind = 'giveaway' AND a.data LIKE '%"state":"closed"%' ORDER BY a.place, a.id
    """,
    giveaway="SELECT data FROM act WHERE id = $1 AND kind = 'giveaway'",
)


def lite(stage: StageStatements) -> StageStatements:
    """The same with the placeholders of SQLite."""
    return StageStatements(**{name: sql.replace("$", "?") for name, sql in asdict(stage).items()})
