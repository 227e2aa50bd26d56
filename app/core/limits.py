"""Rate limits without identities: counted by a keyed hash of the network prefix, never by an address in clear."""

import hmac
import ipaddress
from dataclasses import dataclass
from threading import Timer
from typing import cast

from flask import Flask, current_app, request
from limits import RateLimitItem, parse
from limits.storage import MemoryStorage, storage_from_string
from limits.strategies import MovingWindowRateLimiter

from app.config import Settings
from app.core import clock, tokens
from app.core.errors import ApplicationError

EXTENSION = "limits"
TIDY_SECONDS = (
    60.0  # what is kept a minute longer is some memory; whether a try counts is decided by its own age
)


@dataclass(frozen=True)
class Limits:
    """What counts, and the key under which networks are counted."""

    limiter: MovingWindowRateLimiter
    key: bytes


class TidiedByTheMinute(MemoryStorage):
    """Counts in this process. The library walks through every network that it knows 10 ms after a try.

    With thousands of networks that walk, in a thread made for it, costs as much as the requests that are counted.
    """

    STORAGE_SCHEME = ["tidied"]

    @property
    def timer(self) -> Timer:
        """When it tidies up next; the library makes a new one at the first try after the last has ended."""
        return self._timer

    @timer.setter
    def timer(self, timer: Timer) -> None:
        timer.interval, timer.daemon = TIDY_SECONDS, True  # nobody waits for it when the process ends
        self._timer = timer


class TooManyRequests(ApplicationError):
    """The same network asked too often; `details["seconds"]` says when to try again."""

    status = 429


def init_app(app: Flask, settings: Settings) -> None:
    """Count in this process, or in Redis where several processes serve: all of them under one key."""
    limiter = MovingWindowRateLimiter(storage_from_string(settings.redis_url or "tidied://"))
    app.extensions[EXTENSION] = Limits(limiter, tokens.derive(app.extensions[tokens.EXTENSION], "limits"))


def limit(rule: str, name: str, key: str = "") -> None:
    """Count one try of `name` for the asker's network (or `key`), or raise TooManyRequests.

    `rule` is in the words of the limits library: "20 per hour".
    """
    item: RateLimitItem = parse(rule)
    limits = cast(Limits, current_app.extensions[EXTENSION])
    limiter = limits.limiter
    who = _keyed(limits.key, key or network_prefix(request.remote_addr or ""))
    if not limiter.hit(item, name, who):
        reset = limiter.get_window_stats(item, name, who).reset_time
        raise TooManyRequests(seconds=max(1, int(reset - clock.now().timestamp()) + 1))


def _keyed(key: bytes, text: str) -> str:
    return hmac.digest(key, text.encode(), "sha256")[:16].hex()


def network_prefix(address: str) -> str:
    """/24 of an IPv4 address, /56 of an IPv6 one.

    Servers and proxies that listen on both write IPv4 addresses inside of IPv6: one /56 would hold everybody.

    >>> network_prefix("::ffff:198.51.100.7"), network_prefix("fe80::1%eth0")
    ('198.51.100.0/24', 'fe80::/56')
    """
    try:
        parsed = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return "unknown"
    if parsed.version == 6 and parsed.ipv4_mapped is not None:
        parsed = parsed.ipv4_mapped
    length = 24 if parsed.version == 4 else 56
    return str(ipaddress.ip_network(f"{parsed}/{length}", strict=False))
