"""The shape of a plan file: which keys it has and what may stand behind each."""

from fractions import Fraction
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator, Discriminator, Field, Tag

from kfly.locale import N_, _
from kfly.plan.files.promise_shapes import NeedShape, TargetShape
from kfly.plan.files.return_shapes import ReturnShape
from kfly.plan.files.shape_values import (
    Address,
    AddressList,
    Amount,
    BothNames,
    Day,
    Deadline,
    DeadlineOfTask,
    FirstOfMonth,
    Identifier,
    Number,
    NumberOfTask,
    Shape,
    TaskOfYear,
    TaskReference,
    Weight,
)


def _read_addresses(value: Any) -> Any:
    """Take an address, or a list of them, as those to whom letters go."""
    if value is None or isinstance(value, dict):
        return value
    if not isinstance(value, str | list):
        raise ValueError(_("an address, a list of addresses, or to: and cc: are expected"))
    return {"to": value}


_BASELINE = {"baseline": N_("stands at a target, beside its amount: baseline: 30, at_most: 15")}
_BY_TARGET = N_(
    "stands at a target under targets:, which needs can name: needs: [{target: vacancy, at_most: 20}]"
)


class PlanShape(Shape):
    """The plan itself."""

    taught: ClassVar[dict[str, str]] = {
        **_BASELINE,
        **dict.fromkeys(("fiscal_year", "fiscal"), N_("years that begin elsewhere: year_starts: 04-01")),
    }

    name: BothNames
    starts: Day
    ends: Day
    language: Literal["zh", "en"] = "zh"
    reply_to: Address | None = None
    year_starts: FirstOfMonth = 1


class LightsShape(Shape):
    """The office's convention for lights."""

    taught: ClassVar[dict[str, str]] = {
        **_BASELINE,
        **dict.fromkeys(
            ("points", "percent", "lag"),
            N_("the lag in percentage points decides in {measure: points, yellow: 10, red: 30}"),
        ),
    }

    measure: Literal["points"] | None = None
    yellow: Amount | None = None
    red: Amount | None = None
    due_soon_days: int = Field(default=30, ge=0, le=9999)
    grace_days: int = Field(default=0, ge=0, le=9999)


class EvaluationShape(Shape):
    """The office's convention for evaluation grades."""

    award: Amount = Fraction(85)
    warning: Amount = Fraction(60)


class MembersShape(Shape):
    """A group's members by their kind."""

    kind: list[Literal["department", "town", "zone", "company"]] = Field(min_length=1)


# A group's members: their kinds, or their names.
Members = Annotated[
    Annotated[MembersShape, Tag("kinds")] | Annotated[list[str], Field(min_length=1), Tag("names")],
    Discriminator(lambda value: "kinds" if isinstance(value, dict) else "names"),
]


class AddressesShape(Shape):
    """Whom letters go to, and who gets copies; ``to`` alone may stand without its key."""

    to: AddressList = Field(min_length=1)
    cc: AddressList = []


class OrganisationShape(Shape):
    """Somebody who leads or answers for things."""

    name: str = Field(min_length=1)
    en: str | None = None
    kind: Literal["department", "town", "zone", "company", "group"]
    aliases: list[str] = []
    email: Annotated[AddressesShape | None, BeforeValidator(_read_addresses)] = None
    members: Members | None = None


class MeasureShape(Shape):
    """A line of work."""

    number: Number
    name: BothNames
    lead: list[str] = Field(min_length=1)
    responsible: list[str] = []


class DeliverableShape(Shape):
    """A promised document or body; ``task`` is 8, or 2022/8."""

    key: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]*$")]
    name: BothNames
    measure: int | None = None
    task: TaskReference | None = None


class TaskStageShape(Shape):
    """A step of a task."""

    title: BothNames
    due: Deadline
    lead: list[str] = []
    needs: list[NeedShape] = []


class TaskShape(Shape):
    """A row of a yearly table."""

    taught: ClassVar[dict[str, str]] = dict.fromkeys(
        ("baseline", "reported", "share", "average", "every"), _BY_TARGET
    )

    number: NumberOfTask
    title: BothNames
    lead: list[str] = Field(min_length=1)
    responsible: list[str] = []
    support: list[str] = []
    leader: str | None = Field(default=None, min_length=1)
    due: DeadlineOfTask = None
    ongoing: bool = False
    report_every: Literal["year", "half", "quarter", "month"] | None = None
    measure: int | None = None
    weight: Weight | None = None
    needs: list[NeedShape] = []
    stages: list[TaskStageShape] = []
    carries: TaskOfYear | None = None


class TaskFile(Shape):
    """``tasks_YEAR.yaml``."""

    spare = {
        ("tasks", "*", "title"): "-",
        ("tasks", "*", "stages", "*", "title"): "-",
        ("tasks", "*", "stages", "*", "due"): "2199-12-31",
    }

    year: int = Field(ge=1900, le=2199)
    tasks: list[TaskShape]


class FieldShape(Shape):
    """A field of a kind."""

    type: Literal["text", "choice", "date", "year", "integer", "number", "town", "reference"]
    label: BothNames
    required: bool = False
    unit: str | None = None
    minimum: Amount | None = None
    maximum: Amount | None = None
    not_above: str | None = None
    decimals: int | None = Field(default=None, ge=0, le=10)
    choices: list[str] = []
    only: list[str] = []
    to: str | None = None
    names: Literal["deliverable", "target"] | None = None
    personal: bool = False
    help: BothNames | None = None
    aliases: list[str] = []


class StageShape(Shape):
    """A stage that a date brings a record to."""

    key: Identifier
    date: str
    label: BothNames


class KindShape(Shape):
    """A kind of record."""

    name: BothNames
    key: list[str] = []
    counts_on: str | None = None
    counts_until: str | None = None
    stages: list[StageShape] = []
    graded_by: str | None = None
    fields: dict[Identifier, FieldShape] = Field(min_length=1)


class TargetFile(Shape):
    """``targets.yaml``; its ``records:`` are read beside the standing kinds."""

    taught: ClassVar[dict[str, str]] = _BASELINE
    spare = {
        ("plan",): {"name": "-", "starts": "1900-01-01", "ends": "2199-12-31"},
        ("measures", "*", "name"): "-",
        ("deliverables", "*", "name"): "-",
        ("targets", "*", "section"): "-",
        ("targets", "*", "name"): "-",
    }

    plan: PlanShape
    lights: LightsShape = LightsShape()
    organisations: list[OrganisationShape] = Field(min_length=1)
    measures: list[MeasureShape] = []
    deliverables: list[DeliverableShape] = []
    targets: list[TargetShape] = []
    returns: list[ReturnShape] = []
    evaluation: EvaluationShape = EvaluationShape()
    records: Any = None


class KindFile(Shape):
    """``records:`` once the plan's own are laid over the standing kinds."""

    records: dict[Identifier, KindShape]
