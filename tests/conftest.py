"""What holds for all tests."""

from __future__ import annotations

from hypothesis import settings

# A shop PC may stand still for a second in the middle of an example; that says nothing about the code.
settings.register_profile("linbo", deadline=None)
settings.load_profile("linbo")
