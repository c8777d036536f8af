"""The durable line between ingest and work."""
