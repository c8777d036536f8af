"""What `doctor` looks at, one line each, with the mend."""
