"""HTTP for every connector: one session, timeouts, the rate budget, typed errors.

No error carries a URL query, a body, a header value or a key. Each is raised outside the `except`
block of its cause, so that none hangs on it as context either.
"""

from __future__ import annotations

import json as jsonlib
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any
from urllib.parse import urljoin, urlsplit

import requests

from connectors.address import checked, is_loopback, origin
from connectors.headers import http_date, retry_after
from integration.core.errors import (
    AuthExpired,
    DeskwardenError,
    Forbidden,
    HelpdeskUnavailable,
    NotFound,
    PermanentError,
    RateLimited,
    RetryableError,
)
from integration.core.ports import Budget, Clock

MAX_BODY = 32 * 1024 * 1024
"""Bytes of one answer, after decompression."""
MAX_REDIRECTS = 3
RETRIES = 2
"""More attempts of a read after a failed connection or a 5xx."""
ASK_AGAIN_AFTER = 15.0
"""Seconds after a 429 that does not say how long to wait."""
_READS = frozenset({"GET", "HEAD"})
_CHUNK = 64 * 1024

Error = type[RetryableError] | type[PermanentError]

STATUSES: Mapping[int, Error] = MappingProxyType(
    {
        401: AuthExpired,
        403: Forbidden,
        404: NotFound,
        408: HelpdeskUnavailable,
        410: NotFound,
        425: HelpdeskUnavailable,
        429: RateLimited,
    }
)
"""What an HTTP status means, where the helpdesk does not say otherwise."""
CLASSES: Mapping[int, Error] = MappingProxyType({4: PermanentError, 5: HelpdeskUnavailable})
"""The same for the hundreds of a status that is not named."""


class Expect(StrEnum):
    """What a successful answer must hold."""

    JSON = "json"
    BYTES = "bytes"
    NOTHING = "nothing"
    """The body is not looked at: some calls answer with an empty one."""


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer as read whole; its repr shows the status only."""

    status: int
    headers: Mapping[str, str] = field(repr=False)
    """Looked up without regard to case."""
    body: bytes = field(repr=False)
    served: datetime = field(repr=False)
    """When it was made, by the clock of the helpdesk; by ours where it does not say."""
    seconds: float = field(repr=False)
    """How long it was waited for: what it shows was read at most so long before `served`."""
    data: Any = field(default=None, repr=False)
    """The parsed JSON, where that was expected."""


Result = Answer | DeskwardenError
Parts = dict[str, Any]
Classify = Callable[[Answer], Error | None]
"""A helpdesk's own reading of a failed answer; None leaves it to the tables."""


