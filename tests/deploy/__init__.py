"""Where people run it, tried with the real thing: `make matrix`."""
