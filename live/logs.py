"""Where the logs go: faults to the terminal in a line, everything to files in the data folder as JSON lines."""

from __future__ import annotations

import logging
import sys
from logging.handlers import RotatingFileHandler
from typing import TYPE_CHECKING

import structlog

if TYPE_CHECKING:
    from pathlib import Path

COMMENTS = "linbo.comments"
"""The logger of the journal: one line a comment, made by the service, written as it is."""

FILE_BYTES = 10_000_000
FILES_KEPT = 5

LIBRARIES = frozenset({"aiohttp", "alembic", "asyncpg", "websockets"})
"""Whose own words never reach the terminal; what comes of them, our code says there."""

_SAID_OF_ALL: tuple[structlog.typing.Processor, ...] = (
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso"),
)
"""What stands in every line, whoever logs: how bad, who and when."""


class _File(RotatingFileHandler):
    """A log that may not be writable for a while: the terminal is told once, in a line, and the service goes on."""

    _told = False

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802, ARG002  # the name and shape are logging's
        """Tell it in place of logging's own traceback."""
        if not self._told and sys.stderr is not None:
            self._told = True
            sys.stderr.write(
                f"日志写不进去：{self.baseFilename}（{sys.exc_info()[1]}）。请检查磁盘空间和权限，服务照常运行。\n"
            )


def set_up_logs(folder: Path, *, debug: bool = False) -> None:
    """Send logs to `folder`/logs: linbo.log (the program) and comments.log (a line a comment), each at most 50 MB.

    Raises OSError when the folder cannot be written.
    """
    logs = folder / "logs"
    logs.mkdir(parents=True, exist_ok=True)
    root = logging.getLogger()
    root.setLevel(logging.DEBUG if debug else logging.INFO)
    _replace_handlers(root, [_terminal(), _file(logs / "linbo.log", _formatter(structlog.processors.JSONRenderer()))])
    comments = logging.getLogger(COMMENTS)
    comments.propagate = False
    comments.setLevel(logging.INFO)
    _replace_handlers(comments, [_file(logs / "comments.log", logging.Formatter("%(message)s"))])
    structlog.configure(
        processors=[*_SAID_OF_ALL, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )


def _is_for_the_owner(record: logging.LogRecord) -> bool:
    """Libraries speak to those who read the file: a port scan or a database that comes back is told there alone."""
    return record.name.partition(".")[0] not in LIBRARIES


def _terminal() -> logging.Handler:
    handler = logging.StreamHandler()
    handler.setLevel(logging.WARNING)
    handler.addFilter(_is_for_the_owner)
    handler.setFormatter(_formatter(structlog.dev.ConsoleRenderer(colors=False), traces=False))
    return handler


def _file(path: Path, formatter: logging.Formatter) -> logging.Handler:
    handler = _File(path, maxBytes=FILE_BYTES, backupCount=FILES_KEPT - 1, encoding="utf-8", delay=True)
    handler.setFormatter(formatter)
    return handler


def _formatter(renderer: structlog.typing.Processor, *, traces: bool = True) -> logging.Formatter:
    """Traces go to the file alone: the terminal is the shop owner's."""
    trace = structlog.processors.format_exc_info if traces else _drop_trace
    return structlog.stdlib.ProcessorFormatter(
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, trace, renderer],
        foreign_pre_chain=[*_SAID_OF_ALL, structlog.stdlib.ExtraAdder()],
    )


def _drop_trace(
    logger: object,  # noqa: ARG001  # the shape of a structlog processor
    name: str,  # noqa: ARG001  # the same
    event: structlog.typing.EventDict,
) -> structlog.typing.EventDict:
    event.pop("exc_info", None)
    event.pop("exception", None)
    return event


def _replace_handlers(logger: logging.Logger, handlers: list[logging.Handler]) -> None:
    for old in list(logger.handlers):
        logger.removeHandler(old)
        old.close()
    for new in handlers:
        logger.addHandler(new)
