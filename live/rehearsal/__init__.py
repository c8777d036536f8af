"""Rehearsals: tonight's list against a recorded room, in a service and a store of its own that are thrown away afterwards."""
