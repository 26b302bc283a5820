"""The check for records that are probably one: same town, same natural key, and nearly the same name."""

from collections.abc import Iterator, Mapping

from kfly.locale import _
from kfly.plan.kinds import Field, Kind
from kfly.registry.registry import Registry
from kfly.services.check import likeness
from kfly.services.check.findings import KFLY, THEN, TO_FILL_IN, WARNING, Finding
from kfly.services.check.naming import Naming
from kfly.store import records

MOST_MOVED = 5  # references that one command moves; the rest is named the next time

# What towns are called beside their own names: 华士镇 is 华士.
_ENDINGS = ("街道", "开发区", "园区", "镇", "区")


def is_compared(kind: Kind) -> bool:
    """Tell whether the kind's records are things with names, in towns.

    Not people: 张伟 and 张玮 are two. Not what has no town: the same event is held in many places.
    """
    name = kind.field(kind.key[0])
    return bool(kind.town and name and name.type == "text" and not name.names and not name.personal)


def find_twins(registry: Registry, kind: Kind) -> Iterator[Finding]:
    """Find the pairs; report each for the one that can go: the later, unless only that is referred to."""
    if not is_compared(kind) or kind.town is None:
        return
    for pair in _pairs(registry, kind, kind.town.name):
        why = _("nearly the same name, the same town")
        yield report_pair(registry, kind, "probably_one", pair, why)


def report_pair(registry: Registry, kind: Kind, code: str, pair: tuple[int, int], why: str) -> Finding:
    """Report two records that are probably one, for the one that can go, with the commands that remove it."""
    naming = Naming(registry, kind)
    # None that is referred to can be removed.
    references = {record: list(registry.references_to(kind, record)) for record in pair}
    goes = min(reversed(pair), key=lambda record: len(references[record]))
    stays = sum(pair) - goes
    title = naming.title(stays)
    message = _("is probably {title} (#{id}): {why}", title=title, id=stays, why=why)
    command: tuple[str, ...] = (KFLY, "remove", kind.name, naming.which(goes), "--reason", TO_FILL_IN)
    if moved := references[goes]:
        message = _("{message}; what refers to it is moved to that one first", message=message)
        moving = tuple(_moving(registry, moved[:MOST_MOVED], stays))
        command = moving[:-1] if len(moved) > MOST_MOVED else (*moving, *command)
    keys = [[registry.get(kind, record)[name] for name in kind.key] for record in sorted(pair)]
    return naming.finding(WARNING, code, goes, message, *command, about=(stays, *keys))


def _moving(registry: Registry, references: list[tuple[Kind, Field, int]], stays: int) -> Iterator[str]:
    """Write the commands that make records refer to another one."""
    for kind, field, record in references:
        yield from Naming(registry, kind).setting(record, f"{field.name}=#{stays}")
        yield THEN


def _pairs(registry: Registry, kind: Kind, town: str) -> list[tuple[int, int]]:
    """Find the pairs of records with nearly the same name.

    Only names with the same town, other key parts and telling signs are compared: 20,000 take a second.
    """
    columns = ("id", town, kind.key[0], *(part for part in kind.key[1:] if part != town))
    grouping = _Grouping(name_places(registry))
    first: dict[int, int] = {}
    alike: set[int] = set()
    for record, *values in records.select_values(registry.db, kind, columns):
        if group := grouping.find(*values):
            before = first.setdefault(hash(group), record)  # far smaller than the group itself
            if before != record:
                alike |= {before, record}
    groups: dict[_Group, list[tuple[int, str]]] = {}
    for record, *values in records.select_numbered(registry.db, kind, columns, sorted(alike)):
        if group := grouping.find(*values):
            groups.setdefault(group, []).append((record, grouping.simplify(*values)))
    return sorted(pair for group in groups.values() if len(group) > 1 for pair in likeness.find_pairs(group))


_Group = tuple[object, ...]


class _Grouping:
    """Groups the records whose names are compared: same town, telling signs and other parts of the key."""

    def __init__(self, called: Mapping[str, tuple[str, ...]]) -> None:
        self._called = called

    def find(self, place: str | None, name: str | None, *rest: object) -> _Group | None:
        """Find a record's group; None for a record that is not compared."""
        if not place or not name:
            return None
        return (place, likeness.telling(self.simplify(place, name)), *rest)

    def simplify(self, place: str, name: str, *_rest: object) -> str:
        """Write a record's name plainly."""
        return likeness.simplify(name, self._called.get(place, ()))


def name_places(registry: Registry) -> dict[str, tuple[str, ...]]:
    """List what each organisation is called, longest first: 华士镇, 华士."""
    places = {}
    for organisation in registry.plan.organisations:
        names = (organisation.name, *organisation.aliases)
        stems = [name.removesuffix(end) for name in names for end in _ENDINGS if name.endswith(end)]
        known = {name for name in (*names, *stems) if len(name) > 1}
        places[organisation.name] = tuple(sorted(known, key=len, reverse=True))
    return places
