"""Records as JSON: ``{"talent": [{…}, …], …}``, or one ``{"talent": {…}}`` a line."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from kfly.locale import _
from kfly.registry.sheets.faults import unreadable
from kfly.registry.sheets.grid import Grid, SheetRow


def read(path: Path, name: str) -> list[Grid]:
    """Read a grid for each kind in the file, its first row the fields that its records name.

    Raises:
        OSError: it cannot be read.
        SheetRefusedError: it is not JSON of this form.
    """
    by_kind: dict[str, list[dict[str, Any]]] = {}
    try:
        text = path.read_bytes().decode("utf-8-sig")
        for kind, found in _read_lines(text) if path.suffix.lower() == ".jsonl" else _read_document(text):
            by_kind.setdefault(kind, []).extend(found)
    except (ValueError, RecursionError) as error:
        raise unreadable(name, _("is not JSON of records: {why}", why=error)) from None
    return [_make_grid(name, kind, found) for kind, found in by_kind.items()]


def _read_document(text: str) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    document = _parse(text)
    if not isinstance(document, dict):
        raise ValueError(_("an object is expected, a list of records for each kind"))
    for kind, found in document.items():
        if not isinstance(found, list):
            raise ValueError(_("“{kind}” does not hold a list of records", kind=kind))
        yield kind, _check_records(kind, found)


def _read_lines(text: str) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    for line in text.split("\n"):
        if line.strip():
            document = _parse(line)
            if not (isinstance(document, dict) and len(document) == 1):
                raise ValueError(_("a line is expected to be an object of one kind and one record"))
            for kind, record in document.items():
                yield kind, _check_records(kind, [record])


def _check_records(kind: str, found: Iterable[Any]) -> list[dict[str, Any]]:
    checked = list(found)
    for record in checked:
        if not isinstance(record, dict) or any(isinstance(v, dict | list) for v in record.values()):
            raise ValueError(_("“{kind}” holds something that is no record", kind=kind))
    return checked


def _parse(text: str) -> Any:
    return json.loads(text, parse_constant=_refuse_constant, object_pairs_hook=_refuse_twice)


def _refuse_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError(_("a key stands twice in one object"))
    return found


def _refuse_constant(word: str) -> None:
    raise ValueError(_("{word} is no number", word=word))


def _make_grid(name: str, kind: str, found: list[dict[str, Any]]) -> Grid:
    fields = list(dict.fromkeys(field for record in found for field in record))
    rows = (SheetRow(n, [record.get(field) for field in fields]) for n, record in enumerate(found, start=1))
    return Grid(name, kind, _with_heading(fields, rows), len(found), kind=kind)


def _with_heading(fields: list[str], rows: Iterator[SheetRow]) -> Iterator[SheetRow]:
    if fields:
        yield SheetRow(0, list(fields))
    yield from rows
