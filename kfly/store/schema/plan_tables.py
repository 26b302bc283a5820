"""The plan's own tables, as anyone reads them with any SQLite client."""

PLAN_TABLES = """
-- The plan itself: one row.
CREATE TABLE plan (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    name_zh TEXT NOT NULL,
    name_en TEXT NOT NULL,
    starts TEXT NOT NULL CHECK (starts IS date(starts, '+0 days')),
    ends TEXT NOT NULL CHECK (ends IS date(ends, '+0 days')),
    language TEXT NOT NULL CHECK (language IN ('zh', 'en')),
    yellow REAL NOT NULL,               -- share of the trajectory from which on a light is yellow, not red
    red REAL,                           -- not NULL: lags in points, yellow from one on and red from the other
    due_soon_days INTEGER NOT NULL,     -- an open task is blue this many days before it is due
    grace_days INTEGER NOT NULL DEFAULT 0,  -- the first days of a window, in which nothing is called late
    award REAL NOT NULL,                -- an evaluation scoring this or more is rewarded
    warning REAL NOT NULL,              -- one scoring less is warned
    reply_to TEXT,                      -- who gets the answers to its letters; NULL: who sends them
    year_starts INTEGER NOT NULL DEFAULT 1  -- the month on whose first day its years begin
) STRICT;

-- Who leads and answers for things: departments, towns, zones, companies, and groups of them.
CREATE TABLE organisations (
    name TEXT PRIMARY KEY,
    name_en TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('department', 'town', 'zone', 'company', 'group')),
    email TEXT,                         -- whom its letters go to, a line each
    email_cc TEXT,                      -- who gets copies, a line each
    position INTEGER NOT NULL
) STRICT;
CREATE TABLE organisation_aliases (
    alias TEXT PRIMARY KEY,
    organisation TEXT NOT NULL REFERENCES organisations (name) ON UPDATE CASCADE,
    position INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE group_members (
    "group" TEXT NOT NULL REFERENCES organisations (name) ON UPDATE CASCADE,
    member TEXT NOT NULL REFERENCES organisations (name) ON UPDATE CASCADE,
    position INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY ("group", member)
) STRICT;

-- The plan's lines of work, who leads (role = lead) and who answers for them (role = responsible).
CREATE TABLE measures (
    number INTEGER PRIMARY KEY,
    name_zh TEXT NOT NULL,
    name_en TEXT NOT NULL
) STRICT;
CREATE TABLE measure_organisations (
    measure INTEGER NOT NULL REFERENCES measures (number),
    role TEXT NOT NULL CHECK (role IN ('lead', 'responsible')),
    position INTEGER NOT NULL,
    organisation TEXT NOT NULL REFERENCES organisations (name) ON UPDATE CASCADE,
    PRIMARY KEY (measure, role, position)
) STRICT;

-- The rows of the yearly tables, and who leads and answers for them.
CREATE TABLE tasks (
    year INTEGER NOT NULL,
    number ANY NOT NULL,                -- a whole number, or a text such as 1.06 or （三）
    title_zh TEXT NOT NULL,
    title_en TEXT NOT NULL,
    due TEXT CHECK (due IS date(due, '+0 days')),  -- with stages that of the last; NULL: it is ongoing
    measure INTEGER REFERENCES measures (number),
    weight REAL,                        -- in the score
    position INTEGER,                   -- in its table
    leader TEXT,                        -- name of the leader in charge
    report_every TEXT CHECK (report_every IN ('year', 'half', 'quarter', 'month')),
    carries TEXT,                       -- the task of an earlier table that it goes on with: 2022/12
    assigned_on TEXT CHECK (assigned_on IS date(assigned_on, '+0 days')),  -- of an order beyond the tables
    assigned_by TEXT,                   -- the meeting that ordered it
    PRIMARY KEY (year, number)
) STRICT;
CREATE TABLE task_organisations (
    year INTEGER NOT NULL,
    task ANY NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('lead', 'responsible', 'support')),
    position INTEGER NOT NULL,
    organisation TEXT NOT NULL REFERENCES organisations (name) ON UPDATE CASCADE,
    PRIMARY KEY (year, task, role, position),
    FOREIGN KEY (year, task) REFERENCES tasks (year, number)
) STRICT;

-- Documents and bodies that the plan promises.
CREATE TABLE deliverables (
    key TEXT PRIMARY KEY,
    name_zh TEXT NOT NULL,
    name_en TEXT NOT NULL,
    measure INTEGER REFERENCES measures (number),
    task_year INTEGER,
    task ANY,
    position INTEGER NOT NULL,
    FOREIGN KEY (task_year, task) REFERENCES tasks (year, number)
) STRICT;

-- What is counted or summed: the records of a kind, under conditions that all hold
-- (several values, of the operator 'in', mean: one of them; 'known' asks for any value, and has none).
CREATE TABLE metrics (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL REFERENCES kinds (name),
    field TEXT,                         -- summed; NULL counts records
    stock INTEGER NOT NULL,             -- 1: what exists on the day, whenever it began
    dated TEXT,                         -- counts from this date field, not from the kind's own
    per_town INTEGER NOT NULL           -- 1: one figure for each of metric_towns
) STRICT;
CREATE TABLE metric_conditions (
    metric INTEGER NOT NULL REFERENCES metrics (id),
    position INTEGER NOT NULL,
    field TEXT NOT NULL,
    operator TEXT NOT NULL,
    value TEXT NOT NULL,
    value_position INTEGER NOT NULL DEFAULT 0,  -- of several values
    PRIMARY KEY (metric, position, value)
) STRICT;
CREATE TABLE metric_towns (
    metric INTEGER NOT NULL REFERENCES metrics (id),
    position INTEGER NOT NULL,
    organisation TEXT NOT NULL REFERENCES organisations (name) ON UPDATE CASCADE,
    PRIMARY KEY (metric, position)
) STRICT;

-- The plan's targets; goal and comparison are NULL for one that is only tracked. How the figure comes out of
-- the metric: total; level, running, amount, where it is reported; share, average, divided by to_metric.
CREATE TABLE targets (
    key TEXT PRIMARY KEY,
    position INTEGER NOT NULL,
    section_zh TEXT NOT NULL,
    section_en TEXT NOT NULL,
    name_zh TEXT NOT NULL,
    name_en TEXT NOT NULL,
    metric INTEGER NOT NULL REFERENCES metrics (id),
    comparison TEXT CHECK (comparison IN ('at_least', 'more_than', 'at_most', 'less_than')),
    goal REAL,                          -- 0 where it follows another target
    unit_zh TEXT NOT NULL,
    unit_en TEXT NOT NULL,
    due TEXT NOT NULL CHECK (due IS date(due, '+0 days')),
    every_year INTEGER NOT NULL,
    measure INTEGER REFERENCES measures (number),
    -- It begins anew with each of these, not with each year.
    every_part TEXT CHECK (every_part IN ('half', 'quarter', 'month')),
    reading TEXT NOT NULL DEFAULT 'total'
        CHECK (reading IN ('total', 'level', 'running', 'amount', 'share', 'average')),
    to_metric INTEGER REFERENCES metrics (id),  -- of a share or an average: what it is divided by
    factor TEXT NOT NULL DEFAULT '1'    -- what that is multiplied by: 100, or a fraction such as 1/15
        CHECK (factor GLOB '[1-9]*' AND factor NOT GLOB '*[^0-9/]*' AND factor NOT GLOB '*/[0/]*'
            AND factor NOT GLOB '*/*/*' AND factor NOT GLOB '*/'),
    follows TEXT REFERENCES targets (key) DEFERRABLE INITIALLY DEFERRED,  -- whose figure is the goal
    baseline ANY                        -- a number from which the line runs, or 'first'
        CHECK (baseline IS NULL OR typeof(baseline) IN ('integer', 'real') OR baseline = 'first'),
    decimals INTEGER,                   -- with which its figures are shown
    weight REAL                         -- in the score
) STRICT;

-- What a task must reach before it is done by its figures.
CREATE TABLE task_needs (
    year INTEGER NOT NULL,
    task ANY NOT NULL,
    position INTEGER NOT NULL,
    target TEXT REFERENCES targets (key),
    name_zh TEXT NOT NULL,
    name_en TEXT NOT NULL,
    metric INTEGER NOT NULL REFERENCES metrics (id),
    comparison TEXT NOT NULL CHECK (comparison IN ('at_least', 'more_than', 'at_most', 'less_than')),
    goal REAL NOT NULL,
    unit_zh TEXT NOT NULL,
    unit_en TEXT NOT NULL,
    stage INTEGER,                      -- of the task, from 1, whose need it is; NULL: the task's own
    PRIMARY KEY (year, task, position),
    FOREIGN KEY (year, task) REFERENCES tasks (year, number)
) STRICT;

-- The office's word that a task is finished. One that was taken back stays, with the reason.
CREATE TABLE sign_offs (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    year INTEGER NOT NULL,
    task ANY NOT NULL,
    signed_on TEXT NOT NULL CHECK (signed_on IS date(signed_on, '+0 days')),
    forced INTEGER NOT NULL,            -- 1: signed off although its needs were not met
    note TEXT,
    recorded_at TEXT NOT NULL,          -- UTC
    reopened_at TEXT,                   -- UTC; NULL while in force
    reopen_reason TEXT,
    stage INTEGER,                      -- of the task, from 1, that alone is finished; NULL: all of it
    FOREIGN KEY (year, task) REFERENCES tasks (year, number)
) STRICT;
CREATE UNIQUE INDEX "sign_offs in force" ON sign_offs (year, task, coalesce(stage, 0))
    WHERE reopened_at IS NULL;
CREATE TABLE evidence (
    sign_off INTEGER NOT NULL REFERENCES sign_offs (id),
    path TEXT NOT NULL,
    size INTEGER NOT NULL,              -- bytes
    sha256 TEXT NOT NULL,
    position INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (sign_off, path)
) STRICT;

-- Records that were taken out of the registry, and why.
CREATE TABLE removals (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    record INTEGER NOT NULL,
    contents TEXT NOT NULL CHECK (json_valid(contents)),
    reason TEXT NOT NULL,
    removed_at TEXT NOT NULL            -- UTC
) STRICT;

-- The kinds in force: the declaration from which each kind's table, command and checks come.
CREATE TABLE kinds (
    name TEXT PRIMARY KEY,
    position INTEGER NOT NULL,
    label_zh TEXT NOT NULL,
    label_en TEXT NOT NULL,
    counts_on TEXT,
    counts_until TEXT,
    graded_by TEXT
) STRICT;
CREATE TABLE fields (
    kind TEXT NOT NULL REFERENCES kinds (name),
    name TEXT NOT NULL,
    position INTEGER NOT NULL,
    type TEXT NOT NULL,
    label_zh TEXT NOT NULL,
    label_en TEXT NOT NULL,
    required INTEGER NOT NULL,
    key_position INTEGER,               -- of a part of the natural key
    unit TEXT,
    minimum TEXT,
    maximum TEXT,
    not_above TEXT,                     -- another field of the kind, which it may not exceed
    decimals INTEGER NOT NULL,
    refers_to TEXT,                     -- kind; may be declared later than this one
    names TEXT,                         -- of a text: 'deliverable' or 'target', whose keys alone it takes
    personal INTEGER NOT NULL,
    help_zh TEXT NOT NULL,
    help_en TEXT NOT NULL,
    PRIMARY KEY (kind, name)
) STRICT;
-- What a field accepts (role = choice, or only = a town it is narrowed to) and is also called (role = alias).
CREATE TABLE field_words (
    kind TEXT NOT NULL,
    field TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('choice', 'only', 'alias')),
    position INTEGER NOT NULL,
    word TEXT NOT NULL,
    PRIMARY KEY (kind, field, role, position),
    FOREIGN KEY (kind, field) REFERENCES fields (kind, name)
) STRICT;
CREATE TABLE stages (
    kind TEXT NOT NULL REFERENCES kinds (name),
    position INTEGER NOT NULL,
    key TEXT NOT NULL,
    date TEXT NOT NULL,                 -- the date field whose day brings a record to this stage
    label_zh TEXT NOT NULL,
    label_en TEXT NOT NULL,
    PRIMARY KEY (kind, position)
) STRICT;
"""
