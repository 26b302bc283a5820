"""The tables of the totals that are kept up to date; no kind can be called so, with a blank in the name."""

KEPT = ("kept questions", "kept totals", "kept tallies", "kept up to")
TOTALS_TABLES = """
-- What the plan asks of the records: metrics as SQL, of which the totals are kept.
CREATE TABLE "kept questions" (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,          -- what tells it from others
    kind TEXT NOT NULL,
    statement TEXT NOT NULL,            -- asked of "kept source", which stands for the kind's table
    "values" TEXT NOT NULL,             -- JSON: what is filled in
    reads TEXT NOT NULL,                -- JSON: the other tables that it looks into
    scale INTEGER NOT NULL              -- so many steps make one
) STRICT;
-- What the records of each question amount to, by the days between which they count. Derived, never logged.
CREATE TABLE "kept totals" (
    question INTEGER NOT NULL,
    town TEXT NOT NULL,                 -- '' for none, or where it is not asked by town
    since TEXT NOT NULL,
    until TEXT NOT NULL,                -- '' for good
    steps INTEGER NOT NULL,
    PRIMARY KEY (question, town, since, until)
) STRICT, WITHOUT ROWID;
-- What large groups of the log did to each table: no group ever changes, and to count its changes takes long.
CREATE TABLE "kept tallies" (
    "group" INTEGER NOT NULL,
    position INTEGER NOT NULL,          -- of the table among those of the group
    "table" TEXT NOT NULL,
    added INTEGER NOT NULL,             -- rows
    changed INTEGER NOT NULL,
    removed INTEGER NOT NULL,
    PRIMARY KEY ("group", position)
) STRICT, WITHOUT ROWID;
-- The last change of the log that is counted in; where there are later ones, all is counted anew when asked.
CREATE TABLE "kept up to" (
    change INTEGER NOT NULL,
    shape INTEGER NOT NULL              -- SQLite's schema version: without a trigger the log is not whole
) STRICT;
INSERT INTO "kept up to" VALUES (0, 0);
"""
