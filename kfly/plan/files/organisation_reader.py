"""The organisations of a plan file: read, checked, and recognised wherever they are named."""

from collections.abc import Iterable, Iterator

from kfly.errors import find_nearest
from kfly.locale import _
from kfly.mail.addresses import parse_mailbox
from kfly.plan.files.marked_yaml import Document, Place
from kfly.plan.files.shapes import MembersShape, OrganisationShape, TargetFile
from kfly.plan.kinds import Kind
from kfly.plan.model import Organisation
from kfly.plan.organisations import match_organisation


class OrganisationReader:
    """The organisations of one plan; faults are noted in the documents they stand in."""

    def __init__(self, file: TargetFile, document: Document) -> None:
        self.document = document
        self.organisations = tuple(self._read(file))

    def names(self, document: Document, place: Place, names: list[str]) -> tuple[str, ...]:
        """Return the organisations of a list, by the names the plan gives them."""
        known = []
        for number, text in enumerate(names):
            organisation = match_organisation(text, self.organisations)
            if organisation is None:
                all_names = [name for o in self.organisations for name in (o.name, *o.aliases)]
                document.fault((*place, number), describe_unknown_name(text, all_names))
            elif organisation.name in known:
                document.fault((*place, number), _("{name} is named twice", name=organisation.name))
            else:
                known.append(organisation.name)
        return tuple(known)

    def check_fields(self, kinds: Iterable[Kind]) -> None:
        """Check that the towns to which a field is narrowed are the plan's."""
        for kind in kinds:
            for field in kind.fields:
                place = ("records", kind.name, "fields", field.name, "only")
                for number, name in enumerate(field.only):
                    if not any(o.name == name and o.is_place for o in self.organisations):
                        towns = [o.name for o in self.organisations if o.is_place]
                        self.document.fault((*place, number), describe_unknown_name(name, towns))

    def _read(self, file: TargetFile) -> Iterator[Organisation]:
        owner: dict[str, str] = {}
        by_kind: dict[str, list[str]] = {}
        faulty = tuple(self._faulty_organisations({organisation.name for organisation in file.organisations}))
        yield from faulty
        for organisation in file.organisations:
            by_kind.setdefault(organisation.kind, []).append(organisation.name)
        plain = [name for kind, names in by_kind.items() if kind != "group" for name in names]
        plain += [organisation.name for organisation in faulty]
        for number, organisation in enumerate(file.organisations):
            place = ("organisations", number)
            for label in (organisation.name, *organisation.aliases):
                if label in owner:
                    message = _("“{name}” is already the name of {owner}", name=label, owner=owner[label])
                    self.document.fault(place, message)
                owner[label] = organisation.name
            self._check_addresses(organisation, (*place, "email"))
            yield Organisation(
                name=organisation.name,
                en=organisation.en or organisation.name,
                kind=organisation.kind,
                aliases=tuple(organisation.aliases),
                email=tuple(organisation.email.to) if organisation.email else (),
                cc=tuple(organisation.email.cc) if organisation.email else (),
                members=tuple(self._members(organisation, place, by_kind, plain)),
            )

    def _check_addresses(self, organisation: OrganisationShape, place: Place) -> None:
        """Check that nobody would get a letter twice."""
        known: set[str] = set()
        found = organisation.email
        for role, addresses in (("to", found.to), ("cc", found.cc)) if found else ():
            for number, written in enumerate(addresses):
                address = parse_mailbox(written).address
                if address.casefold() in known:
                    inner = place if self._is_list(place) else (*place, role)
                    self.document.fault((*inner, number), _("{value} is given twice", value=address))
                known.add(address.casefold())

    def _is_list(self, place: Place) -> bool:
        """Tell whether a list stands at a place of what is left."""
        return (*self.document.written(place), 0) in self.document.lines

    def _faulty_organisations(self, sound: set[str]) -> Iterator[Organisation]:
        """Yield the faulty ones that were left out, so that naming them is no second fault."""
        for item in self.document.items("organisations"):
            if isinstance(name := item.get("name"), str) and name not in sound:
                kind, aliases = item.get("kind"), item.get("aliases")
                known = aliases if isinstance(aliases, list) else []
                kind = kind if kind in ("department", "zone", "company", "group") else "town"
                yield Organisation(
                    name, name, kind, tuple(alias for alias in known if isinstance(alias, str))
                )

    def _members(
        self, organisation: OrganisationShape, place: Place, by_kind: dict[str, list[str]], plain: list[str]
    ) -> Iterator[str]:
        members = organisation.members
        if (organisation.kind == "group") != (members is not None) and not self.document.is_faulty(place):
            self.document.fault(place, _("a group, and nothing else, wants members:"))
        if isinstance(members, MembersShape):
            for kind in dict.fromkeys(members.kind):
                yield from by_kind.get(kind, [])
        names = members if isinstance(members, list) else []
        for number, name in enumerate(names):
            if name not in plain:
                self.document.fault((*place, "members", number), describe_unknown_name(name, plain))
            elif name in names[:number]:
                self.document.fault((*place, "members", number), _("{name} is named twice", name=name))
            else:
                yield name


def describe_unknown_name(name: str, known: list[str]) -> str:
    """Say that nobody has a name, and offer the nearest name that somebody has."""
    near = find_nearest(name, known)
    if near:
        return _("nobody is called “{name}”; did you mean “{near}”?", name=name, near=near)
    return _("nobody under organisations: is called “{name}”", name=name)
