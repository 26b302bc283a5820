"""The roll-up: where the counties are, reading each, by several processes or machines, and what was kept."""
