"""Addresses of helpdesks: where a key may be sent."""

from __future__ import annotations

import ipaddress
from types import MappingProxyType
from urllib.parse import SplitResult, urlsplit

from integration.core.errors import ConfigError

DEFAULT_PORTS = MappingProxyType({"https": 443, "http": 80})


def checked(base_url: str) -> SplitResult:
    """Take the base URL apart. Raises ConfigError unless a key may be sent there."""
    try:
        url = urlsplit(base_url.strip().rstrip("/"))
        host = url.hostname if url.port is None or url.port else None
    except ValueError:
        host = None
    if not host or url.username is not None or url.query or url.fragment:
        raise ConfigError(["the address must look like https://helpdesk.example"])
    if url.scheme != "https" and not (url.scheme == "http" and is_loopback(host)):
        raise ConfigError(["the address must start with https://: the key is sent to it"])
    return url


def canonical(base_url: str) -> str:
    """The one form of an address, however it is written: two of one form are one helpdesk.

    >>> canonical("HTTPS://Acme.Helpdesk.example.:443/desk/")
    'https://acme.helpdesk.example/desk'
    """
    url = checked(base_url)
    scheme, host, port = origin(url)
    name = (host or "").rstrip(".")
    shown = f"[{name}]" if ":" in name else name
    place = shown if port == DEFAULT_PORTS[scheme] else f"{shown}:{port}"
    return f"{scheme}://{place}{url.path.rstrip('/')}"


def is_loopback(host: str) -> bool:
    """Whether it is this machine, as for simulators."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def origin(url: SplitResult) -> tuple[str, str | None, int | None]:
    """Scheme, host and port: a key may travel within one origin, not to another."""
    return url.scheme, url.hostname, url.port or DEFAULT_PORTS.get(url.scheme)
