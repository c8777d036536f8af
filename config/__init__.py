"""Settings, defaults, lexicon files and the demo evening."""
