"""A yearly table out of an office's own document, as a plan file to look over; no database is needed."""
