"""Faults in what a plan adds to the registry under ``records:``; ▶ marks the line that must be named."""

import pytest

from kfly.plan.kinds import RESERVED_KINDS
from tests.support.other_city import OtherCity

T = "targets.yaml"
NAME = "name: {type: text, required: true, label: {zh: 企业名称, en: Company}, aliases: [公司名称]}"
TAX = "tax: {type: number, unit: 万元, minimum: 0.5, label: {zh: 年税收, en: Yearly tax}}"
GRADE = "grade: {type: choice, choices: [甲, 乙], label: {zh: 等级, en: Grade}}"
OUT = "moved_out_on: {type: date, label: {zh: 迁出日期, en: Moved out}}"
HOST = "host: {only: [北园区]}"


def added(field: str) -> tuple[str, str]:
    """An edit that gives the tenants one more field."""
    return OUT, f"{OUT}\n      ▶{field}"


FAULTS = {
    "a kind's name in capitals": (
        (
            "  enclave:\n",
            "  ▶Shop: {name: 店, key: [a], fields: {a: {type: text, label: 甲方}}}\n  enclave:\n",
        ),
        "records.Shop: is not spelled as it must be: ^[a-z][a-z0-9_]*$",
    ),
    "a field's name in capitals": (
        added("Rent: {type: number, label: 租金}"),
        "records.tenant.fields.Rent: is not spelled as it must be: ^[a-z][a-z0-9_]*$",
    ),
    "a field named as kfly's own": (
        added("id: {type: text, label: 编码}"),
        "records.tenant.fields.id: is a name that kfly uses itself; choose another",
    ),
    "a field named as the note that every kind has": (
        added("note: {type: text, label: 说明}"),
        "records.tenant.fields.note: is a name that kfly uses itself; choose another",
    ),
    "a field labelled as the note that every kind has": (
        added("remark: {type: text, label: 备注}"),
        "records.tenant.fields.remark: “备注” already stands for note",
    ),
    "a field of no type": (added("rent: {label: 租金}"), "records.tenant.fields.rent.type: is missing"),
    "a field of an unknown type": (
        added("rent: {type: money, label: 租金}"),
        "records.tenant.fields.rent.type: one of text, choice, date, year,",
    ),
    "a field without a label": (
        added("rent: {type: number}"),
        "records.tenant.fields.rent.label: is missing",
    ),
    "a name in one language only": (
        added("rent: {type: number, label: {zh: 租金}}"),
        "records.tenant.fields.rent.label.en: is missing",
    ),
    "a label that another field bears": (
        added("rent: {type: number, label: 年税收}"),
        "records.tenant.fields.rent: “年税收” already stands for tax",
    ),
    "an alias that another field bears": (
        added("firm: {type: text, label: 商号, aliases: [公司名称]}"),
        "records.tenant.fields.firm: “公司名称” already stands for name",
    ),
    "an alias that is another field's name, in capitals": (
        added("firm: {type: text, label: 商号, aliases: [TAX]}"),
        "records.tenant.fields.firm: “TAX” already stands for tax",
    ),
    "a choice without choices": (
        added("size: {type: choice, label: 规模}"),
        "records.tenant.fields.size: a choice, and nothing else, wants choices:",
    ),
    "a text with choices": (
        added("size: {type: text, choices: [大, 小], label: 规模}"),
        "records.tenant.fields.size: a choice, and nothing else, wants choices:",
    ),
    "a choice given twice": (
        added("size: {type: choice, choices: [大, 小, 大], label: 规模}"),
        "records.tenant.fields.size: a choice is given twice",
    ),
    "a choice that is a number": (
        added("size: {type: choice, choices: [1], label: 规模}"),
        "records.tenant.fields.size.choices[0]: text is expected; put a number or word like this in quotes",
    ),
    "a reference to nothing": (
        added("home: {type: reference, label: 母公司}"),
        "records.tenant.fields.home: a reference, and nothing else, wants to:",
    ),
    "a reference to an unknown kind": (
        added("home: {type: reference, to: bilding, label: 母公司}"),
        "records.tenant.fields.home: “bilding” is not a kind of record; did you mean “building”?",
    ),
    "a text that refers": (
        added("home: {type: text, to: building, label: 母公司}"),
        "records.tenant.fields.home: a reference, and nothing else, wants to:",
    ),
    "towns for a text": (
        added("home: {type: text, only: [东镇], label: 母公司}"),
        "records.tenant.fields.home: only: is for fields of type town",
    ),
    "a unit for a text": (
        added("home: {type: text, unit: 家, label: 母公司}"),
        "records.tenant.fields.home: unit:, minimum: and maximum: are for numbers",
    ),
    "decimals of a whole number": (
        added("staff: {type: integer, decimals: 2, label: 员工}"),
        "records.tenant.fields.staff: decimals: is for fields of type number",
    ),
    "money in whole numbers": (
        added("rent: {type: integer, unit: 万元, label: 租金}"),
        "records.tenant.fields.rent: money wants type number: it is kept to the fen",
    ),
    "a limit for a text": (
        added("home: {type: text, not_above: tax, label: 母公司}"),
        "records.tenant.fields.home: not_above: is for numbers",
    ),
    "a limit that is no field": (
        added("rent: {type: number, unit: 万元, not_above: taxes, label: 租金}"),
        "records.tenant.fields.rent: not_above: “taxes” is not a field that can stand here; did you",
    ),
    "a limit in another unit": (
        added("rent: {type: number, unit: m², not_above: tax, label: 租金}"),
        "records.tenant.fields.rent: not_above: “tax” is not a field that can stand here; a number in",
    ),
    "a limit that is the field itself": (
        added("rent: {type: number, unit: 元, not_above: rent, label: 租金}"),
        "records.tenant.fields.rent: not_above: “rent” is not a field that can stand here",
    ),
    "a minimum that is no number": (
        added("rent: {type: number, minimum: 零, label: 租金}"),
        "records.tenant.fields.rent.minimum: a number is expected, without unit or quotes",
    ),
    "a key that names no field": (
        ("key: [name, building]", "▶key: [name, bilding]"),
        "records.tenant.key: “bilding” is not a field that can stand here; did you mean “building”?",
    ),
    "a key that names a field twice": (
        ("key: [name, building]", "▶key: [name, building, name]"),
        "records.tenant.key: names a field twice",
    ),
    "a key that refers to its own kind": (
        (
            "key: [name, building]\n    counts_on: moved_in_on\n    counts_until: moved_out_on\n    fields:",
            """▶key: [name, group]
    counts_on: moved_in_on
    counts_until: moved_out_on
    fields:
      group: {type: reference, to: tenant, label: {zh: 所属集团, en: Group}}""",
        ),
        "records.tenant.key: group refers to the kind itself",
    ),
    "no key": (
        (
            "  tenant:\n    name: {zh: 入驻企业, en: Tenants}\n    key: [name, building]\n",
            "  ▶tenant:\n    name: 租户\n",
        ),
        "records.tenant.key: is missing: name the fields that tell two records apart",
    ),
    "counting from a field that is no date": (
        ("counts_on: moved_in_on", "▶counts_on: grade"),
        "records.tenant.counts_on: “grade” is not a field that can stand here",
    ),
    "counting until a date that the kind lacks": (
        ("counts_until: moved_out_on", "▶counts_until: moved_on"),
        "records.tenant.counts_until: “moved_on” is not a field that can stand here; did you mean “moved_",
    ),
    "another type for a standing field": (
        ("{choices: [停用]}", "{choices: [停用], type: choice}"),
        "records.building.fields.condition.type: cannot be changed in a standing field; these can: only,",
    ),
    "a standing field made personal": (
        ("{choices: [停用]}", "{choices: [停用], personal: true}"),
        "records.building.fields.condition.personal: cannot be changed in a standing field",
    ),
    "another key for a standing kind": (
        ("  enclave:\n", "  enclave:\n    ▶key: [name]\n"),
        "records.enclave.key: cannot be changed: enclave is a standing kind",
    ),
    "choices that are no list": (
        ("{choices: [停用]}", "{choices: 停用}"),
        "records.building.fields.condition.choices: a list is expected",
    ),
    "choices left empty": (
        ("{choices: [停用]}", "{choices: }"),
        "records.building.fields.condition.choices: a list is expected",
    ),
    "a standing field left empty": (
        ("{choices: [停用]}", ""),
        "records.building.fields.condition: keys and values are expected",
    ),
    "fields that are a list": (
        (f"    fields:\n      {HOST}", "    ▶fields: [host]"),
        "records.enclave.fields: keys and values are expected",
    ),
    "fields left empty": (
        (f"    fields:\n      {HOST}", "    ▶fields:"),
        "records.enclave.fields: keys and values are expected",
    ),
    "a town that nobody is": (
        (HOST, "host: {only: [北园]}"),
        "records.enclave.fields.host.only[0]: nobody is called “北园”; did you mean “北园区”?",
    ),
    "a department for a town": (
        (HOST, "host: {only: [市发展局]}"),
        "records.enclave.fields.host.only[0]: nobody under organisations: is called “市发展局”",
    ),
}


