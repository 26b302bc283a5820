"""The one SQLite file: its schema, its transactions, and every line of SQL."""
