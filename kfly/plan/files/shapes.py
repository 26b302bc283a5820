"""The shape of a plan file: which keys it has and what may stand behind each."""

import re
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any, ClassVar, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    PlainValidator,
    Tag,
    model_validator,
)

from kfly.errors import KflyError
from kfly.locale import _
from kfly.mail.addresses import parse_mailbox
from kfly.plan.dates import parse_day, parse_deadline
from kfly.plan.files.marked_yaml import Place
from kfly.plan.metrics import COMPARISONS, Goal
from kfly.plan.model import Name


def _read_name(value: Any) -> Any:
    """Take a plain text as the name in both languages."""
    return {"zh": value, "en": value} if isinstance(value, str) else value


def _read_amount(value: Any) -> Fraction:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise ValueError(_("a number is expected, without unit or quotes"))
    return Fraction(value)


def _read_day(value: Any) -> Any:
    try:
        return parse_day(str(value))
    except ValueError:
        raise ValueError(_("a day such as 2022-01-31 is expected")) from None


def _read_deadline(value: Any) -> Any:
    try:
        return parse_deadline(str(value))
    except ValueError:
        raise ValueError(_("a deadline such as 2022-11-30, 2022年11月 or 2022年底 is expected")) from None


def _read_texts(value: Any) -> Any:
    """Read a value, or a list of them, as text: conditions are compared by the type of their field."""
    values = value if isinstance(value, list) else [value]
    if not values or any(isinstance(v, dict | list | bool) or v is None for v in values):
        raise ValueError(_("a value or a list of values is expected"))
    return [str(v) for v in values]


def _read_task(value: Any) -> str:
    text = str(value)
    if not re.fullmatch(r"(\d{4}/)?\d{1,4}", text, re.ASCII):
        raise ValueError(_("a task such as 8, or 2022/8, is expected"))
    return text


def _read_address(value: Any) -> str:
    """Check for an address that mail takes: a mistake is told here, not on the morning of a letter."""
    if not isinstance(value, str):
        raise ValueError(_("an e-mail address such as office@example.cn is expected"))
    try:
        parse_mailbox(value)
    except KflyError as error:
        raise ValueError(str(error)) from None
    return value.strip()


def _read_addresses(value: Any) -> Any:
    """Take an address, or a list of them, as those to whom letters go."""
    if value is None or isinstance(value, dict):
        return value
    if not isinstance(value, str | list):
        raise ValueError(_("an address, a list of addresses, or to: and cc: are expected"))
    return {"to": value}


def _read_list(value: Any) -> Any:
    """Take a single text as a list of one."""
    return [value] if isinstance(value, str) else value


class Shape(BaseModel):
    """The base of all shapes: unknown keys are faults, and no value is silently turned into another type."""

    model_config = ConfigDict(extra="forbid", strict=True)
    spare: ClassVar[dict[Place, Any]] = {}  # put in place of what is faulty, so that the rest can be checked


class NameShape(Shape):
    """A name in both languages."""

    zh: str = Field(min_length=1)
    en: str = Field(min_length=1)

    def name(self) -> Name:
        """Return the name as the plan's model has it."""
        return Name(self.zh, self.en)


BothNames = Annotated[NameShape, BeforeValidator(_read_name)]
Amount = Annotated[Fraction, PlainValidator(_read_amount)]
Day = Annotated[Any, PlainValidator(_read_day)]
Deadline = Annotated[Any, PlainValidator(_read_deadline)]
Texts = Annotated[list[str], PlainValidator(_read_texts)]
TaskReference = Annotated[str, PlainValidator(_read_task)]
Number = Annotated[int, Field(ge=1, le=9999)]
Address = Annotated[str, PlainValidator(_read_address)]
AddressList = Annotated[list[Address], BeforeValidator(_read_list)]
Identifier = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]


class PlanShape(Shape):
    """The plan itself."""

    name: BothNames
    starts: Day
    ends: Day
    language: Literal["zh", "en"] = "zh"
    reply_to: Address | None = None


class LightsShape(Shape):
    """The office's convention for lights."""

    yellow: Annotated[Fraction, PlainValidator(_read_amount)] = Fraction(4, 5)
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


class Promise(Shape):
    """What targets and needs share: a metric and at most one comparison."""

    count: str | None = None
    sum: Annotated[str | None, Field(pattern=r"^[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*$")] = None
    where: dict[str, Texts] = {}
    stock: bool = False
    dated: str | None = None
    per: Literal["town"] | None = None
    except_: list[str] = Field(default=[], alias="except")
    unit: BothNames | None = None
    at_least: Amount | None = None
    more_than: Amount | None = None
    at_most: Amount | None = None
    less_than: Amount | None = None

    @model_validator(mode="after")
    def _one_comparison(self) -> "Promise":
        if sum(getattr(self, word) is not None for word in COMPARISONS) > 1:
            raise ValueError(_("only one of at_least, more_than, at_most and less_than can hold"))
        if self.count is not None and self.sum is not None:
            raise ValueError(_("either count or sum, not both"))
        return self

    @property
    def goal(self) -> Goal | None:
        """The comparison and its amount, if one is given."""
        for word in COMPARISONS:
            if (amount := getattr(self, word)) is not None:
                return Goal(word, amount)
        return None


class TargetShape(Promise):
    """A target."""

    key: Identifier
    section: BothNames
    name: BothNames
    unit: BothNames
    measure: int | None = None
    every: Literal["year"] | None = None
    due: Deadline = None
    quotas: dict[str, Amount] = {}

    @model_validator(mode="after")
    def _has_a_metric(self) -> "TargetShape":
        if self.count is None and self.sum is None:
            raise ValueError(_("count: or sum: is missing"))
        return self


class NeedShape(Promise):
    """A need: of a target, or of a metric of its own."""

    target: str | None = None
    name: BothNames | None = None

    @model_validator(mode="after")
    def _target_or_metric(self) -> "NeedShape":
        own = self.count is not None or self.sum is not None
        if own == (self.target is not None):
            raise ValueError(_("either target: or a metric of its own (count: or sum:) is expected"))
        if own and (self.goal is None or self.name is None or self.unit is None):
            raise ValueError(_("a metric of its own wants name:, unit: and an amount such as at_least:"))
        if not own and (self.where or self.stock or self.dated or self.per or self.except_):
            raise ValueError(_("a need that names a target takes its metric as it is"))
        return self


class TaskShape(Shape):
    """A row of a yearly table."""

    number: Number
    title: BothNames
    lead: list[str] = Field(min_length=1)
    responsible: list[str] = []
    due: Deadline
    measure: int | None = None
    needs: list[NeedShape] = []


class TaskFile(Shape):
    """``tasks_YEAR.yaml``."""

    spare = {("tasks", "*", "title"): "-", ("tasks", "*", "due"): "2199-12-31"}

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
    names: Literal["deliverable"] | None = None
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
    evaluation: EvaluationShape = EvaluationShape()
    records: Any = None


class KindFile(Shape):
    """``records:`` once the plan's own are laid over the standing kinds."""

    records: dict[Identifier, KindShape]
