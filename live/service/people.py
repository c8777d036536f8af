"""Who is one person over all platforms and rooms: identities are joined by the host or by their owner, and split again.

A name never joins anybody. The host joins two whom they see before them; a viewer joins another of their identities by
its pickup code, where both have left the same last four digits of a phone. A weak identity (a masked name, an id that
everybody shares) is known by its pickup code alone.
"""

from __future__ import annotations

import hashlib
import logging
from typing import TYPE_CHECKING

from live.domain.refusal import RefusalCode, Refused
from live.store.people import Identity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from live.store.people import CodeHolder, PeopleStore

__all__ = ["Identity", "People"]
"""`Identity` is handed on: who asks the service need not know the store."""

_LOG = logging.getLogger(__name__)

HOST = "host"
VIEWER = "viewer"


class People:
    """Persons and their identities, as they are committed."""

    def __init__(
        self,
        store: PeopleStore,
        *,
        clock: Callable[[], int],
        new_id: Callable[[], str],
        changed: Callable[[], None],
    ) -> None:
        """Take the store; `changed` is called after every join and split that made a difference."""
        self._store = store
        self._clock = clock
        self._new_id = new_id
        self._changed = changed

    async def persons_keys(self, viewer_key: str) -> frozenset[str]:
        """All viewer keys of the person behind one; that one alone for who was never joined."""
        return frozenset({viewer_key, *(each.viewer_key for each in await self._store.identities(viewer_key))})

    async def identities(self, viewer_key: str) -> list[Identity]:
        """All identities of the person behind a viewer key, with who joined them and when; empty for who is alone."""
        return await self._store.identities(viewer_key)

    async def everybody(self) -> Mapping[str, str]:
        """The person of each viewer key that was joined with others."""
        return {each.viewer_key: each.person for each in await self._store.everybody()}

    async def join_codes(self, one: str, other: str) -> Refused | frozenset[str]:
        """Join whom two pickup codes belong to, as the host says; all keys of the person, or why not."""
        mine, its = await self._store.holder(one), await self._store.holder(other)
        if mine is None or its is None:
            return _unknown_code(one if mine is None else other)
        return await self._join(mine.viewer_key, its.viewer_key, by=HOST)

    async def join_keys(self, one: str, other: str) -> Refused | frozenset[str]:
        """Join two viewers by their keys, as the host says; a weak identity is not known by its key."""
        for key in (one, other):
            refused = await self._refuse_key(key)
            if refused is not None:
                return refused
        return await self._join(one, other, by=HOST)

    async def join_as_viewer(self, code: str, other_code: str, phone_tail: str) -> Refused | frozenset[str]:
        """Join two of a viewer's own identities, as they say on their page: both have left the same phone.

        `code` is the page's own pickup code, `other_code` and `phone_tail` are what the viewer has typed.
        """
        mine, its = await self._store.holder(code), await self._store.holder(other_code)
        if mine is None or its is None:
            return _unknown_code(code if mine is None else other_code)
        if not _same_phone(mine, its, phone_tail):
            return Refused(
                code=RefusalCode.OTHER_PHONE,
                detail="phone_tail：两个提货码留的手机尾号要一样。请先在两个页面上都填好尾号，再合并",
            )
        return await self._join(mine.viewer_key, its.viewer_key, by=VIEWER)

    async def split(self, viewer_key: str) -> bool:
        """Let an identity be a person alone again, as the host says; False where it was."""
        before = await self.persons_keys(viewer_key)
        done = await self._store.split(viewer_key)
        if done:
            _log("identity split", viewer_key, before - {viewer_key}, by=HOST)
            self._changed()
        return done

    async def _join(self, one: str, other: str, *, by: str) -> frozenset[str]:
        done = await self._store.join(one, other, person=self._new_id(), at_ms=self._clock(), by=by)
        keys = await self.persons_keys(one)
        if done:
            _log("identities joined", other, keys - {other}, by=by)
            self._changed()
        return keys

    async def _refuse_key(self, key: str) -> Refused | None:
        if _is_weak(key):
            return Refused(
                code=RefusalCode.WEAK_IDENTITY,
                detail="viewer_keys：平台藏起了这位的身份，名字靠不住；请用提货码合并（pickup_codes）",
            )
        if not await self._store.has_reserved(key):
            return Refused(code=RefusalCode.UNKNOWN_VIEWER, detail=f"viewer_keys：没有“{key}”订过的东西")
        return None


def _log(event: str, key: str, others: Iterable[str], *, by: str) -> None:
    """Leave a trace of who has said who is one person: keys hold names and ids, so only their prints are written."""
    _LOG.info(event, extra={"by": by, "identity": print_of(key), "others": sorted(map(print_of, others))})


def print_of(key: str) -> str:
    """The fingerprint of a viewer's key: it names nobody, and who has the key finds it again."""
    return hashlib.sha256(key.encode()).hexdigest()[:12]


def _is_weak(key: str) -> bool:
    """Whether a viewer key is made of a cause and not of a person (`live.domain.viewer.identify`)."""
    return key.split("/")[1:2] == ["weak"]


def _same_phone(mine: CodeHolder, its: CodeHolder, phone_tail: str) -> bool:
    return mine.phone_tail == its.phone_tail == phone_tail


def _unknown_code(code: str) -> Refused:
    return Refused(
        code=RefusalCode.UNKNOWN_PICKUP_CODE, detail=f"没有“{code}”这个提货码，请核对：没有 0、1、I、O 这几个字"
    )
