"""What a command does when it is more than a query: the unit of work, import, load, undo, check, mailing."""
