"""What tests share: the runner of commands, servers of mail, cities, makers of sheets."""

from pathlib import Path

ROOT = Path(__file__).parents[2]
FIRST_RELEASE = Path(__file__).parent / "releases" / "schema-1.db.gz"
# With sign-offs of tasks 1 and 3 (the latter taken back), whose evidence lay in /srv/plan.
SCHEMA_3 = Path(__file__).parent / "releases" / "schema-3.db.gz"
# With a building, a fund and its investor, a sign-off, feedback, and a number of another program's.
SCHEMA_4 = Path(__file__).parent / "releases" / "schema-4.db.gz"
