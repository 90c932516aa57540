"""Whose word is taken for where a request comes from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from typing import Any

from fanwen.config.options import BadOption

Networks = tuple[IPv4Network | IPv6Network, ...]


def networks(named: Iterable[str]) -> Networks:
    """The addresses and networks (``10.0.0.0/8``) of FANWEN_PROXIES. Raises `BadOption`."""
    found = []
    for name in named:
        try:
            found.append(ip_network(name, strict=False))
        except ValueError as error:
            raise BadOption(
                f"FANWEN_PROXIES names {name!r}; an address or a network like 10.0.0.0/8 is expected"
            ) from error
    return tuple(found)


def address_of(meta: Mapping[str, Any], trusted: Networks) -> str:
    """The network address that the request with these WSGI variables comes from.

    Each proxy adds to the end of ``X-Forwarded-For`` whom it was asked by, and whatever stands before may be made up. So
    the header is read from its end, as long as those who wrote it are `trusted`: the first address that is not is the
    visitor's (as Apache's mod_remoteip and nginx's real_ip_recursive do it).
    """
    address = str(meta.get("REMOTE_ADDR", ""))
    for said in reversed(str(meta.get("HTTP_X_FORWARDED_FOR", "")).split(",")):
        if not _among(address, trusted):
            break
        try:
            address = str(ip_address(said.strip()))
        except ValueError:
            break
    return address


def _among(address: str, trusted: Networks) -> bool:
    try:
        known = ip_address(address)
    except ValueError:
        return False
    return any(known in network for network in trusted)
