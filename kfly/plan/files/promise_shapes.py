"""The shape of what is promised in a plan file: what is measured, and the amounts it is held against."""

from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Discriminator, Field, Tag, model_validator

from kfly.locale import N_, _
from kfly.plan.files.shape_values import (
    Amount,
    AmountIfAny,
    BothNames,
    Deadline,
    FieldOfKind,
    Identifier,
    Shape,
    Texts,
    Weight,
)
from kfly.plan.metrics import COMPARISONS, FIRST

MEASURES = ("count", "sum", "reported", "share", "average")  # a target has exactly one of them
_BY_PERIOD = N_("amounts by period stand behind the comparison: at_least: {2022: 82, 2023: 86, 2024: 90}")
_OVER_A_BASE = N_(
    "what grows over a base is written as the amount to reach: baseline: 100, at_least: 121;"
    ' a rate that is reported as such: reported: level, every: year, at_least: 6.2, unit: "%"'
)
_PER_CENT = N_('per cent is a unit: at_least: 82, unit: "%"')
_A_SHARE = N_(
    "a share is written so: share: {of: {sum: building.leased_area}, to: {sum: building.floor_area}}"
)
_AT_THE_TARGET = N_("stands at the target: share: {of: …, to: …}, per: town, baseline: 30, at_most: 15")
_BY_ITS_TARGET = N_("stands at a target; a need names that target: {target: vacancy, at_most: 20}")


class FollowShape(Shape):
    """An amount that is whatever another target stands at (同步)."""

    target: str


def _sort_amount(value: Any) -> str:
    if not isinstance(value, dict):
        return "one amount"
    return "followed" if "target" in value else "several amounts"


# One amount, those of periods or of towns, or another target's figure.
Amounts = Annotated[
    Annotated[Amount, Tag("one amount")]
    | Annotated[dict[str, AmountIfAny], Field(min_length=1), Tag("several amounts")]
    | Annotated[FollowShape, Tag("followed")],
    Discriminator(_sort_amount),
]


def _sort_baseline(value: Any) -> str:
    if isinstance(value, dict):
        return "by town"
    is_amount = isinstance(value, int | Decimal) or str(value).lstrip("-")[:1].isdecimal()
    return "one amount" if is_amount else "first"


# A figure, those of towns, or the first one that there is.
Baseline = Annotated[
    Annotated[Amount, Tag("one amount")]
    | Annotated[dict[str, Amount], Field(min_length=1), Tag("by town")]
    | Annotated[Literal["first"], Tag("first")],
    Discriminator(_sort_baseline),
]
Written = Fraction | dict[str, Fraction | None] | FollowShape


class Counted(Shape):
    """What is counted, or added up, and which records of it."""

    count: str | None = None
    sum: FieldOfKind | None = None
    where: dict[str, Texts] = {}
    stock: bool | None = None
    dated: str | None = None

    @model_validator(mode="after")
    def _one_way(self) -> "Counted":
        if self.count is not None and self.sum is not None:
            raise ValueError(_("either count or sum, not both"))
        return self


class PartShape(Counted):
    """One of the two metrics of a share."""

    taught: ClassVar[dict[str, str]] = {
        **dict.fromkeys(("unit", "per", "except", "baseline", *COMPARISONS), _AT_THE_TARGET)
    }

    @model_validator(mode="after")
    def _has_a_metric(self) -> "PartShape":
        if self.count is None and self.sum is None:
            raise ValueError(_("count: or sum: is missing"))
        return self


class ShareShape(Shape):
    """One metric of another."""

    taught: ClassVar[dict[str, str]] = {
        **dict.fromkeys(("count", "sum"), _A_SHARE),
        **dict.fromkeys(("unit", "per", "except", "baseline", *COMPARISONS), _AT_THE_TARGET),
    }

    of: PartShape
    to: PartShape