class Http:
    """Calls one helpdesk, from one thread.

    `https` only, except to a loopback host (simulators). Redirects are followed for reads within
    the same origin and refused elsewhere: a key must not travel to another host.
    """

    def __init__(
        self,
        base_url: str,
        *,
        headers: Mapping[str, str],
        budget: Budget,
        clock: Clock,
        timeout: tuple[float, float] = (5.0, 30.0),
        statuses: Mapping[int, Error] = MappingProxyType({}),
        classify: Classify = lambda _: None,
        jitter: Callable[[], float] = random.random,
    ) -> None:
        self._base = checked(base_url)
        self._budget = budget
        self._clock = clock
        self._timeout = timeout
        self._statuses = {**STATUSES, **statuses}
        self._classify = classify
        self._jitter = jitter
        self.calls = 0
        """Requests sent so far, repeated ones included."""
        self._session = requests.Session()
        self._session.headers.update({"User-Agent": "deskwarden", "Accept": "application/json"})
        self._session.headers.update(headers)
        # A proxy of the environment is wanted for a helpdesk, never for a simulator on this host.
        self._session.trust_env = not is_loopback(self._base.hostname or "")
        # A set `auth` keeps requests from putting a password out of ~/.netrc over our own header.
        self._session.auth = lambda request: request

    def request(
        self,
        method: str,
        path: str,
        *,
        params: Mapping[str, Any] | None = None,
        json: Mapping[str, Any] | None = None,
        data: Mapping[str, str] | bytes | None = None,
        headers: Mapping[str, str] | None = None,
        expect: Expect = Expect.JSON,
    ) -> Answer:
        """Send one request and read its answer.

        `path` is relative to the base URL, or absolute within the same origin. Raises RateLimited
        (429, or no budget), HelpdeskUnavailable (no usable answer), AuthExpired, Forbidden,
        NotFound or PermanentError (reason `http_<status>`).
        """
        what = f"{method} {_place(path)}"
        parts: Parts = {"params": params, "json": json, "data": data, "headers": headers}
        more = RETRIES if method in _READS else 0
        while isinstance(
            result := self._attempt(method, path, what, parts, expect), DeskwardenError
        ):
            if not more or result.reason not in _REPEATABLE:
                raise result
            self._clock.sleep(0.5 * 2 ** (RETRIES - more) * (0.5 + self._jitter()))
            more -= 1
        return result

    def close(self) -> None:
        """Give back the sockets."""
        self._session.close()

    def _attempt(self, method: str, path: str, what: str, parts: Parts, expect: Expect) -> Result:
        answer = self._follow(method, path, what, parts)
        return self._read(answer, what, expect) if isinstance(answer, Answer) else answer

    def _follow(self, method: str, path: str, what: str, parts: Parts) -> Result:
        url = self._url(path)
        for _ in range(MAX_REDIRECTS + 1):
            if url is None:
                return _elsewhere(what)
            answer = self._send(method, url, what, parts)
            if isinstance(answer, DeskwardenError) or not 300 <= answer.status < 400:
                return answer
            if method not in _READS:
                return _elsewhere(what)
            url = self._url(answer.headers.get("Location", ""), near=url)
            parts = {**parts, "params": None}
        return _elsewhere(what)

    def _url(self, path: str, near: str = "") -> str | None:
        """Make the whole URL; None when it would leave the origin of the base URL."""
        base = self._base.geturl()
        try:
            given = urlsplit(path)
            joins = near or given.scheme or given.netloc
            url = urljoin(near or base, path) if joins else f"{base}/{path.lstrip('/')}"
            return url if origin(urlsplit(url)) == origin(self._base) else None
        except ValueError:  # no address at all
            return None

    def _send(self, method: str, url: str, what: str, parts: Parts) -> Result:
        self._budget.acquire()
        self.calls += 1
        try:
            with self._session.request(
                method, url, **parts, timeout=self._timeout, allow_redirects=False, stream=True
            ) as response:
                body = bytearray()
                for chunk in response.iter_content(_CHUNK):
                    body += chunk
                    if len(body) > MAX_BODY:
                        return PermanentError(f"{what}: the answer is too large", reason="too_big")
                return Answer(
                    response.status_code,
                    response.headers,
                    bytes(body),
                    served=http_date(response.headers.get("Date")) or self._clock.now(),
                    seconds=response.elapsed.total_seconds(),
                )
        except requests.Timeout:
            reason = "timeout"
        except requests.exceptions.SSLError:
            return PermanentError(f"{what}: the certificate is not trusted", reason="tls")
        except (requests.exceptions.ChunkedEncodingError, requests.exceptions.ContentDecodingError):
            reason = "broken_answer"
        except requests.ConnectionError:
            reason = "no_connection"
        except (requests.exceptions.InvalidHeader, UnicodeEncodeError):
            return _unsendable(what)
        except (requests.RequestException, OSError, ValueError):
            # ValueError: requests looks at the address of a redirect even when told not to follow.
            reason = "unavailable"
        return HelpdeskUnavailable(f"{what}: no answer", reason=reason)

    def _read(self, answer: Answer, what: str, expect: Expect) -> Result:
        if not 200 <= answer.status < 300:
            return self._failure(answer, what)
        if expect is not Expect.JSON:
            return answer
        try:
            data = jsonlib.loads(answer.body)
        except (ValueError, RecursionError):
            # Empty, cut short, or a proxy's HTML page: the next attempt may get the real answer.
            return HelpdeskUnavailable(f"{what}: the answer is no JSON", reason="broken_answer")
        return replace(answer, data=data)

    def _failure(self, answer: Answer, what: str) -> DeskwardenError:
        status = answer.status
        kind = (
            self._classify(answer)
            or self._statuses.get(status)
            or CLASSES.get(status // 100, HelpdeskUnavailable)
        )
        said = f"{what}: answered {status}"
        if issubclass(kind, RetryableError):
            wait = retry_after(answer.headers.get("Retry-After"), now=self._clock.now())
            if issubclass(kind, RateLimited):
                wait = self._a_while() if wait is None else wait
                self._budget.drain(wait)
                return kind(said, retry_after=wait)
            if kind is not HelpdeskUnavailable:
                return kind(said, retry_after=wait)
            return kind(said, reason="unavailable" if wait else "server_error", retry_after=wait)
        return kind(said, reason=f"http_{status}" if kind is PermanentError else None)

    def _a_while(self) -> float:
        """Where nothing is said: the next minute, when a quota of minutes begins anew, or sooner.

        A moving quota frees bit by bit, so whoever waits a whole minute for it loses what was free
        by then. The jitter keeps workers apart.
        """
        return min(60.0 - self._clock.now().second, ASK_AGAIN_AFTER) + 5.0 * self._jitter()


_REPEATABLE = frozenset({"no_connection", "server_error"})


def _place(path: str) -> str:
    """The path without its query, for errors; a link of the helpdesk may be no address at all."""
    try:
        return f"/{urlsplit(path).path.lstrip('/')}"
    except ValueError:
        return "/"


def _unsendable(what: str) -> PermanentError:
    return PermanentError(
        f"{what}: a key of this account cannot be sent in a header",
        reason="bad_header",
        hint="it holds a line break, or a character that no such key has: copy it again",
    )


def _elsewhere(what: str) -> PermanentError:
    return PermanentError(
        f"{what}: redirected away from the address of this account",
        reason="redirected",
        hint="set the account's url to the address the helpdesk itself uses",
    )
