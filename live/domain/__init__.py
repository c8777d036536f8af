"""The rules of the house, without I/O, clock or chance."""
