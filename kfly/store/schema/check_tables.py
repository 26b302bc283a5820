"""The tables since schema 4: findings of ``check`` that are accepted, and kinds that the plan leaves out."""

CHECK_TABLES = """
-- Findings of kfly check that the office has accepted, and why; check --quiet is silent over them.
CREATE TABLE accepted_findings (
    finding TEXT PRIMARY KEY,           -- its ID, made from what is found and the values that it is about
    code TEXT NOT NULL,
    kind TEXT,
    record TEXT,
    reason TEXT NOT NULL,
    accepted_at TEXT NOT NULL           -- UTC
) STRICT;

-- The package's kinds of record that the plan leaves out; a newer package does not add them either.
CREATE TABLE left_out_kinds (
    kind TEXT PRIMARY KEY,
    position INTEGER NOT NULL DEFAULT 0
) STRICT;
"""
