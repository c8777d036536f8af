"""Ingest, consume, handle, tell."""
