"""What ``kfly check`` finds: in the file, the log, the records, the promises and their evidence."""
