"""Every fault a plan file can have, and the line, the place and the words with which it is refused.

Each example puts a new text for an old one in the other city's files; ▶ marks the line that must be named.
"""

import pytest

from tests.support.other_city import OtherCity

T, T25, T26 = "targets.yaml", "tasks_2025.yaml", "tasks_2026.yaml"
TENANTS = "  - key: tenants_moved_in\n"
TAX_TARGET = "  - key: tenant_tax\n    section: 入驻\n    name: 企业税收\n"
TAX = "tax: {type: number, unit: 万元, minimum: 0.5, label: {zh: 年税收, en: Yearly tax}}"

FAULTS = {
    "an unknown key": (
        (T, "    at_least: 120", "    ▶at_leest: 120"),
        "targets[0].at_leest: is not a key that is known here; did you mean “at_least”?",
    ),
    "an unknown key that is like no other": (
        (T25, "year: 2025", "year: 2025\n▶xyz: 1"),
        "xyz: is not a key that is known here; it takes: year, tasks",
    ),
    "an unknown key inside a name": (
        (T, "{zh: 招引企业, en: Attract companies}", "{zh: 招引企业, en: Attract, ▶eng: Attract companies}"),
        "measures[1].name.eng: is not a key that is known here; did you mean “en”?",
    ),
    "an unknown key in a field that is called like a key": (
        (T, TAX, f"{TAX}\n      type: {{type: text, label: 行业,▶ lable: 行业}}"),
        "records.tenant.fields.type.lable: is not a key that is known here; did you mean “label”?",
    ),
    "an unknown key that is called like a type": (
        (T, "organisations:\n", "▶list: 3\norganisations:\n"),
        "list: is not a key that is known here; it takes: plan, lights, organisations",
    ),
    "an unknown key with a bracket": ((T25, "tasks:\n", "▶a[0]: 3\ntasks:\n"), "a[0]: is not a key"),
    "a missing key": (
        (T, f"{TENANTS}    section: {{zh: 入驻, en: Moving in}}\n", f"▶{TENANTS}"),
        "targets[0].section: is missing",
    ),
    "a missing task title": (
        (T25, "  - number: 2\n    title: 引进企业30家\n", "▶  - number: 2\n"),
        "tasks[1].title: is missing",
    ),
    "text for a number": (
        (T, "at_least: 120", '▶at_least: "120"'),
        "targets[0].at_least: a number is expected, without unit or quotes",
    ),
    "a number with a unit": ((T, "at_least: 120", "▶at_least: 120家"), "targets[0].at_least: a number is"),
    "a number with an exponent": ((T, "at_least: 120", "▶at_least: 1e3"), "targets[0].at_least: a number is"),
    "a number of too many digits": (
        (T, "at_least: 120", "▶at_least: " + "9" * 5000),
        "targets[0].at_least: a number is expected",
    ),
    "a truth value for a number": (
        (T, "at_least: 120", "▶at_least: true"),
        "targets[0].at_least: a number is expected",
    ),
    "a number for a text": (
        (T, "lead: [市商贸局]", "lead: [▶15]"),
        "measures[1].lead[0]: text is expected; put a number or word like this in quotes",
    ),
    "a text for a list": ((T, "lead: [市商贸局]", "▶lead: 市商贸局"), "measures[1].lead: a list is expected"),
    "an empty list of leads": ((T, "lead: [市商贸局]", "▶lead: []"), "measures[1].lead: must not be empty"),
    "a number for a truth value": (
        (T, "stock: true", "▶stock: yes"),
        "targets[1].stock: true or false is expected",
    ),
    "a decimal for a whole number": (
        (T25, "  - number: 1\n", "  - ▶number: 1.5\n"),
        "tasks[0].number: write it in quotes: “1.5”; without them 1.10 would be 1.1",
    ),
    "a task numbered 0": (
        (T25, "  - number: 1\n", "  - ▶number: 0\n"),
        "tasks[0].number: must be at least 1",
    ),
    "a task number beyond any table": (
        (T25, "  - number: 1\n", "  - ▶number: 99999999\n"),
        "tasks[0].number: must be at most 9999",
    ),
    "a list for keys and values": (
        (T, "{grade: [甲, 乙], building: 一号楼}", "[甲, 乙]"),
        "targets[0].where: keys and values are expected",
    ),
    "an unknown kind of organisation": (
        (T, "{name: 东镇, kind: town}", "{name: 东镇, kind: village}"),
        "organisations[3].kind: one of department, town, zone, company, group is expected",
    ),
    "members that are no list": (
        (T, "members: [市商贸局, 城投集团]", "members: 城投集团"),
        "organisations[8].members: a list is expected",
    ),
    "members of an unknown kind": (
        (T, "{kind: [town, zone]}", "{kind: [towns]}"),
        "organisations[7].members.kind[0]: one of department, town, zone, company is expected",
    ),
    "an empty list of members": (
        (T, "members: [市商贸局, 城投集团]", "members: []"),
        "organisations[8].members: must not be empty",
    ),
    "a language that kfly does not speak": (
        (T, "language: en", "language: fr"),
        "plan.language: one of zh, en is expected",
    ),
    "two comparisons": (
        (T, TENANTS, f"▶{TENANTS}    more_than: 5\n"),
        "targets[0]: only one of at_least, more_than, at_most and less_than can hold",
    ),
    "a count and a sum": (
        (T, TAX_TARGET, f"▶{TAX_TARGET}    count: tenant\n"),
        "targets[1]: either count or sum, not both",
    ),
    "neither a count nor a sum": (
        (T, f"{TAX_TARGET}    sum: tenant.tax\n", f"▶{TAX_TARGET}"),
        "targets[1]: one of count:, sum:, reported:, share: and average: is missing",
    ),
    "a sum that names no field": (
        (T, "sum: tenant.tax", "▶sum: tenant"),
        "targets[1].sum: is not spelled as",
    ),
    "a target key that is no identifier": (
        (T, "key: fire_checks", "▶key: Fire-Checks"),
        "targets[2].key: is not spelled as it must be",
    ),
    "a deadline that is none": (
        (T, "due: 2026年底", "▶due: 2026年13月"),
        "targets[1].due: a deadline such as 2022-11-30, 2022年11月 or 2022年底 is expected",
    ),
    "a deadline left empty": ((T25, "due: 2025年6月", "▶due:"), "tasks[0].due: a deadline such as"),
    "a day that is none": (
        (T, "starts: 2025-01-01", "starts: 2025-02-30"),
        "plan.starts: a day such as 2022-01-31 is expected",
    ),
    "half a day": ((T, "ends: 2027-12-31", "ends: 2027-12"), "plan.ends: a day such as 2022-01-31 is"),
    "a year that is none": ((T26, "year: 2026", "▶year: 二〇二六"), "year: a whole number is expected"),
    "a year out of bounds": ((T26, "year: 2026", "▶year: 22026"), "year: must be at most 2199"),
    "a deliverable's task that is none": (
        (T, "measure: 1, task: 1}", "measure: 1, task: the first}"),
        "deliverables[0].task: a task such as 8, or 2022/8, is expected",
    ),
    "a need of nothing": (
        (T25, "      - {target: tenant_tax}", "      - ▶{at_least: 3}"),
        "tasks[1].needs[1]: either target: or a metric of its own (count: or sum:) is expected",
    ),
    "a need of two things": (
        (T25, "{target: tenant_tax}", "{target: tenant_tax, count: tenant}"),
        "tasks[1].needs[1]: either target: or a metric of its own",
    ),
    "a need of its own without an amount": (
        (T26, ", at_least: 3", ""),
        "tasks[0].needs[0]: a metric of its own wants name:, unit: and an amount such as at_least:",
    ),
    "a need that bends its target": (
        (T25, "{target: tenant_tax}", "{target: tenant_tax, stock: true}"),
        "tasks[1].needs[1]: a need that names a target takes its metric as it is",
    ),
    "a key given twice": (
        (T, "count: event", "count: event\n    ▶count: tenant"),
        "targets[4].count: is given twice; the first is in line 58",
    ),
}


@pytest.mark.parametrize(("edit", "words"), FAULTS.values(), ids=FAULTS)
def test_a_file_that_is_not_in_shape_is_refused(
    city: OtherCity, edit: tuple[str, str, str], words: str
) -> None:
    where, faults = city.faults_of_edit(*edit)
    assert len(faults) == 1
    assert faults[0].startswith(where + words)
