"""Tests of the rules of the money path."""
