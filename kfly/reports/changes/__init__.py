"""Changes of the log in words, for log, undo and load alike."""
