"""A number is kept with all the decimals that its field has room for; what does not fit is refused."""

import pytest

from kfly.plan.kinds import Field
from kfly.plan.model import Name
from kfly.registry.registry import Registry
from kfly.registry.values import BadValueError

LABEL = Name("数", "Number")
AREA = Field("area", "number", LABEL, unit="m²", minimum="0", decimals=2)
WAN = Field("amount", "number", LABEL, unit="万元", minimum="0", decimals=6)
YI = Field("size", "number", LABEL, unit="亿元", minimum="0", decimals=10)
YUAN = Field("price", "number", LABEL, unit="元", decimals=2)
SCORE = Field("score", "number", LABEL, minimum="0", maximum="100")
DEGREES = Field("latitude", "number", LABEL, minimum="-90", maximum="90", decimals=8)
HALVES = Field("tax", "number", LABEL, minimum="0.5", maximum="1.5")
PEOPLE = Field("participants", "integer", LABEL, minimum="0")
ANY = Field("balance", "integer", LABEL)


def refusal(registry: Registry, field: Field, text: str) -> str:
    with pytest.raises(BadValueError) as refused:
        registry.values.read(field, text)
    return str(refused.value)


@pytest.mark.parametrize(
    ("field", "typed", "kept"),
    [
        (AREA, "5.2万", 52000),
        (AREA, "666.67", 666.67),
        (AREA, "1亩", 666.67),
        (AREA, "52,000.10㎡", 52000.1),
        (AREA, "0.00", 0),
        (AREA, "-0", 0),
        (AREA, "1.230000", 1.23),
        (WAN, "0.1元", 0.00001),
        (WAN, "123456789.123456", 123456789.123456),
        (YI, "0.01元", 1e-10),
        (YI, "877.133578", 877.133578),
        (YUAN, "-0.05", -0.05),
        (SCORE, "100", 100),
        (SCORE, "59.999999", 59.999999),
        (DEGREES, "31.91996512", 31.91996512),
        (DEGREES, "-90", -90),
        (HALVES, "0.5", 0.5),
        (HALVES, "1.500000", 1.5),
        (PEOPLE, "1,200", 1200),
        (PEOPLE, "1.2万", 12000),
        (PEOPLE, "80.0", 80),
        (ANY, "-3", -3),
        (AREA, "9999999999999.99", 9999999999999.99),
        (AREA, "10000000000000", 10**13),
        (YI, "100000", 100000),
        (ANY, "1000000000000000", 10**15),
        (ANY, "-1000000000000000", -(10**15)),
    ],
)
def test_a_number_is_kept(registry: Registry, field: Field, typed: str, kept: float) -> None:
    assert registry.values.read(field, typed) == kept


@pytest.mark.parametrize(
    ("field", "typed", "reason"),
    [
        (AREA, "52000元", "is not an area; write it as 52000, 5.2万 or 30亩"),
        (AREA, "abc", "is not an area; write it as 52000, 5.2万 or 30亩"),
        (AREA, "1e5", "is not an area; write it as 52000, 5.2万 or 30亩"),
        (AREA, "nan", "is not an area; write it as 52000, 5.2万 or 30亩"),
        (AREA, "5,2000", "is not an area; write it as 52000, 5.2万 or 30亩"),
        (AREA, "-1", "must not be below 0"),
        (AREA, "-0.01亩", "must not be below 0"),
        (AREA, "52000.123", "has more decimals than 2"),
        (AREA, "0.0000001公顷", "has more decimals than 2"),
        (AREA, "10000000000000.01", "is too large"),
        (AREA, "99999999999999999999", "is too large"),
        (
            WAN,
            "52000㎡",
            "is not an amount of money; write it as 3500万元 or 0.35亿元, or in 万元",
        ),
        (YI, "inf", "is not an amount of money; write it as 3500万元 or 0.35亿元, or in 亿元"),
        (WAN, "0.001元", "has more decimals than 6"),
        (YI, "0.00000000001", "has more decimals than 10"),
        (YI, "100000.0000000001", "is too large"),
        (YI, "10000000亿", "is too large"),
        (YUAN, "0.001", "has more decimals than 2"),
        (SCORE, "100.000001", "must not be above 100"),
        (SCORE, "-0.5", "must not be below 0"),
        (SCORE, "85分", "is not a number"),
        (DEGREES, "90.00000001", "must not be above 90"),
        (DEGREES, "31.123456789", "has more decimals than 8"),
        (HALVES, "0.4999", "must not be below 0.5"),
        (HALVES, "1.51", "must not be above 1.5"),
        (PEOPLE, "80.5", "is not a whole number"),
        (PEOPLE, "八十", "is not a number"),
        (PEOPLE, "9" * 5000, "is not a number"),
        (ANY, "1000000000000001", "is too large"),
        (ANY, "-1000000000000001", "is too large"),
        (ANY, str(-(2**63)), "is too large"),
    ],
)
def test_what_does_not_fit_is_refused_with_what_is_expected(
    registry: Registry, field: Field, typed: str, reason: str
) -> None:
    assert refusal(registry, field, typed) == reason


@pytest.mark.parametrize("typed", ["", " ", "\t\n", "\u3000"])
def test_an_empty_text_is_no_value(registry: Registry, typed: str) -> None:
    assert registry.values.read(AREA, typed) is None
    assert registry.values.read(PEOPLE, typed) is None


def test_a_refusal_names_the_field_its_value_and_what_is_expected(registry: Registry) -> None:
    building = registry.kind("building")
    _values, faults = registry.read(building, {"floor_area": "五万平方米", "idle_area": " -3亩 "})
    assert [str(fault) for fault in faults] == [
        "Floor area: “五万平方米” is not an area; write it as 52000, 5.2万 or 30亩",
        "Idle area: “-3亩” must not be below 0",
    ]
