"""Write the documents that come from the program itself: docs/commands.md and docs/schema.md.

python docs/generate.py          writes them
python docs/generate.py --check  exit 1 when one is out of date
"""

import io
import os
import sys
from contextlib import redirect_stdout
from pathlib import Path

FOLDER = Path(__file__).parent
SCHEMA = """# Schema

One SQLite file, readable with any client from SQLite 3.37 on. Areas are in m², money in the unit that the
table `fields` names; dates are ISO text.

## The plan

```sql
{plan}
```

## The records

One table a kind, made from its declaration.

```sql
{kinds}
```

## Supervision

```sql
{supervision}
```

## The log

Triggers on every table above but `mailings` and `evidence_files` write it, whichever program makes the
change.

```sql
{log}
```
"""


def main() -> int:
    """Write or check."""
    os.environ.update(KFLY_LANG="en", COLUMNS="100", KFLY_DB=os.devnull + "/none")
    documents = {"commands.md": commands(), "schema.md": schema()}
    if "--check" not in sys.argv:
        for name, text in documents.items():
            (FOLDER / name).write_text(text, encoding="utf-8")
        return 0
    stale = [n for n, text in documents.items() if (FOLDER / n).read_text(encoding="utf-8") != text]
    for name in stale:
        sys.stderr.write(f"docs/{name} is out of date: run python docs/generate.py\n")
    return int(bool(stale))


def commands() -> str:
    """The help page of every command; the add-… commands are made alike, so one stands for all."""
    from kfly.cli.catalogue import COMMANDS

    pages = ["# Commands\n\nThe help pages, as `kfly COMMAND --help` prints them.\n"]
    names = ["", *(entry.name for entry in COMMANDS), "add-building"]
    pages += [f"## kfly {n}".rstrip() + f"\n\n```\n{page([*n.split(), '--help'])}\n```\n" for n in names]
    return "\n".join(pages)


def page(arguments: list[str]) -> str:
    """What a command prints."""
    from kfly.cli import main as kfly

    with redirect_stdout(io.StringIO()) as printed:
        kfly(arguments)
    return "\n".join(line.rstrip() for line in printed.getvalue().strip("\n").split("\n")).strip("\n")


def schema() -> str:
    """The tables, as they are created."""
    from kfly.registry.kinds import read_standing_kinds
    from kfly.store.schema.check_tables import CHECK_TABLES
    from kfly.store.schema.evidence_tables import EVIDENCE_TABLES
    from kfly.store.schema.log_tables import LOG_TABLES
    from kfly.store.schema.plan_tables import PLAN_TABLES
    from kfly.store.schema.supervision_tables import SUPERVISION_TABLES
    from kfly.store.schema.tables import kind_indexes, kind_table

    kinds = "\n\n".join(
        ";\n".join([kind_table(kind), *kind_indexes(kind)]) + ";" for kind in read_standing_kinds()
    )
    return SCHEMA.format(
        plan=PLAN_TABLES.strip(),
        kinds=kinds,
        supervision=(SUPERVISION_TABLES + CHECK_TABLES + EVIDENCE_TABLES).strip(),
        log=LOG_TABLES.strip(),
    )


if __name__ == "__main__":
    sys.exit(main())
