"""Evidence of tasks: its rows, its bytes in the database, and files as they lie on a disk."""
