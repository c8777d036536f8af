"""The command line: what each command takes, and which part does the work."""
