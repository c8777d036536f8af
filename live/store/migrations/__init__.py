"""Migrations of the tables, run by `live.store.migrate`."""
