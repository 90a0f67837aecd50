"""Whose network address a request comes from, also through a proxy that the settings name."""

import ipaddress
from ipaddress import IPv6Address

from flask import Request

from pointsbank.config import Network
from pointsbank.web import access


def of(request: Request) -> str:
    """Return the address that failures are counted for; of IPv6 its /64, which one household has to itself.

    `X-Forwarded-For` is read from its end, and only as far as `trusted_proxies` wrote it: what stands before
    the last address that is no proxy of ours was sent by whoever guesses.

    Example:
        addresses.of(request)  # "192.0.2.7"
    """
    trusted = access.settings().trusted_proxies
    nearest = request.remote_addr or ""
    hops = [hop.strip() for hop in ",".join(request.headers.getlist("X-Forwarded-For")).split(",")]
    while hops and is_trusted(nearest, trusted):
        last = hops.pop()
        if _address(last) is None:
            break
        nearest = last
    found = _address(nearest)
    if isinstance(found, IPv6Address):
        return str(ipaddress.ip_network((found, 64), strict=False))
    return str(found) if found is not None else nearest[:64]


def is_trusted(given: str, trusted: tuple[Network, ...]) -> bool:
    """Return whether an address is one of the proxies that the settings name."""
    found = _address(given)
    return found is not None and any(found in network for network in trusted)


def _address(given: str) -> ipaddress.IPv4Address | IPv6Address | None:
    # Some proxies write the port too: 192.0.2.7:50123, [2001:db8::1]:50123.
    if given.startswith("["):
        given = given[1:].partition("]")[0]
    elif given.count(":") == 1:
        given = given.partition(":")[0]
    try:
        found = ipaddress.ip_address(given.partition("%")[0])
    except ValueError:
        return None
    return found.ipv4_mapped or found if isinstance(found, IPv6Address) else found
