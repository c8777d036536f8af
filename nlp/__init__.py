"""Text and what the host shows, in; a classification, out."""
