"""Records that the log is asked about, found even if they are no longer in the registry."""

from collections.abc import Iterator

from kfly.errors import KflyError
from kfly.locale import _
from kfly.plan.kinds import Kind
from kfly.plan.signs import BLANKS, take_out_unseen
from kfly.registry.naming import LONGEST_ID
from kfly.registry.registry import Registry
from kfly.registry.values import unify_line_ends
from kfly.store.log import reading as log


def find_record_ever(registry: Registry, kind: Kind, text: str) -> int:
    """Find the record that WHICH means: one that is there, else one that was, else one once called so.

    Raises:
        KflyError: none ever was called so, or several were: they are listed.
    """
    try:
        return registry.which(kind, text)
    except KflyError:
        wanted = take_out_unseen(unify_line_ends(text.strip(BLANKS)))
        if registry.titles.called(kind.name, wanted) or not log.has_log(registry.db):
            raise
        found = list(
            dict.fromkeys([*_find_by_id(registry, kind, wanted), *_find_by_name(registry, kind, wanted)])
        )
        if not found:
            raise
    if len(found) > 1:
        raise KflyError(
            _(
                "{kind}: “{which}” meant several: {listed}.",
                which=text,
                kind=kind.label.spoken,
                listed=_(", ").join(f"#{record}" for record in found),
            )
        )
    return found[0]


def _find_by_id(registry: Registry, kind: Kind, text: str) -> Iterator[int]:
    number = text.removeprefix("#")
    is_id = number.isascii() and number.isdigit() and len(number) < LONGEST_ID
    if is_id and log.has_record(registry.db, kind.name, int(number)):
        yield int(number)


def _find_by_name(registry: Registry, kind: Kind, text: str) -> list[int]:
    """Find the records that the log knows by a name or ``town/name``; only those that kept it, if any did."""
    name_field, *others = kind.key
    *parts, name = text.split("/", len(others))  # a name may have strokes of its own
    found: dict[int, bool] = {}
    for wanted, qualified in {text: [], name: parts}.items():
        for record, row, last in log.find_once_called(registry.db, kind.name, name_field, wanted):
            if not qualified or [str(row.get(other)) for other in others] == qualified:
                found[record] = last or found.get(record, False)
    return [record for record, last in found.items() if last] or list(found)
