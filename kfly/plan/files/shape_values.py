"""The values of a plan file: how each is written, and what it is read as."""

import re
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any, ClassVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainValidator, ValidationInfo

from kfly.errors import KflyError
from kfly.locale import _
from kfly.mail.addresses import parse_mailbox
from kfly.plan.dates import parse_day
from kfly.plan.deadlines.reading import TaskDeadline, read_deadline, read_task_deadline
from kfly.plan.deadlines.spans import Years
from kfly.plan.files.marked_yaml import Place
from kfly.plan.model import Name
from kfly.plan.numbers import TaskNumber, is_kept_for_orders, is_task_number, read_task_number

_FIRST_OF_MONTH = re.compile(r"(\d{1,2})(?:-0?1|月0?1日)", re.ASCII)
_MONTHS = range(1, 13)
_TASK = re.compile(r"(?:\d{4}/)?(?P<number>[^/]+)", re.ASCII)
_LEAST, _MOST = 1, 9999  # whole numbers of tasks


def _read_name(value: Any) -> Any:
    """Take a plain text as the name in both languages."""
    return {"zh": value, "en": value} if isinstance(value, str) else value


def _read_amount(value: Any) -> Fraction:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        if str(value).strip().endswith(("%", "％")):
            raise ValueError(_('per cent is a unit: at_least: 82, unit: "%"'))
        raise ValueError(_("a number is expected, without unit or quotes"))
    return Fraction(value)


def _read_amount_if_any(value: Any) -> Fraction | None:
    return None if value is None else _read_amount(value)


def _read_weight(value: Any) -> Fraction:
    amount = _read_amount(value)
    if amount <= 0:
        raise ValueError(_("an amount above 0 is expected"))
    return amount


def _read_day(value: Any) -> Any:
    try:
        return parse_day(str(value))
    except ValueError:
        raise ValueError(_("a day such as 2022-01-31 is expected")) from None


def _read_deadline(value: Any, info: ValidationInfo) -> Any:
    """Read a deadline in the years of the plan, which the context names."""
    return read_deadline(str(value), info.context or Years())


def _read_task_deadline(value: Any, info: ValidationInfo) -> TaskDeadline:
    """Read what a table says of when a task is due."""
    return read_task_deadline(str(value), info.context or Years())


def read_first_of_month(value: Any) -> int:
    """Read the month on whose first day years begin, of ``04-01``, ``4-1`` or ``4月1日``.

    Raises:
        ValueError: it is no first day of a month.
    """
    match = _FIRST_OF_MONTH.fullmatch(str(value).strip())
    if match is None or int(match[1]) not in _MONTHS:
        raise ValueError(_("the first day of a month such as 04-01 is expected"))
    return int(match[1])


def _read_texts(value: Any) -> Any:
    """Read a value, or a list of them, as text: conditions are compared by the type of their field."""
    values = value if isinstance(value, list) else [value]
    if not values or any(isinstance(v, dict | list | bool) or v is None for v in values):
        raise ValueError(_("a value or a list of values is expected"))
    return [str(v) for v in values]


def _read_task(value: Any) -> str:
    if isinstance(value, Decimal):
        raise ValueError(_in_quotes(value))
    match = _TASK.fullmatch(str(value))
    if match is None or not is_task_number(match["number"]):
        raise ValueError(_("a task such as 8, or 2022/8, is expected"))
    return match[0]


def _read_task_of_year(value: Any) -> str:
    """Read a task of another table, which its year has to name."""
    task = _read_task(value)
    if "/" not in task:
        raise ValueError(_("a task of an earlier table such as {task} is expected", task="2022/12"))
    return task


def _read_task_number(value: Any) -> TaskNumber:
    """Read the number of a task: a whole number, or a text."""
    if isinstance(value, Decimal):
        raise ValueError(_in_quotes(value))
    if isinstance(value, str) and is_task_number(value):
        number = read_task_number(value)
        if is_kept_for_orders(number):
            raise ValueError(
                _("numbers such as {order} are kept for orders beyond the tables; take another", order="A1")
            )
        return number
    if isinstance(value, bool) or not isinstance(value, int):
        raise ValueError(
            _("a number such as 11, or a text of one word such as {text}, is expected", text="1.06")
        )
    if value < _LEAST:
        raise ValueError(_("must be at least {ge}", ge=_LEAST))
    if value > _MOST:
        raise ValueError(_("must be at most {le}", le=_MOST))
    return value


def _in_quotes(number: Decimal) -> str:
    """Say that a number with a point has to be a text: 1.10 and 1.1 would be the same."""
    return _("write it in quotes: “{number}”; without them 1.10 would be 1.1", number=number)


def _read_address(value: Any) -> str:
    """Check for an address that mail takes: a mistake is told here, not on the morning of a letter."""
    if not isinstance(value, str):
        raise ValueError(_("an e-mail address such as office@example.cn is expected"))
    try:
        parse_mailbox(value)
    except KflyError as error:
        raise ValueError(str(error)) from None
    return value.strip()


def read_list(value: Any) -> Any:
    """Take a single text as a list of one."""
    return [value] if isinstance(value, str) else value


class Shape(BaseModel):
    """The base of all shapes: unknown keys are faults, and no value is silently turned into another type."""

    model_config = ConfigDict(extra="forbid", strict=True)
    spare: ClassVar[dict[Place, Any]] = {}  # put in place of what is faulty, so that the rest can be checked
    # What to write instead of keys that people look for here.
    taught: ClassVar[dict[str, str]] = {}


class NameShape(Shape):
    """A name in both languages."""

    zh: str = Field(min_length=1)
    en: str = Field(min_length=1)

    def name(self) -> Name:
        """Return the name as the plan's model has it."""
        return Name(self.zh, self.en)


BothNames = Annotated[NameShape, BeforeValidator(_read_name)]
Amount = Annotated[Fraction, PlainValidator(_read_amount)]
AmountIfAny = Annotated[Any, PlainValidator(_read_amount_if_any)]  # or null
Weight = Annotated[Fraction, PlainValidator(_read_weight)]
Day = Annotated[Any, PlainValidator(_read_day)]
Deadline = Annotated[Any, PlainValidator(_read_deadline)]
DeadlineOfTask = Annotated[Any, PlainValidator(_read_task_deadline)]
FirstOfMonth = Annotated[int, PlainValidator(read_first_of_month)]
Texts = Annotated[list[str], PlainValidator(_read_texts)]
TaskReference = Annotated[str, PlainValidator(_read_task)]
TaskOfYear = Annotated[str, PlainValidator(_read_task_of_year)]
Number = Annotated[int, Field(ge=1, le=9999)]
NumberOfTask = Annotated[Any, PlainValidator(_read_task_number)]
Address = Annotated[str, PlainValidator(_read_address)]
AddressList = Annotated[list[Address], BeforeValidator(read_list)]
Identifier = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
FieldOfKind = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*$")]
