"""Write the documents that come from the program itself: commands.md and schema.md, in docs/ and docs/zh/.

performance.md comes from what the bench has measured last.

python docs/generate.py          writes them
python docs/generate.py --check  exit 1 when one is out of date
"""

import io
import os
import sys
from contextlib import redirect_stdout
from pathlib import Path

FOLDER = Path(__file__).parent
WIDTH = "78"  # with the indent of `kfly guide`, a terminal of 80
COMMAND_PAGE = {
    "en": "# Commands\n\nThe help pages, as `kfly COMMAND --help` prints them.\n",
    "zh": "# 命令用法\n\n各命令的用法说明，与 `kfly COMMAND --help` 所示相同。\n",
}
TABLES = """
## {plan_title}

```sql
{plan}
```

## {kinds_title}

{kinds_words}

```sql
{kinds}
```

## {views_title}

{views_words}

{views}

```sql
{view}
```

## {supervision_title}

```sql
{supervision}
```

## {log_title}

{log_words}

```sql
{log}
```

## {totals_title}

{totals_words}

```sql
{totals}
```
"""
SCHEMA = {
    "en": {
        "head": """# Schema

One SQLite file, readable with any client from SQLite 3.37 on. Areas are in m², money in the unit that the
table `fields` names; dates are ISO text.
""",
        "plan_title": "The plan",
        "kinds_title": "The records",
        "kinds_words": "One table a kind, made from its declaration.",
        "views_title": "The views",
        "views_words": "One view a kind, in words, without what is personal; it is called by the kind's"
        " label in the plan's language.\n[neighbours.md](neighbours.md) says what the columns are, and how"
        " programs read them.",
        "views_heads": ("Kind", "View", "in a plan in English"),
        "supervision_title": "Supervision",
        "totals_title": "Kept totals",
        "totals_words": "What the plan asks of the records, added up by town and day, so that figures cost"
        " the same at any size.\nThey follow from the tables above and are never logged; where anything was"
        " written without them,\nall is counted anew. Read the records instead.",
        "log_title": "The log",
        "log_words": "Triggers on every table above but `mailings` and `evidence_files` write it,"
        " whichever program makes the change.",
    },
    "zh": {
        "head": """# 数据库结构

一个 SQLite 文件，SQLite 3.37 及以上的任何客户端都能读取。面积以平方米计，金额单位见
`fields` 表；日期为 ISO 格式的文字。表内注释为英文，与程序中的建表语句一致。
""",
        "plan_title": "方案",
        "kinds_title": "台账",
        "kinds_words": "每类台账一张表，按类别的声明生成。",
        "views_title": "视图",
        "views_words": "每类台账一个视图，以文字显示，不含个人信息；以方案语言下的类别名称命名。\n"
        "各列的含义，以及其他软件如何读取，见 [neighbours.md](neighbours.md)。",
        "views_heads": ("类别", "视图", "英文方案的视图"),
        "supervision_title": "督办",
        "totals_title": "留存合计",
        "totals_words": "按镇街和日期留存的合计，使查询所需时间不随台账增大。"
        "它们由上面各表得出，不记入日志；\n有改动未经计入的，全部重新计算。请读取台账本身。",
        "log_title": "变更日志",
        "log_words": "除 `mailings` 和 `evidence_files` 外，以上各表都有触发器，"
        "不论哪个程序作出改动，都写入日志。",
    },
}


def main() -> int:
    """Write or check."""
    os.environ.update(COLUMNS=WIDTH, KFLY_DB=os.devnull + "/none")
    documents = {}
    for language, folder in (("en", FOLDER), ("zh", FOLDER / "zh")):
        os.environ["KFLY_LANG"] = language
        documents |= {folder / "commands.md": commands(language), folder / "schema.md": schema(language)}
    documents |= performance()
    if "--check" not in sys.argv:
        for path, text in documents.items():
            path.write_text(text, encoding="utf-8")
        return 0
    stale = [path for path, text in documents.items() if read(path) != text]
    for path in stale:
        name = path.relative_to(FOLDER.parent).as_posix()
        sys.stderr.write(f"{name} is out of date: run python docs/generate.py\n")
    return int(bool(stale))


def read(path: Path) -> str:
    """A document as it is; nothing where there is none."""
    return path.read_text(encoding="utf-8") if path.exists() else ""


def commands(language: str) -> str:
    """The help page of every command; the add-… commands are made alike, so one stands for all."""
    from kfly.cli.catalogue import COMMANDS

    names = ["", *(entry.name for entry in COMMANDS), "add-building"]
    pages = [f"## kfly {n}".rstrip() + f"\n\n```\n{page([*n.split(), '--help'])}\n```\n" for n in names]
    return "\n".join([COMMAND_PAGE[language], *pages])


def performance() -> dict[Path, str]:
    """The pages on performance, from the figures that are kept."""
    sys.path.append(str(FOLDER.parent / "bench"))
    from page import render_pages

    return render_pages()


def page(arguments: list[str]) -> str:
    """What a command prints."""
    from kfly.cli import main as kfly

    with redirect_stdout(io.StringIO()) as printed:
        kfly(arguments)
    return "\n".join(line.rstrip() for line in printed.getvalue().strip("\n").split("\n")).strip("\n")


def schema(language: str) -> str:
    """The tables, as they are created."""
    from kfly.registry.kinds import read_standing_kinds
    from kfly.store.schema.check_tables import CHECK_TABLES
    from kfly.store.schema.course_tables import COURSE_TABLES
    from kfly.store.schema.evidence_tables import EVIDENCE_TABLES
    from kfly.store.schema.log_tables import LOG_TABLES
    from kfly.store.schema.notice_tables import NOTICE_TABLES
    from kfly.store.schema.plan_tables import PLAN_TABLES
    from kfly.store.schema.promise_tables import PROMISE_TABLES
    from kfly.store.schema.return_tables import ENTRY_TABLES, RETURN_TABLES
    from kfly.store.schema.supervision_tables import SUPERVISION_TABLES
    from kfly.store.schema.tables import kind_indexes, kind_table
    from kfly.store.schema.totals_tables import TOTALS_TABLES
    from kfly.store.schema.views import write_view

    kinds = "\n\n".join(
        ";\n".join([kind_table(kind), *kind_indexes(kind)]) + ";" for kind in read_standing_kinds()
    )
    words = SCHEMA[language]
    standing = {kind.name: kind for kind in read_standing_kinds()}
    rows = [words["views_heads"], ("---",) * 3]
    rows += [(f"`{kind.name}`", f"`{kind.label.zh}`", f"`{kind.label.en}`") for kind in standing.values()]
    return words["head"] + TABLES.format(
        **words,
        plan=(PLAN_TABLES + PROMISE_TABLES).strip(),
        kinds=kinds,
        views="\n".join(f"| {' | '.join(row)} |" for row in rows),
        view=write_view("科创载体", standing["carrier"], standing, "zh") + ";",
        supervision=(
            SUPERVISION_TABLES
            + COURSE_TABLES
            + CHECK_TABLES
            + EVIDENCE_TABLES
            + NOTICE_TABLES
            + RETURN_TABLES
        ).strip(),
        log=LOG_TABLES.strip(),
        totals=(TOTALS_TABLES + ENTRY_TABLES).strip(),
    )


if __name__ == "__main__":
    sys.exit(main())
