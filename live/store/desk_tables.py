"""The tables of the host's desk: questions with their askers, and the answers that the shop has kept."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, Table, Text

from live.store.tables import metadata

question = Table(
    "question",
    metadata,
    Column("session_id", Text, ForeignKey("session.id"), primary_key=True),
    Column("id", Text, primary_key=True),
    Column("place", BigInteger, nullable=False),
    Column("data", Text, nullable=False),
)
"""What a room asks: some hundreds an evening, read whole with their session."""

asker = Table(
    "asker",
    metadata,
    Column("question_id", Text, primary_key=True),
    Column("asker", Text, primary_key=True),
    Column("at_ms", BigInteger, nullable=False),
)

faq = Table(
    "faq",
    metadata,
    Column("room", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("place", BigInteger, nullable=False),
    Column("data", Text, nullable=False),
)
