"""``calendar``: the deadlines as a file that calendars read."""
