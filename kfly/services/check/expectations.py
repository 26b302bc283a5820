"""What records are expected to be, though they may be recorded otherwise: the package's table."""

from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from kfly.errors import KflyError
from kfly.locale import _

EXPECTATIONS = Path(__file__).parent / "expectations.yaml"


class Containment(NamedTuple):
    """What cannot be larger than the thing that it is in."""

    field: str  # its size
    reference: str  # its field that names the thing
    whole: str  # the thing's size


class RefundRule(NamedTuple):
    """The fields by which an amount that is paid back is held against what it corrects."""

    amount: str
    corrects: str
    alike: str  # what both have the same of
    on: str


class Expectations(NamedTuple):
    """The table, each part by the name of a kind; what each means stands in the file."""

    expected: dict[str, list[str]]
    sizes: dict[str, dict[str, list[float]]]
    scores: dict[str, list[str]]
    within: dict[str, Containment]
    ahead: dict[str, list[str]]
    since_plan: dict[str, list[str]]
    namesakes: dict[str, str]
    repeated: dict[str, str]
    refunds: dict[str, RefundRule]
    empty_words: frozenset[str]
    above_whole: list[str]


@cache
def read_expectations() -> Expectations:
    """Read the table.

    Raises:
        KflyError: the package's own file is damaged.
    """
    from kfly.plan.files.marked_yaml import read_yaml

    document = read_yaml(EXPECTATIONS)
    if document.faults or not isinstance(document.data, dict):
        raise KflyError(_("The installation is damaged: {path} cannot be read.", path=EXPECTATIONS))
    data: dict[str, Any] = dict(document.data)
    data["within"] = {
        kind: Containment(field=rule["field"], reference=rule["in"], whole=rule["of"])
        for kind, rule in data["within"].items()
    }
    data["refunds"] = {kind: RefundRule(**rule) for kind, rule in data["refunds"].items()}
    data["empty_words"] = frozenset(data["empty_words"])
    return Expectations(**data)


def read_expected() -> dict[str, list[str]]:
    """Return the names of the fields that a record must have in the end, by kind."""
    return read_expectations().expected
