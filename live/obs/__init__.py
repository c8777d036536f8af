"""OBS on the shop's PC: installs the overlay, switches to a scene, saves replays, marks moments. Orders never wait for it."""
