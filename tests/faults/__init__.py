"""Faults that must be survived, made for real: processes killed, disks filled, sockets abused."""
