"""The view of each kind for other programs: columns called as people call them, references in words.

``SELECT * FROM 楼宇`` gives what an export of the kind gives, but for what is personal: a view can be handed
on. kfly itself never reads one.
"""

from collections.abc import Collection, Iterator, Mapping
from itertools import chain, count

from kfly.plan.kinds import NO_NAME, NOTE, Field, Kind, is_personal
from kfly.store.schema.tables import key_part, quote

# By this line behind its beginning kfly knows a view of its own; one that others made it leaves alone.
_MARK = "-- The records of {kind} in words: a view of kfly, which makes it anew."
_UNITS = {"zh": "{label}（{unit}）", "en": "{label} ({unit})"}  # as sheets have them in their headings
_BLANKS = "".join(sign for sign in NO_NAME if sign.isprintable()) + " \u3000"


def list_columns(kind: Kind, kinds: Mapping[str, Kind], language: str) -> dict[str, Field]:
    """List the columns of a kind's view behind its ``id``, by what they are called; none is personal.

    A column is called by its field's label, with the unit in brackets; by the field's name where another
    column is called so already.

    Args:
        kind: the kind.
        kinds: all kinds by their names.
        language: that of the plan.
    """
    columns: dict[str, Field] = {}
    taken = {"id"}
    for field in (*kind.fields, NOTE):
        if not is_personal(field, kinds):
            name = _find_free([_head(field, language), field.name], taken)
            columns[name] = field
            taken.add(name.casefold())
    return columns


def choose_name(kind: Kind, language: str, taken: Collection[str]) -> str:
    """Choose what a kind's view is called: its label; where that is taken, its name in brackets behind it.

    Args:
        kind: the kind.
        language: that of the plan.
        taken: names of tables and all else, in small letters.
    """
    label = kind.label.in_(language)
    return _find_free([label, f"{label} ({kind.name})", f"{kind.name} ({label})"], taken)


def write_view(name: str, kind: Kind, kinds: Mapping[str, Kind], language: str) -> str:
    """Write the statement that makes a kind's view.

    Args:
        name: the view's.
        kind: the kind.
        kinds: all kinds by their names.
        language: that of the plan.
    """
    columns = [
        f"{_write_value(field, kinds, language)} AS {quote(heading)}"
        for heading, field in list_columns(kind, kinds, language).items()
    ]
    listed = ",\n    ".join(["r.id", *columns])
    return f"{write_beginning(name, kind.name)}\nSELECT\n    {listed}\nFROM {quote(kind.name)} AS r"


def write_beginning(name: str, kind: str) -> str:
    """Write how the statement of a kind's view begins, by which it is known."""
    return f"CREATE VIEW {quote(name)} AS\n{_MARK.format(kind=kind)}"


def read_kind(name: str, statement: str) -> str | None:
    """Read from a view's statement of which kind it is; None where it is none of kfly's."""
    before, behind = write_beginning(name, "\0").split("\0")
    if not statement.startswith(before):
        return None
    kind, found, _rest = statement[len(before) :].partition(behind)
    return kind if found else None


def _head(field: Field, language: str) -> str:
    label = field.label.in_(language)
    return _UNITS[language].format(label=label, unit=field.unit) if field.unit else label


def _find_free(wanted: list[str], taken: Collection[str]) -> str:
    """Find the first name that SQLite takes and nothing else has; the last one with a number, if none is."""
    numbered = (f"{wanted[-1]} {number}" for number in count(2))
    return next(name for name in chain(wanted, numbered) if _is_possible(name, taken))


def _is_possible(name: str, taken: Collection[str]) -> bool:
    folded = name.casefold()
    return folded not in taken and "\0" not in name and name != "" and not folded.startswith("sqlite_")


def _write_value(field: Field, kinds: Mapping[str, Kind], language: str) -> str:
    """Write what a view shows of a field: a column as it is kept, or the title of what it refers to.

    A title is cast, as other programs ask a column for its type; what is kept says its own.
    """
    column = f"r.{quote(field.name)}"
    if field.to is None:
        return column
    titles = _Titles(kinds, language)
    return f"CAST({titles.write_referred(field, column, frozenset())} AS TEXT)"


class _Titles:
    """Titles as SQL: the rules of ``registry/titles.py``, for those names of which two do not look alike."""

    def __init__(self, kinds: Mapping[str, Kind], language: str) -> None:
        self._kinds, self._language = kinds, language
        self._numbers = count(1)

    def write_referred(self, field: Field, column: str, seen: frozenset[str]) -> str:
        """Write the title of the record that a column refers to; its id where that is not there."""
        number = f"'#' || {column}"
        kind = self._kinds.get(field.to or "")
        if kind is None or kind.name in seen:  # a key that leads back to its own kind shows ids
            return number
        row = f"t{next(self._numbers)}"
        title = self._write_title(kind, row, seen | {kind.name})
        found = f"SELECT {title} FROM {quote(kind.name)} AS {row} WHERE {row}.id = {column}"
        return f"coalesce(({found}), {number})"

    def _write_title(self, kind: Kind, row: str, seen: frozenset[str]) -> str:
        """Write the title of a row: its name if no other has it, else the whole key, the name last."""
        name, *others = self._write_key(kind, row, seen)
        nameless = f"{_literal(self._call(kind) + ' #')} || {row}.id"
        cases = [f"WHEN coalesce(trim({name}, {_literal(_BLANKS)}), '') = '' THEN {nameless}"]
        if not others:
            return f"CASE {cases[0]} ELSE {name} END"
        cases.append(f"WHEN NOT {self._write_namesakes(kind, row)} THEN {name}")
        whole = " || '/' || ".join([*(f"coalesce({part}, '')" for part in others), name])
        return f"CASE {' '.join(cases)} ELSE {whole} END"

    def _write_key(self, kind: Kind, row: str, seen: frozenset[str]) -> Iterator[str]:
        for field in filter(None, map(kind.field, kind.key)):
            column = f"{row}.{quote(field.name)}"
            if field.type == "reference":
                yield self.write_referred(field, column, seen)
            elif field.type == "number":  # 12, not 12.0
                whole = f"CAST({column} AS INTEGER)"
                yield f"CAST(iif({column} = {whole}, {whole}, {column}) AS TEXT)"
            else:
                yield column

    def _write_namesakes(self, kind: Kind, row: str) -> str:
        """Write whether others are called the same: the index on the natural key knows."""
        first = kind.field(kind.key[0])
        assert first is not None  # noqa: S101  (a kind whose key names no field is not whole)
        own, part = row + "s", key_part(first)
        theirs, this = (part.replace(quote(first.name), f"{r}.{quote(first.name)}") for r in (own, row))
        return (
            f"EXISTS (SELECT 1 FROM {quote(kind.name)} AS {own}"
            f" WHERE {theirs} = {this} AND {own}.id <> {row}.id)"
        )

    def _call(self, kind: Kind) -> str:
        return kind.label.zh if self._language == "zh" else kind.name.replace("_", " ")


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