class Promise(Counted):
    """What targets and needs share: what is measured, and at most one comparison."""

    per: Literal["town"] | None = None
    except_: list[str] = Field(default=[], alias="except")
    unit: BothNames | None = None
    at_least: Amounts | None = None
    more_than: Amounts | None = None
    at_most: Amounts | None = None
    less_than: Amounts | None = None

    @model_validator(mode="after")
    def _one_comparison(self) -> "Promise":
        if sum(getattr(self, word) is not None for word in COMPARISONS) > 1:
            raise ValueError(_("only one of at_least, more_than, at_most and less_than can hold"))
        return self

    @property
    def comparison(self) -> str | None:
        """The comparison that is given, if one is."""
        return next((word for word in COMPARISONS if getattr(self, word) is not None), None)

    @property
    def amounts(self) -> Written | None:
        """What stands behind it."""
        found: Written | None = getattr(self, self.comparison) if self.comparison else None
        return found


class TargetShape(Promise):
    """A target."""

    taught: ClassVar[dict[str, str]] = {
        **dict.fromkeys(("goals", "milestones", "years", "amounts"), _BY_PERIOD),
        **dict.fromkeys(("growth", "rate", "increase", "base"), _OVER_A_BASE),
        **dict.fromkeys(("percent", "percentage"), _PER_CENT),
        **dict.fromkeys(("ratio", "of", "to"), _A_SHARE),
        **dict.fromkeys(
            ("level", "running", "figure", "figures"),
            N_("what is reported from outside is written so: reported: level, or running, or amount"),
        ),
        "mean": N_("an average is written so: average: household.income"),
        "follows": N_("another target's figure stands behind the comparison: at_least: {target: growth}"),
    }

    key: Identifier
    section: BothNames
    name: BothNames
    unit: BothNames
    reported: Literal["level", "running", "amount"] | None = None
    share: ShareShape | None = None
    average: FieldOfKind | None = None
    measure: int | None = None
    every: Literal["year", "half", "quarter", "month"] | None = None
    due: Deadline = None
    baseline: Baseline | None = None
    quotas: dict[str, Amount] = {}
    decimals: int | None = Field(default=None, ge=0, le=6)
    weight: Weight | None = None
    lead: list[str] = []
    responsible: list[str] = []

    @model_validator(mode="after")
    def _has_a_metric(self) -> "TargetShape":
        given = [word for word in MEASURES if getattr(self, word) is not None]
        if not given:
            raise ValueError(_("one of count:, sum:, reported:, share: and average: is missing"))
        if len(given) > 1:
            message = _("only one of {words} can be measured", words=_(", ").join(given))
            raise ValueError(message)
        if self.reported and (self.where or self.stock is not None or self.dated):
            raise ValueError(
                _("what is reported takes no where:, stock: or dated:; figures are as they come")
            )
        if self.share and (self.where or self.stock is not None or self.dated):
            raise ValueError(_("where:, stock: and dated: of a share stand within its of: and to:"))
        return self

    @property
    def from_first(self) -> bool:
        """Whether its line runs from the first figure that there is."""
        return self.baseline == FIRST


class NeedShape(Promise):
    """A need: of a target, or of a metric of its own."""

    taught: ClassVar[dict[str, str]] = {
        **dict.fromkeys(("reported", "share", "average", "baseline", "every", "decimals"), _BY_ITS_TARGET),
        **dict.fromkeys(
            ("growth", "rate", "increase", "base", "ratio", "goals", "milestones"), _BY_ITS_TARGET
        ),
        **dict.fromkeys(("percent", "percentage"), _PER_CENT),
    }

    target: str | None = None
    name: BothNames | None = None

    @model_validator(mode="after")
    def _target_or_metric(self) -> "NeedShape":
        own = self.count is not None or self.sum is not None
        if own == (self.target is not None):
            raise ValueError(_("either target: or a metric of its own (count: or sum:) is expected"))
        if own and (self.comparison is None or self.name is None or self.unit is None):
            raise ValueError(_("a metric of its own wants name:, unit: and an amount such as at_least:"))
        if not own and (self.where or self.stock is not None or self.dated or self.per or self.except_):
            raise ValueError(_("a need that names a target takes its metric as it is"))
        return self
