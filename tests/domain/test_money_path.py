"""Random evenings: whatever viewers say and hosts do, no promise is broken and none is lost."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize

from live.domain import commands as c
from nlp.types import Intent
from tests.domain.counter_rules import CounterRules
from tests.domain.factories import read_as, set_to, start
from tests.domain.flash_rules import FlashRules
from tests.domain.machine import PEOPLE
from tests.domain.page_rules import PageRules
from tests.domain.stage_factories import flash_deal
from tests.domain.strategies import cycles, few, limits, offer_ids, offers, policies
from tests.domain.talk_rules import TalkRules

if TYPE_CHECKING:
    from live.domain.offer import Offer
    from live.domain.session import OrderCycle, Policy
    from live.domain.viewer import Viewer

    Wishes = list[tuple[Viewer, str, int]]

EVENINGS = int(os.environ.get("LINBO_EVENINGS", "60"))
"""How many random evenings of each kind a run goes through; more of them for a night's search."""

wishes = st.lists(st.tuples(st.sampled_from(PEOPLE), offer_ids, few), min_size=3, max_size=8)


def variant_of(offer_id: str) -> str | None:
    return "s" if offer_id == "apple" else None


class AnyEvening(TalkRules, PageRules, FlashRules):
    """A broadcast up to its cut-off: some have ordered already."""

    @initialize(found=offers(), policy=policies, cycle=cycles, wishes=wishes)
    def begin(self, found: tuple[Offer, ...], policy: Policy, cycle: OrderCycle, wishes: Wishes) -> None:
        assert self.do(start(*found, policy=policy, cycle=cycle))
        for who, offer_id, quantity in wishes:
            self.say(who, read_as(Intent.BUY, set_to(quantity, offer_id, variant_of(offer_id))))


class AnyRush(FlashRules):
    """One flash deal after another of goods that there are enough of; somebody has some at the offer's own price."""

    @initialize(found=offers(), policy=policies, limit=limits, wishes=wishes, quota=few, later=st.booleans())
    def begin(
        self,
        found: tuple[Offer, ...],
        policy: Policy,
        limit: int | None,
        wishes: Wishes,
        quota: int,
        later: bool,
    ) -> None:
        plenty = (replace(offer, quota=20, per_viewer_limit=limit, min_quantity=0) for offer in found)
        assert self.do(start(*plenty, policy=policy))
        for who, offer_id, quantity in wishes[: len(wishes) // 2]:
            self.say(who, read_as(Intent.BUY, set_to(quantity, offer_id, variant_of(offer_id))))
        deal = flash_deal(quota=quota, limit=limit, countdown=10 if later else 0)
        assert self.do(deal)


class AnyPickup(PageRules, CounterRules):
    """The day after: everybody has something, and it lies at the counter."""

    @initialize(found=offers(), policy=policies, cycle=cycles, wishes=wishes)
    def begin(self, found: tuple[Offer, ...], policy: Policy, cycle: OrderCycle, wishes: Wishes) -> None:
        plenty = (replace(offer, quota=20, per_viewer_limit=None, min_quantity=0) for offer in found)
        assert self.do(start(*plenty, policy=policy, cycle=cycle))
        for who, offer_id, quantity in wishes:
            order = c.Reserve(viewer=who, offer_id=offer_id, variant_id=variant_of(offer_id), quantity=quantity)
            self.do(order)
        assert self.do(c.CloseCycle())
        assert self.do(c.MarkReady())


class AnyNight(AnyEvening, CounterRules):
    """Everything there is, in any order, over several evenings."""


SETTINGS = settings(
    max_examples=EVENINGS,
    report_multiple_bugs=False,
    stateful_step_count=50,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
TestAnyEvening = AnyEvening.TestCase
TestAnyEvening.settings = SETTINGS
TestAnyRush = AnyRush.TestCase
TestAnyRush.settings = SETTINGS
TestAnyPickup = AnyPickup.TestCase
TestAnyPickup.settings = SETTINGS
TestAnyNight = AnyNight.TestCase
TestAnyNight.settings = SETTINGS
