"""Tests of the settings and of the bundled evening."""
