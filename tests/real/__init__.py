"""Real comments through the real service."""
