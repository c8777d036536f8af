"""Where OBS finds the overlay. Pure."""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit

if TYPE_CHECKING:
    from config.settings import ObsSettings


def overlay_base(obs: ObsSettings, *, local: str, lan: str | None) -> str:
    """How OBS's PC reaches us: as the settings say; by this machine's own address where OBS is here; else by the shop's network."""
    if obs.overlay_base is not None:
        return obs.overlay_base
    host = urlsplit(obs.url or "").hostname or ""
    return local if lan is None or _is_here(host) or host == urlsplit(lan).hostname else lan


def overlay_url(base: str, room: str, token: str) -> str:
    """The page of a room's overlay, whole; OBS keeps no cookies, so the token stands in it."""
    return f"{base}/overlay/{room}?{urlencode({'token': token})}"


def _is_here(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