@pytest.mark.parametrize(("edit", "words"), FAULTS.values(), ids=FAULTS)
def test_a_kind_or_field_that_cannot_stand_is_refused(
    city: OtherCity, edit: tuple[str, str], words: str
) -> None:
    where, faults = city.faults_of_edit(T, *edit)
    assert len(faults) == 1
    assert faults[0].startswith(where + words)


def test_a_kind_may_not_take_the_name_of_a_table_of_kflys_own(city: OtherCity) -> None:
    names = [*RESERVED_KINDS, "sqlite_tenants"]
    kind = "  {}: {{name: 自用, key: [label], fields: {{label: {{type: text, label: 标签}}}}}}\n"
    first = city.edit(T, "  enclave:\n", "".join(kind.format(name) for name in names) + "  enclave:\n")
    assert city.faults() == [
        f"{T}:{line}: records.{name}: is a name that kfly uses itself; choose another"
        for line, name in enumerate(names, start=first)
    ]


@pytest.mark.parametrize("records", ["[tenant]", "5", "0", "''", "[]", "false"])
def test_records_that_are_no_keys_and_values_are_refused_once(city: OtherCity, records: str) -> None:
    text = city.text(T)
    before = text[: text.index("records:")]
    city.write(T, f"{before}records: {records}\n")
    assert f"{T}:{before.count(chr(10)) + 1}: records: keys and values are expected" in city.faults()
    assert sum("records: keys" in fault for fault in city.faults()) == 1


def test_records_left_empty_add_nothing(city: OtherCity) -> None:
    text = city.text(T)
    city.write(T, text[: text.index("targets:")] + "records:\n")
    city.write(
        "tasks_2025.yaml", "year: 2025\ntasks:\n  - {number: 1, title: 开会, lead: [发展局], due: 2025年底}\n"
    )
    (city.folder / "tasks_2026.yaml").unlink()
    city.edit(T, ", task: 2026/1", "")
    assert len(city.load().kinds) == 5
