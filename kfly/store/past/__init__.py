"""The database as it stood at an earlier moment, out of its own log: only ``--as-known`` comes here."""
