"""A reader of what a target expects of single towns and zones: ``quotas: {澄江街道: 5}``."""

from collections.abc import Iterator, Mapping
from fractions import Fraction

from kfly.locale import _
from kfly.plan.files.marked_yaml import Document, Place
from kfly.plan.files.organisation_reader import describe_unknown_name
from kfly.plan.kinds import Kind
from kfly.plan.metrics import A_TOTAL, TOTAL, Goal, Metric, Reading
from kfly.plan.model import Organisation
from kfly.plan.organisations import match_organisation


class QuotaReader:
    """Reads quotas against the organisations and kinds of one plan, noting every fault."""

    def __init__(
        self, kinds: Mapping[str, Kind], organisations: tuple[Organisation, ...], document: Document
    ) -> None:
        self.kinds = kinds
        self.organisations = organisations
        self.document = document

    def read(
        self,
        written: Mapping[str, Fraction],
        metric: Metric,
        goal: Goal | None,
        place: Place,
        reading: Reading = A_TOTAL,
    ) -> tuple[tuple[str, Fraction], ...]:
        """Read the quotas of a target, by the names of those who owe them.

        Args:
            written: as they stand in the file.
            metric: the target's.
            goal: the target's.
            place: of the quotas, in the file.
            reading: the target's.
        """
        if written and (why := self._why_none(metric, goal, reading)):
            self.document.fault(place, why)
            return ()
        return tuple(self._read(written, place))

    def _why_none(self, metric: Metric, goal: Goal | None, reading: Reading) -> str:
        """Say why a target can have no quotas; the text is empty where it can."""
        kind = self.kinds.get(metric.kind)
        if metric.towns is not None:
            return _("a per: town target expects the same of each town it covers; it takes no quotas")
        if reading.how != TOTAL:
            return _("quotas are parts of what is counted; give each town its own amount: per: town")
        if goal is not None and goal.is_upper:
            return _("a ceiling is nobody's to reach; it takes no quotas")
        if kind is not None and kind.town is None:
            return _("the records it counts name no town; it takes no quotas")
        return ""

    def _read(self, written: Mapping[str, Fraction], place: Place) -> Iterator[tuple[str, Fraction]]:
        places = [organisation for organisation in self.organisations if organisation.is_place]
        known: set[str] = set()
        for text, amount in written.items():
            found = match_organisation(text, tuple(places))
            if found is None:
                self.document.fault(
                    (*place, text),
                    describe_unknown_name(text, [name for o in places for name in (o.name, *o.aliases)]),
                )
            elif found.name in known:
                self.document.fault((*place, text), _("{name} is named twice", name=found.name))
            elif amount <= 0:
                self.document.fault((*place, text), _("an amount above 0 is expected"))
            else:
                known.add(found.name)
                yield found.name, amount
