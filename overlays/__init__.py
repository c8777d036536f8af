"""What is on the picture."""
