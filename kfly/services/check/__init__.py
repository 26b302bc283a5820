"""The checks of ``kfly check``: of the file, the log, the records, the promises and their evidence."""
