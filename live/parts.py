"""Builds the service from the settings: the store, the line, the clock and the shop's secret, once."""

from __future__ import annotations

import logging
import secrets
import time
from typing import TYPE_CHECKING

from live.logs import COMMENTS
from live.secret import load_secret
from live.service.beacons import KnownBeacon
from live.service.codes import pickup_codes
from live.service.journal import Journal
from live.service.service import Service
from live.service.worker import Parts
from live.store.factory import open_store
from live.streams.factory import open_stream
from nlp.classifier import Thresholds
from nlp.maker import ClassifierMaker

if TYPE_CHECKING:
    from config.settings import Settings
    from live.service.reader import MakeClassifier


def build_maker(settings: Settings) -> ClassifierMaker:
    """Make what makes the classifiers; its dictionary is loaded by `warm`."""
    return ClassifierMaker(thresholds=Thresholds(auto=settings.nlp.auto_confidence))


def build_service(settings: Settings, make_classifier: MakeClassifier) -> Service:
    """Put the service together; nothing is opened before it is entered. Raises what `build_parts` raises."""
    return Service(build_parts(settings, make_classifier), new_id=new_id)


def build_parts(settings: Settings, make_classifier: MakeClassifier, known_beacon: KnownBeacon | None = None) -> Parts:
    """Make what the service works with, for those who share some of it.

    Raises:
        SecretFileError, StoreError, StreamUnavailable: each with what is wrong and the mend.
    """
    return Parts(
        store=open_store(settings.database_url),
        stream=open_stream(settings.redis.url, bound=settings.ingest.max_waiting),
        clock=now_ms,
        pickup_code=pickup_codes(load_secret(settings.data_dir)),
        make_classifier=make_classifier,
        journal=Journal(logging.getLogger(COMMENTS)),
        known_beacon=known_beacon or KnownBeacon(),
    )


def now_ms() -> int:
    """The time: milliseconds since the epoch."""
    return time.time_ns() // 1_000_000


def new_id() -> str:
    """An id that nobody chose and nobody guesses: 80 bits."""
    return secrets.token_hex(10)
