"""Platform frames into comments."""
