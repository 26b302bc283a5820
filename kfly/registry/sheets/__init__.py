"""Sheets of records: in from whatever people send, out as templates, exports and marked copies."""
