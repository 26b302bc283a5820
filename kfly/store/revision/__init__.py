"""A revised plan in place of the one in force."""
