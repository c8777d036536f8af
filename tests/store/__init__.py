"""Tests of the stores: one contract, held to by every kind on the real thing."""
