"""One file a command, named as the command: parse, ask a service or a query, answer."""
