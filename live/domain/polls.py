"""Handlers of polls: one vote a viewer, the last one counting."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from live.domain import keywords
from live.domain.events import EventKind
from live.domain.poll import Poll, PollOption, PollState, Vote
from live.domain.refusal import RefusalCode, Refused

if TYPE_CHECKING:
    from live.domain import stage_commands as c
    from live.domain.draft import Draft
    from live.domain.state import RoomState
    from live.domain.viewer import Viewer


def open_poll(draft: Draft, command: c.OpenPoll) -> Refused | None:
    """Ask the room."""
    asked = open_poll_of(draft.state)
    if asked is not None:
        return Refused(code=RefusalCode.POLL_RUNNING, detail=f"“{asked.question}”还在投，请先结束它")
    taken = keywords.refuse_options(draft.state, command.options)
    if taken is not None:
        return taken
    poll = Poll(
        id=command.poll_id,
        session_id=draft.session.id,
        question=command.question,
        options=tuple(PollOption(key=key, label=label) for key, label in command.options),
        state=PollState.OPEN,
        opened_ms=draft.at_ms,
        closes_ms=draft.at_ms + command.seconds * 1000,
    )
    draft.tell(EventKind.POLL_OPENED, poll=poll)
    return None


def close_poll(draft: Draft, command: c.ClosePoll) -> Refused | None:
    """End a poll; a second tap changes nothing."""
    poll = draft.state.polls.get(command.poll_id)
    if poll is None:
        return Refused(code=RefusalCode.UNKNOWN_POLL, detail=f"poll_id：没有“{command.poll_id}”这个投票")
    _close(draft, poll)
    return None


def close_due(draft: Draft) -> None:
    """End what has had its time."""
    for poll in list(draft.state.polls.values()):
        if poll.closes_ms <= draft.at_ms:
            _close(draft, poll)


def close_all(draft: Draft) -> None:
    """End every poll: the evening is over."""
    for poll in list(draft.state.polls.values()):
        _close(draft, poll)


def _close(draft: Draft, poll: Poll) -> None:
    if poll.state is PollState.OPEN:
        draft.tell(EventKind.POLL_CLOSED, poll=replace(poll, state=PollState.CLOSED, closed_ms=draft.at_ms))


def vote(draft: Draft, viewer: Viewer, poll: Poll, key: str) -> None:
    """Count a viewer's vote; the same one again changes nothing."""
    voter = voter_of(draft.state, viewer)
    was = draft.state.votes.get(poll.id, {}).get(voter)
    if was != key:
        cast = Vote(poll_id=poll.id, voter=voter, key=key, at_ms=draft.at_ms)
        draft.tell(EventKind.POLL_VOTED, poll=poll.moved(was, key), vote=cast)


def voter_of(state: RoomState, viewer: Viewer) -> str:
    """What a viewer's votes are counted by: one person once, and of hidden names each shown name once."""
    return f"{viewer.platform}/shown/{viewer.name}" if viewer.weak else state.keys_of(viewer.key)[0]


def open_poll_of(state: RoomState) -> Poll | None:
    """The poll that is open; there is one at most."""
    return next((poll for poll in state.polls.values() if poll.state is PollState.OPEN), None)


def due_ms(state: RoomState) -> list[int]:
    """When the clock must look at the room's polls again."""
    return [poll.closes_ms for poll in state.polls.values() if poll.state is PollState.OPEN]
