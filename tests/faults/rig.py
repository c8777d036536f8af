"""Services in this process, behind real sockets, on one database: with every guard, or with some taken off."""

from __future__ import annotations

import logging
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from aiohttp import web

from config.settings import Settings
from live.parts import new_id, now_ms
from live.service.codes import pickup_codes
from live.service.journal import Journal
from live.service.reader import make_classifier
from live.service.service import Service
from live.service.worker import Parts
from live.store.sqlite import SqliteStore
from live.store.statements import SQLITE
from live.streams.memory import MemoryStream
from live.web.app import build_app, runner
from live.web.tokens import load_tokens

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from dataclasses import dataclass as _
    from pathlib import Path

    from live.store.statements import SqliteStatements
