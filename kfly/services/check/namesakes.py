"""The check for one thing that was recorded twice: with nearly the same words, or another day."""

from collections.abc import Iterator

from kfly.locale import _
from kfly.plan.kinds import Kind, Value
from kfly.registry.registry import Registry
from kfly.services.check import likeness
from kfly.services.check.expectations import read_expectations
from kfly.services.check.findings import Finding
from kfly.services.check.twins import name_places, report_pair
from kfly.store import records


def find_namesakes(registry: Registry, kind: Kind) -> Iterator[Finding]:
    """Find records of one name that are told apart only by nearly the same words: 甲公司, 甲有限公司."""
    field = kind.field(read_expectations().namesakes.get(kind.name, ""))
    if field is None or field.name not in kind.key:
        return
    rest = [name for name in kind.key[1:] if name != field.name]
    town = kind.town.name if kind.town else kind.key[0]
    named: dict[tuple[Value, ...], list[tuple[int, str, str]]] = {}
    columns = ("id", field.name, town, kind.key[0], *rest)
    for record, words, place, *same in records.select_shared(registry.db, kind, columns, kind.key[0]):
        if words:
            named.setdefault(tuple(same), []).append((record, words, place))
    places = name_places(registry)
    for members in named.values():
        if len(members) > 1:
            texts = [(record, likeness.simplify(text, places.get(at, ()))) for record, text, at in members]
            for pair in _find_near(texts):
                why = _("the same name, nearly the same {label}", label=field.label.spoken)
                yield report_pair(registry, kind, "probably_one", pair, why)


def _find_near(texts: list[tuple[int, str]]) -> list[tuple[int, int]]:
    """Find the pairs of texts that are nearly the same, among those with the same telling signs."""
    groups: dict[likeness.Marks, list[tuple[int, str]]] = {}
    for record, text in texts:
        groups.setdefault(likeness.telling(text), []).append((record, text))
    return sorted(pair for group in groups.values() for pair in likeness.find_pairs(group))


def find_repeated(registry: Registry, kind: Kind) -> Iterator[Finding]:
    """Find records that are alike in all but one day: each is reported with the one before it."""
    field = kind.field(read_expectations().repeated.get(kind.name, ""))
    if field is None:
        return
    others = [other.name for other in kind.fields if other is not field]
    last: dict[tuple[Value, ...], int] = {}
    for record, *values in records.select_values(registry.db, kind, ("id", *others)):
        before = last.get(same := tuple(values))
        last[same] = record
        if before is not None:
            why = _("the same in all but {label}", label=field.label.spoken)
            yield report_pair(registry, kind, "recorded_twice", (before, record), why)
