"""The log's own tables, and the views and triggers that bring the changes of other tables there."""

# What a program is told that would write an infinite number.
NO_NUMBER = "infinity is no number"

LOG_TABLES = """
-- What one command did, or another program within one second; all of it is taken back together.
CREATE TABLE change_groups (
    id INTEGER PRIMARY KEY,
    made_at TEXT NOT NULL,              -- UTC, to the microsecond: when all of it could be seen
    user TEXT,                          -- NULL: another program, which does not say
    host TEXT,
    command TEXT,                       -- as it was typed; NULL: another program
    first INTEGER NOT NULL,             -- the first of its changes; they end where the next group's begin
    undoes INTEGER REFERENCES change_groups (id),
    reason TEXT,                        -- what --reason said of all of it
    reshaped INTEGER NOT NULL DEFAULT 0,  -- 1: tables were changed too, which cannot be taken back
    -- 1 only while its command is at work, so never to be seen; 2 while that logs itself what it adds
    open INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX "groups at work" ON change_groups (open) WHERE open;
-- Every row that was added (before is NULL), changed, or removed (after is NULL), whoever did it:
-- triggers on the tables write this.
CREATE TABLE changes (
    id INTEGER PRIMARY KEY,
    "group" INTEGER NOT NULL,
    "table" TEXT NOT NULL,
    key ANY NOT NULL,                   -- the row's id; its primary key, or a JSON array of its parts
    before TEXT,                        -- the row as a JSON object
    after TEXT
) STRICT;
-- For whoever asks about one row. The table's name is an expression, so that nobody else is led to it.
CREATE INDEX "changes of a row" ON changes ("table" || '', key);
CREATE TRIGGER "changes are never changed" BEFORE UPDATE ON changes
BEGIN SELECT RAISE(ABORT, 'the log is only added to'); END;
CREATE TRIGGER "changes are never removed" BEFORE DELETE ON changes
BEGIN SELECT RAISE(ABORT, 'the log is only added to'); END;
-- Nor is one put in beside the others: so numbers that are missing were taken out. Without one, NEW.id is -1.
CREATE TRIGGER "changes are never replaced" BEFORE INSERT ON changes
WHEN NEW.id > 0 AND NEW.id <> (SELECT coalesce(max(id), 0) + 1 FROM changes)
OR NEW."group" IS NOT (SELECT max(id) FROM change_groups)
BEGIN SELECT RAISE(ABORT, 'the log is only added to'); END;
-- A group begins with the next change; one with a command is open until its changes have come.
CREATE TRIGGER "groups are never replaced" BEFORE INSERT ON change_groups
WHEN NEW.id > 0 AND NEW.id <> (SELECT coalesce(max(id), 0) + 1 FROM change_groups)
OR NEW.open > 1
OR NEW.first <> (SELECT coalesce(max(id), 0) + 1 FROM changes)
OR NOT NEW.open AND coalesce(NEW.user, NEW.host, NEW.command, NEW.undoes, NEW.reason) IS NOT NULL
OR julianday(NEW.made_at) IS NULL OR NEW.made_at NOT LIKE '____-__-__T__:__:__%'
BEGIN SELECT RAISE(ABORT, 'the log is only added to'); END;
-- Another program's is dated anew within its second, with its last change.
CREATE TRIGGER "groups are never changed" BEFORE UPDATE ON change_groups
WHEN NEW.id <> OLD.id OR NEW.first <> OLD.first
OR NOT NEW.open AND NEW.first > (SELECT coalesce(max(id), 0) FROM changes)
OR NOT OLD.open AND (
    coalesce(OLD.user, OLD.host, OLD.command, OLD.undoes, OLD.reason) IS NOT NULL
    OR coalesce(NEW.user, NEW.host, NEW.command, NEW.undoes, NEW.reason) IS NOT NULL
    OR NEW.reshaped <> OLD.reshaped OR NEW.open
    OR OLD.id <> (SELECT max(id) FROM change_groups)
    OR julianday(NEW.made_at) IS NULL OR NEW.made_at NOT LIKE '____-__-__T__:__:__%'
    OR substr(NEW.made_at, 1, 19) <> substr(OLD.made_at, 1, 19)
    OR rtrim(NEW.made_at, 'Z') < rtrim(OLD.made_at, 'Z')
)
BEGIN SELECT RAISE(ABORT, 'the log is only added to'); END;
CREATE TRIGGER "groups are never removed" BEFORE DELETE ON change_groups WHEN NOT OLD.open
BEGIN SELECT RAISE(ABORT, 'the log is only added to'); END;
-- Rows that another program's REPLACE may be about to take away, of which no trigger would hear.
CREATE TABLE replaced (
    key ANY NOT NULL,
    before TEXT NOT NULL
) STRICT;
-- Whether one of kfly's commands is writing: it has opened a group.
CREATE VIEW writer AS
SELECT EXISTS (SELECT 1 FROM change_groups WHERE open) AS by_us;
-- Where the tables' triggers hand in a change. A change of another program opens a group for its second.
CREATE VIEW logged AS SELECT "table", key, before, after FROM changes;
CREATE TRIGGER "logged by us" INSTEAD OF INSERT ON logged WHEN (SELECT by_us FROM writer)
BEGIN
    INSERT INTO changes ("group", "table", key, before, after)
    VALUES ((SELECT max(id) FROM change_groups), NEW."table", NEW.key, NEW.before, NEW.after);
END;
CREATE TRIGGER "logged by others" INSTEAD OF INSERT ON logged WHEN NOT (SELECT by_us FROM writer)
BEGIN
    INSERT INTO change_groups (made_at, first)
    SELECT strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), (SELECT coalesce(max(id), 0) + 1 FROM changes)
    WHERE NOT EXISTS (
        SELECT 1 FROM change_groups
        WHERE id = (SELECT max(id) FROM change_groups) AND command IS NULL
        AND substr(made_at, 1, 19) = strftime('%Y-%m-%dT%H:%M:%S', 'now')
    );
    INSERT INTO changes ("group", "table", key, before, after)
    SELECT (SELECT max(id) FROM change_groups), NEW."table", key, before, NULL
    FROM replaced WHERE key IS NOT NEW.key AND NEW.after IS NOT NULL;
    INSERT INTO changes ("group", "table", key, before, after)
    SELECT
        (SELECT max(id) FROM change_groups), NEW."table", NEW.key,
        coalesce(NEW.before, (SELECT before FROM replaced WHERE key IS NEW.key AND NEW.after IS NOT NULL)),
        NEW.after;
    DELETE FROM replaced;
    UPDATE change_groups SET made_at = strftime('%Y-%m-%dT%H:%M:%fZ', 'now')
    WHERE id = (SELECT max(id) FROM change_groups) AND made_at < strftime('%Y-%m-%dT%H:%M:%fZ', 'now')
    AND substr(made_at, 1, 19) = strftime('%Y-%m-%dT%H:%M:%S', 'now');
    UPDATE watched SET schema_version = -1 WHERE NEW."table" IN (
        'plan', 'targets', 'tasks', 'task_needs', 'metrics', 'metric_conditions',
        'kinds', 'fields', 'field_words', 'stages'
    );
END;

-- The schema as of which every table's triggers are known to be there: SQLite's count of its changes, which
-- can be put back, and a checksum of all its statements. The count is -1 once another program has changed
-- what the kinds or the metrics are: then each command looks whether they are whole.
CREATE TABLE watched (
    schema_version INTEGER NOT NULL,
    fingerprint TEXT NOT NULL DEFAULT ''
) STRICT;

-- What brought the file up to the program's schema, and its kinds up to the package's own (schema is NULL).
CREATE TABLE migrations (
    id INTEGER PRIMARY KEY,
    schema INTEGER,
    kinds TEXT,                         -- SHA-256 of the package's declaration of kinds
    program TEXT NOT NULL,
    applied_at TEXT NOT NULL            -- UTC
) STRICT;
"""
