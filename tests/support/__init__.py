"""What tests share: the runner of commands, servers of mail, cities, makers of sheets."""

from pathlib import Path

ROOT = Path(__file__).parents[2]
FIRST_RELEASE = Path(__file__).parent / "releases" / "schema-1.db.gz"
