"""Logging: one line per event on stderr, and nothing in it that may not be kept.

Everything goes through one formatter, ours and that of the libraries. Its last step works on the
finished line, so that nothing can come in behind it: nested values, arguments and the messages of
exceptions have all been written out by then.
"""

from __future__ import annotations

import json
import logging
import re
import sys
import threading
import traceback
from collections.abc import Mapping, MutableMapping, Sequence
from contextlib import suppress
from datetime import date
from enum import Enum
from pathlib import PurePath
from types import TracebackType
from typing import IO, Any, cast

import structlog
from structlog.typing import EventDict, ExcInfo, Processor, WrappedLogger

from integration.core.detection import find
from integration.core.errors import DeskwardenError

LIBRARY_LEVELS: Mapping[str, int] = {
    "alembic": logging.WARNING,
    "limits": logging.WARNING,
    "redis": logging.WARNING,
    "rq.worker": logging.WARNING,
    "rq.job": logging.CRITICAL,
    "sqlalchemy": logging.WARNING,
    "urllib3": logging.WARNING,
    "werkzeug": logging.WARNING,
}
"""The least level of libraries that say more than we want; rq.job repeats exception texts."""

REMOVED = "[removed]"
WITHHELD = '{"event": "log_line_withheld", "level": "error"}'
"""Written when a line cannot be made safe by taking out pieces of it."""

_SECRETS: Sequence[tuple[re.Pattern[str], str]] = (
    (re.compile(r"(/hooks/[^/\s\"']+/[^/\s\"']+/)[^/?\s\"']+"), rf"\1{REMOVED}"),
    (re.compile(r"(://)[^/\s\"'@]+@"), rf"\1{REMOVED}@"),
    (re.compile(r"(?i)([?&](?:api_?key|key|token|secret|password)=)[^&\s\"']+"), rf"\1{REMOVED}"),
)
_ESCAPES = re.compile(r"\\(?:u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|[a-z\"\\])")
_WORDS = (date, PurePath)
_LONG = 10**11


def configure(
    *, level: str = "info", form: str = "auto", stream: IO[str] | None = None
) -> logging.Handler:
    """Send all logging of this process to `stream` (stderr); returns the handler.

    `form` is `json`, `text`, or `auto`: text on a terminal, else JSON. May be called again.
    """
    out = stream or sys.stderr
    handler = _Handler(out)
    handler.setFormatter(formatter(form, out))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    for name, least in LIBRARY_LEVELS.items():
        logging.getLogger(name).setLevel(max(least, root.level))
    _send_to_logging(root.level)
    logging.captureWarnings(capture=True)
    sys.excepthook = _uncaught
    threading.excepthook = _uncaught_in_thread
    return handler


def _send_to_logging(level: int) -> None:
    structlog.configure(
        processors=[*_COMMON, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.make_filtering_bound_logger(level),
        cache_logger_on_first_use=False,
    )


def get_logger(name: str) -> structlog.typing.FilteringBoundLogger:
    """A logger: `log.info("event_slug", account=..., ticket=...)`; ids, slugs and counts only."""
    return cast("structlog.typing.FilteringBoundLogger", structlog.stdlib.get_logger(name))


def scrub(line: str) -> str:
    """A finished line without card data and without secrets in URLs."""
    for pattern, instead in _SECRETS:
        line = pattern.sub(instead, line)
    safe = _without_cards(line)
    broken = safe != line and line.startswith("{") and not _is_json(safe)
    # Digits may also stand apart by an escape (\n, \u00a0) that hid them from the search.
    if broken or find(_ESCAPES.sub(" ", safe)):
        return WITHHELD
    return safe


def formatter(form: str = "json", out: IO[str] | None = None) -> logging.Formatter:
    """The one formatter; logging.config files of servers name it as their factory."""
    if form == "auto":
        form = "text" if (out or sys.stderr).isatty() else "json"
    return _Formatter(
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            _exceptions_without_values,
            _plain_values,
            _RENDERERS[form],
        ],
        foreign_pre_chain=_COMMON,
    )


