"""The live room: from a comment to a reservation."""
