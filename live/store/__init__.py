"""Tables, one unit of work, read models."""
