"""The relations between the parts of an Open XML workbook, one of XML or a binary one."""

import zipfile

from kfly.registry.sheets.workbooks.formats import fold_part
from kfly.registry.sheets.workbooks.xml import parse

Related = dict[str, list[tuple[str, str]]]  # by sort: the number of each relation, and the part


def find_related(package: zipfile.ZipFile, parts: dict[str, str], owner: str = "") -> Related:
    """Find the parts that a part is related to; a relation to what is not there is none.

    Args:
        package: the workbook.
        parts: its parts, by their plain names.
        owner: the plain name of the part; nothing for the workbook as a whole.
    """
    folder, _, file = owner.rpartition("/")
    relations = parts.get(_join(folder, f"_rels/{file}.rels"))
    found: Related = {}
    for relation in parse(package, relations) if relations is not None else ():
        target = relation.get("Target", "")
        is_absolute = target.startswith(("/", "\\"))
        part = parts.get(_resolve(target if is_absolute else _join(folder, target)))
        if part is not None:
            sort = relation.get("Type", "").rpartition("/")[2]
            found.setdefault(sort, []).append((relation.get("Id", ""), part))
    return found


def _join(folder: str, name: str) -> str:
    return f"{folder}/{name}" if folder else name


def _resolve(target: str) -> str:
    """Return the plain name of a part, without the steps up in it."""
    steps: list[str] = []
    for step in fold_part(target).split("/"):
        if step == "..":
            del steps[-1:]
        elif step != ".":
            steps.append(step)
    return "/".join(steps)
