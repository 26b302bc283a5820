"""The organisations and targets that a plan knows, by which a draft finds what is not known."""

import re
from typing import NamedTuple

from kfly.errors import find_nearest
from kfly.plan.model import Organisation, Plan, Target
from kfly.plan.organisations import match_organisation
from kfly.plan.signs import normalise

_BETWEEN_KINDS = re.compile(r"[（）、/和及]")


class Names(NamedTuple):
    """What a draft goes by.

    Attributes:
        organisations: those of the plan.
        targets: its targets, which figures in titles may mean.
        year_start: the month on whose first day the plan's years begin.
    """

    organisations: tuple[Organisation, ...] = ()
    targets: tuple[Target, ...] = ()
    year_start: int = 1

    def find(self, name: str) -> str:
        """Return the name as the plan's files take it: as it is, or in the plan's width; empty if unknown."""
        for tried in (name, normalise(name)):
            if match_organisation(tried, self.organisations):
                return tried
        folded = _fold(name)
        for organisation in self.organisations:
            for known in (organisation.name, *organisation.aliases):
                if _fold(known) == folded:
                    return known
        return ""

    def is_known(self, name: str) -> bool:
        """Tell whether a name is one of the plan's."""
        return bool(self.find(name))

    def find_near(self, name: str) -> str:
        """Find the plan's name that an unknown one may mean; empty if none is near."""
        known = [spelt for o in self.organisations for spelt in (o.name, o.en, *o.aliases)]
        near = find_nearest(name, known)
        found = match_organisation(near, self.organisations) if near else None
        return found.name if found else ""


def names_of(plan: Plan) -> Names:
    """Return what a draft goes by, out of a plan."""
    return Names(plan.organisations, plan.targets, plan.year_starts)


def _fold(name: str) -> str:
    """Return a name as it is compared; groups are the same whatever parts their kinds: 各镇（街道）、园区."""
    plain = "".join(normalise(name).split()).replace("(", "（").replace(")", "）").casefold()
    return _BETWEEN_KINDS.sub("", plain).replace("街道", "街") if plain.startswith("各") else plain
