"""A reader of ``returns:``: of which kind, from whom, and by when."""

from collections.abc import Iterator

from kfly.locale import _
from kfly.plan.files.marked_yaml import Document, Place
from kfly.plan.files.metrics import MetricReader
from kfly.plan.files.organisation_reader import OrganisationReader
from kfly.plan.files.return_shapes import ReturnShape
from kfly.plan.organisations import open_up
from kfly.plan.returns import Return


class ReturnReader:
    """Reads what is to be sent against the kinds and organisations of one plan, noting every fault."""

    def __init__(self, document: Document, who: OrganisationReader, metrics: MetricReader) -> None:
        self.document, self.who, self.metrics = document, who, metrics

    def read(self, asked: list[ReturnShape]) -> Iterator[Return]:
        """Yield what is to be sent."""
        for number, shape in enumerate(asked):
            place: Place = ("returns", number)
            if shape.kind in (earlier.kind for earlier in asked[:number]):
                self.document.fault((*place, "kind"), _("{value} is given twice", value=shape.kind))
            self._check_kind(shape.kind, (*place, "kind"))
            names = self.who.names(self.document, (*place, "from"), shape.from_)
            self._check_places(names, (*place, "from"))
            yield Return(shape.kind, names, shape.every, shape.by)

    def _check_kind(self, name: str, place: Place) -> None:
        kind = self.metrics.find_kind(name, place, self.document)
        if kind is not None and kind.town is None:
            self.document.fault(place, _("a record of {kind} names no town", kind=name))

    def _check_places(self, names: tuple[str, ...], place: Place) -> None:
        """Check that all who send are towns and zones: by these records are told apart."""
        for number, name in enumerate(names):
            others = [o.name for o in open_up([name], self.who.organisations) if not o.is_place]
            if others:
                message = _("{name} is no town or zone", name=_(", ").join(others))
                self.document.fault((*place, number), message)
