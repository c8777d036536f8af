"""OBS control: against recorded frames, a server that speaks the protocol, and a real OBS where there is one."""
