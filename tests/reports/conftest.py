"""Examples here build whole evenings: how long one takes on a busy machine says nothing about it."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