class _Formatter(structlog.stdlib.ProcessorFormatter):
    """Scrubs what the renderer has finished."""

    def format(self, record: logging.LogRecord) -> str:
        return scrub(super().format(record))


class _Handler(logging.StreamHandler[IO[str]]):
    """A stream handler that does not print the arguments of a record it failed to write.

    It never raises: a full disk takes no lines, and the work must not end with the log.
    """

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802, ARG002 - as the base has it
        with suppress(OSError, ValueError):
            self.stream.write(f"{WITHHELD}\n")


class ThreadsAreMeant(logging.Filter):
    """Drops granian's warning of more threads than twice the cores and one.

    The number is meant: a delivery waits for the disk, not for a core, and those that wait
    together share one commit. With fewer threads the slowest of many connections takes longer.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether the record is anything else."""
        return not str(record.msg).startswith("Configuration allows spawning up to")


def _exceptions_without_values(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """Exceptions as type, place and, for our own only, what they say. Never local variables."""
    exc_info = event.pop("exc_info", None)
    if exc_info is True:
        exc_info = sys.exc_info()
    error = exc_info[1] if isinstance(exc_info, tuple) else exc_info
    if isinstance(error, BaseException):
        event["exception"] = list(_chain(error))
    return event


def _chain(error: BaseException) -> list[dict[str, Any]]:
    chain: list[dict[str, Any]] = []
    at: BaseException | None = error
    seen: set[int] = set()
    while at is not None and id(at) not in seen:
        seen.add(id(at))
        chain.append(_described(at))
        at = at.__cause__ or (None if at.__suppress_context__ else at.__context__)
    return chain


def _described(error: BaseException) -> dict[str, Any]:
    frames = traceback.extract_tb(error.__traceback__)
    described: dict[str, Any] = {
        "type": type(error).__qualname__,
        "at": [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames],
    }
    if isinstance(error, DeskwardenError):
        described |= {"reason": error.reason, "says": str(error)}
    elif isinstance(error, OSError) and error.strerror:
        described["says"] = error.strerror
    return described


def _plain_values(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    return {str(name): _plain(value) for name, value in event.items()}


def _plain(value: object) -> object:
    """What JSON can hold; an unknown object is its type, for its repr may hold a text."""
    if isinstance(value, Enum):
        return _plain(value.value)
    if isinstance(value, int) and abs(value) >= _LONG:
        return str(value)
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, Mapping):
        return {str(name): _plain(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(inner) for inner in value]
    return str(value) if isinstance(value, _WORDS) else f"<{type(value).__qualname__}>"


def _without_cards(line: str) -> str:
    pieces = [piece for span in find(line) for piece in span.pieces]
    for start, end in sorted(pieces, reverse=True):
        line = f"{line[:start]}{REMOVED}{line[end:]}"
    return line


def _is_json(line: str) -> bool:
    try:
        json.loads(line)
    except ValueError:
        return False
    return True


def _uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        return
    exc_info: ExcInfo = (kind, error, trace)
    get_logger("deskwarden").error("uncaught_exception", exc_info=exc_info)


def _uncaught_in_thread(args: threading.ExceptHookArgs) -> None:
    if args.exc_value is not None:
        _uncaught(args.exc_type, args.exc_value, args.exc_traceback)


def _as_text(_: WrappedLogger, __: str, event: MutableMapping[str, Any]) -> str:
    head = f"{event.pop('timestamp', '')} {event.pop('level', ''):<7} {event.pop('event', '')}"
    return " ".join((head, *(f"{name}={value}" for name, value in event.items())))


_COMMON: list[Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]
_RENDERERS: Mapping[str, Processor] = {
    "json": structlog.processors.JSONRenderer(ensure_ascii=False),
    "text": _as_text,
}

# Before `configure` too: structlog's own way prints tracebacks with the values of variables.
_send_to_logging(logging.WARNING)
