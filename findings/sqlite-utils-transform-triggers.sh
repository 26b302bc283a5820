#!/usr/bin/env bash
# A table with a trigger on it was changed with sqlite-utils' `transform()`. Its documentation says that the table is
# made anew and that foreign keys and indexes are kept; of triggers one would expect that they are kept too, or that
# it refuses. The trigger is gone, without a word: what it did (here: keeping a log) is done no more.
# Seen on 2026-11-27 with sqlite-utils 4.2.1.
# kfly meets it where tables are made anew: it does so by itself, and makes every trigger of its log again.
# Not reported yet.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check sqlite-utils==4.2.1
"$work/venv/bin/python" - <<'PY'
import sys

from sqlite_utils import Database

db = Database(memory=True)
db["building"].insert({"id": 1, "name": "a"}, pk="id")
db["log"].create({"name": str})
db.execute("CREATE TRIGGER logged AFTER UPDATE ON building BEGIN INSERT INTO log VALUES (NEW.name); END")
before = [trigger.name for trigger in db.triggers]
db["building"].transform(types={"name": str}, not_null={"name"})
after = [trigger.name for trigger in db.triggers]
print(f"triggers before transform(): {before}; after: {after}")
sys.exit(not (before == ["logged"] and after == []))
PY
