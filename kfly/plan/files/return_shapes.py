"""The shape of ``returns:`` in a plan file."""

from typing import Annotated, ClassVar, Literal

from pydantic import BeforeValidator, Field

from kfly.locale import N_
from kfly.plan.files.shape_values import Identifier, Shape, read_list

_BY = N_("the day of the next month by which it is to be here is written so: by: 5")
_FROM = N_("who sends it stands behind from: a name, or a list of names")


class ReturnShape(Shape):
    """What is to be sent, by whom, how often and by when."""

    taught: ClassVar[dict[str, str]] = {
        **dict.fromkeys(("due", "deadline", "day", "before"), _BY),
        **dict.fromkeys(("who", "org", "organisations", "towns", "lead", "responsible"), _FROM),
        **dict.fromkeys(("period", "per"), N_("how often is written so: every: month")),
    }

    kind: Identifier
    from_: Annotated[list[str], BeforeValidator(read_list)] = Field(alias="from", min_length=1)
    every: Literal["year", "half", "quarter", "month"]
    by: int = Field(ge=1, le=31)
