"""Facts into documents."""
