"""A shop with two offers that lists are read for."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from live.service.reader import catalogue_offer
from live.service.sign_ups import List, read_sign_ups
from nlp.maker import ClassifierMaker
from nlp.types import Context
from tests.domain.factories import apple, egg

if TYPE_CHECKING:
    from live.domain.offer import Offer
    from live.service.sign_ups import LineFault, Proposal, Read, SignUps

OFFERS = {"egg": egg(quota=1_000), "apple": replace(apple(quota=1_000, large=None), aliases=("苹果",))}


@cache
def reader(offer_id: str | None = None) -> Read:
    classifier = ClassifierMaker()([catalogue_offer(offer) for offer in OFFERS.values()])
    return lambda order: classifier.classify(order, Context(pinned=offer_id))


def against(offer_id: str | None = None, *, offers: dict[str, Offer] | None = None) -> List:
    return List(session_id="s1", offers=offers or OFFERS, offer_id=offer_id, read=reader(offer_id))


def read(text: str, offer_id: str | None = None) -> SignUps:
    return read_sign_ups(text, against(offer_id))


def proposed(text: str, offer_id: str | None = None) -> list[tuple[str, str, str | None, int]]:
    """Who wants what, by the list."""
    return [(p.name, p.offer_id, p.variant_id, p.quantity) for p in read(text, offer_id).proposals]


def only(text: str, offer_id: str | None = None) -> Proposal:
    (proposal,) = read(text, offer_id).proposals
    return proposal


def fault(text: str, offer_id: str | None = None) -> LineFault:
    (found,) = read(text, offer_id).faults
    return found
