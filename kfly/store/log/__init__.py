"""The log of all changes: written by triggers, read, and undone."""
