"""The work of commands that do more than a query: the unit of work, import, load, undo, check, mailing."""
