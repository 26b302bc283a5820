"""The tables since schema 4: the bytes of evidence files, and evidence beside that of sign-offs."""

EVIDENCE_TABLES = """
-- The bytes of evidence files, each once; the rows of evidence and task_evidence name them by their SHA-256.
-- The log does not hold them, so no line of it may lose them.
CREATE TABLE evidence_files (
    sha256 TEXT PRIMARY KEY,
    size INTEGER NOT NULL,              -- bytes
    contents BLOB NOT NULL              -- last: who asks for the other columns reads no byte of it
) STRICT;
CREATE TRIGGER "evidence named in the log is never removed" BEFORE DELETE ON evidence_files
WHEN EXISTS (SELECT 1 FROM evidence WHERE sha256 = OLD.sha256)
OR EXISTS (SELECT 1 FROM task_evidence WHERE sha256 = OLD.sha256)
OR EXISTS (
    SELECT 1 FROM changes WHERE "table" IN ('evidence', 'task_evidence')
    AND json_valid(coalesce(before, after))
    AND OLD.sha256 IN (json_extract(before, '$.sha256'), json_extract(after, '$.sha256'))
)
BEGIN SELECT RAISE(ABORT, 'the log names this evidence'); END;
CREATE TRIGGER "evidence is never replaced" BEFORE INSERT ON evidence_files
WHEN NOT (SELECT by_us FROM writer) AND EXISTS (SELECT 1 FROM evidence_files WHERE sha256 = NEW.sha256)
BEGIN SELECT RAISE(ABORT, 'the log names this evidence'); END;
-- Evidence that came with what was reported of a task, or was added later.
CREATE TABLE task_evidence (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    year INTEGER NOT NULL,
    task ANY NOT NULL,
    progress_note INTEGER REFERENCES progress_notes (id),  -- NULL: added to the task itself
    name TEXT NOT NULL,                 -- of the file
    size INTEGER NOT NULL,              -- bytes
    sha256 TEXT NOT NULL,
    added_at TEXT NOT NULL,             -- UTC
    FOREIGN KEY (year, task) REFERENCES tasks (year, number)
) STRICT;
CREATE INDEX "task_evidence of a task" ON task_evidence (year, task);
"""
