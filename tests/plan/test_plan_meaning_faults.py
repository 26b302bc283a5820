"""Faults of a plan that is in shape but does not hold together: names, numbers and metrics that meet nothing.

Each example puts a new text for an old one in the other city's files; ▶ marks the line that must be named.
"""

import pytest

from tests.support.other_city import OtherCity

T, T25, T26 = "targets.yaml", "tasks_2025.yaml", "tasks_2026.yaml"
WHERE = "where: {grade: [甲, 乙], building: 一号楼}"
FIRE = "  - key: fire_checks\n"
EAST = "{name: 东镇, kind: town}"
PER_TOWN = "    per: town\n    except: [老西门]\n    every: year\n"

FAULTS = {
    "an unknown lead": (
        (T, "lead: [市商贸局]", "▶lead: [市商贸局, 市发展委]"),
        "measures[1].lead[1]: nobody is called “市发展委”; did you mean “市发展局”?",
    ),
    "an unknown lead of a task, near an alias": (
        (T26, "lead: [发展局, 老西门]", "lead:\n      - 发展局\n      ▶- 老北门\n"),
        "tasks[0].lead[1]: nobody is called “老北门”; did you mean “老西门”?",
    ),
    "an unknown organisation like no other": (
        (T25, "responsible: [各镇区]", "responsible: [Xyz]"),
        "tasks[1].responsible[0]: nobody under organisations: is called “Xyz”",
    ),
    "an organisation named twice in one list": (
        (T, "responsible: [城投集团, 各镇区]", "responsible: [城投集团, 各镇区, 城投集团]"),
        "measures[0].responsible[2]: 城投集团 is named twice",
    ),
    "an organisation and its alias in one list": (
        (T26, "lead: [发展局, 老西门]", "lead: [发展局, 市发展局]"),
        "tasks[0].lead[1]: 市发展局 is named twice",
    ),
    "an alias that is another's name": (
        (T, "{name: 南镇, kind: town}", "{name: 南镇, kind: town, aliases: [东镇]}"),
        "organisations[5]: “东镇” is already the name of 东镇",
    ),
    "an alias that is another's alias": (
        (T, "{name: 南镇, kind: town}", "{name: 南镇, kind: town, aliases: [老西门]}"),
        "organisations[5]: “老西门” is already the name of 西街道",
    ),
    "an organisation given twice": (
        (T, EAST, f"{EAST}\n  ▶- {{name: 东镇, kind: town}}"),
        "organisations[4]: “东镇” is already the name of 东镇",
    ),
    "a group without members": (
        (T, ", members: [市商贸局, 城投集团]", ""),
        "organisations[8]: a group, and nothing else, wants members:",
    ),
    "members of a town": (
        (T, EAST, "{name: 东镇, kind: town, members: [南镇]}"),
        "organisations[3]: a group, and nothing else, wants members:",
    ),
    "a member that nobody is": (
        (T, "members: [市商贸局, 城投集团]", "members: [市商贸局, 城投公司]"),
        "organisations[8].members[1]: nobody is called “城投公司”; did you mean “城投集团”?",
    ),
    "a member named twice": (
        (T, "members: [市商贸局, 城投集团]", "members: [城投集团, 城投集团]"),
        "organisations[8].members[1]: 城投集团 is named twice",
    ),
    "an unknown town left out": (
        (T, "except: [老西门]", "except: [老西门, 东正]"),
        "targets[3].except[1]: no town is called “东正”; did you mean “东镇”?",
    ),
    "a zone left out of the towns": (
        (T, "except: [老西门]", "except: [北园区]"),
        "targets[3].except[0]: no town is called “北园区”; known: 东镇, 西街道, 南镇",
    ),
    "towns left out where none are asked for": (
        (T, "    per: town\n    except", "    ▶except"),
        "targets[3].except: stands only beside per: town",
    ),
    "one figure a town, of a kind that knows no town": (
        (T, "    count: event\n", "    count: event\n    ▶per: town\n    at_least: 3\n"),
        "targets[4].per: event has no field of type town",
    ),
    "one figure a town, under a ceiling": (
        (T, f"{PER_TOWN}    at_least", f"▶{PER_TOWN}    at_most"),
        "targets[3].per: per: town wants at_least: or more_than:; only a level can sink town by town",
    ),
    "an unknown kind": (
        (T, "count: tenant", "▶count: tenent"),
        "targets[0].count: there is no kind “tenent”; did you mean “tenant”?",
    ),
    "a count of a field": (
        (T, "count: tenant", "▶count: tenant.tax"),
        "targets[0].count: there is no kind “tenant.tax”; did you mean “tenant”?",
    ),
    "the sum of an unknown kind": (
        (T, "sum: tenant.tax", "▶sum: tenants.tax"),
        "targets[1].sum: there is no kind “tenants”; did you mean “tenant”?",
    ),
    "the sum of a text": (
        (T, "sum: tenant.tax", "▶sum: tenant.name"),
        "targets[1].sum: the kind has no number “name” to add up; known: tax",
    ),
    "the sum of a field that is none": (
        (T, "sum: tenant.tax", "▶sum: tenant.taxes"),
        "targets[1].sum: the kind has no number “taxes” to add up; did you mean “tax”?",
    ),
    "a goal in another unit than the field's": (
        (T, "unit: 万元\n", "▶unit: 亿元\n"),
        "targets[1].unit: tax is kept in 万元; state the goal in it",
    ),
    "a goal per town in another unit than the field's": (
        (T, "unit: m²", "▶unit: 亩"),
        "targets[3].unit: floor_area is kept in m²; state the goal in it",
    ),
    "a need in another unit than what its target adds up": (
        (T25, "{target: tenant_tax}", "{target: tenant_tax, at_least: 1, unit: 亿元}"),
        "tasks[1].needs[1].unit: tax is kept in 万元; state the goal in it",
    ),
    "a condition on a field that the kind lacks": (
        (T, WHERE, "where: {grades: 甲}"),
        "targets[0].where.grades: the kind has no field “grades”; did you mean “grade”?",
    ),
    "a need's condition on a field that the kind lacks": (
        (T26, "{floor_area:", "{flor_area:"),
        "tasks[0].needs[0].where.flor_area: the kind has no field “flor_area”; did you mean “floor_area”?",
    ),
    "a choice that the field does not have": (
        (T, WHERE, "where: {grade: [甲, 丙]}"),
        "targets[0].where.grade: “丙” is none of the field's choices; known: 甲, 乙",
    ),
    "a choice nearly spelled": (
        (T, "count: event", "count: carrier\n    ▶where: {type: 孵化噐}"),
        "targets[4].where.type: “孵化噐” is none of the field's choices; did you mean “孵化器”?",
    ),
    "a text compared by size": (
        (T, WHERE, 'where: {name: ">= 甲"}'),
        "targets[0].where.name: only numbers and dates can be compared with >=",
    ),
    "a number compared with a word": (
        (T, WHERE, 'where: {tax: ">= 五万"}'),
        "targets[0].where.tax: “五万” is not a plain number",
    ),
    "a number compared with none": (
        (T, WHERE, 'where: {tax: ">= nan"}'),
        "targets[0].where.tax: “nan” is not a plain number",
    ),
    "a number in full-width digits": (
        (T, WHERE, "where: {tax: ５００}"),
        "targets[0].where.tax: “５００” is not a plain number",
    ),
    "a number compared with nothing": ((T, WHERE, 'where: {tax: ">="}'), "targets[0].where.tax: “” is not a"),
    "a date compared with half a day": (
        (T, WHERE, 'where: {moved_in_on: ">= 2025-03"}'),
        "targets[0].where.moved_in_on: a day such as 2022-01-31 is expected",
    ),
    "a town that is none": (
        (T, "count: event", "count: investor\n    ▶where: {town: 各镇区}"),
        "targets[4].where.town: no town is called “各镇区”; known: 东镇, 西街道, 南镇, 北园区",
    ),
    "counting from a date that the kind lacks": (
        (T, "dated: fire_passed_on", "▶dated: fire_past_on"),
        "targets[2].dated: the kind has no date “fire_past_on”; did you mean “fire_passed_on”?",
    ),
    "counting from a field that is no date": (
        (T, "dated: fire_passed_on", "▶dated: floor_area"),
        "targets[2].dated: the kind has no date “floor_area”",
    ),
    "a need that names no target": (
        (T25, "{target: tenant_tax}", "{target: tenant_taxes}"),
        "tasks[1].needs[1].target: there is no target “tenant_taxes”; did you mean “tenant_tax”?",
    ),
    "a need that names nothing like a target": (
        (T25, "{target: tenant_tax}", "{target: xyz}"),
        "tasks[1].needs[1].target: there is no target “xyz”",
    ),
    "a need without an amount, of a target without a goal": (
        (T25, "{target: tenant_tax}", "{target: events_held}"),
        "tasks[1].needs[1]: events_held has no goal; give an amount such as at_least:",
    ),
    "two targets of one key": (
        (T, FIRE, "  - ▶key: tenant_tax\n"),
        "targets[2].key: tenant_tax is given twice",
    ),
    "two measures of one number": (
        (T, "deliverables:\n", "  - {number: 2, name: 其他, lead: [发展局]}\ndeliverables:\n"),
        "measures[2].number: 2 is given twice",
    ),
    "two deliverables of one key": (
        (T, "{key: fire-list,", "{key: leasing-rules,"),
        "deliverables[1].key: leasing-rules is given twice",
    ),
    "two tasks of one number": (
        (T25, "  - number: 2\n", "  - ▶number: 1\n"),
        "tasks[1].number: 1 is given twice",
    ),
    "an unknown measure": ((T25, "measure: 1", "▶measure: 7"), "tasks[0].measure: there is no measure 7"),
    "a target of an unknown measure": (
        (T, "measure: 1\n    count: building", "▶measure: 3\n    count: building"),
        "targets[2].measure: there is no measure 3",
    ),
    "a deliverable of an unknown task": (
        (T, "measure: 1, task: 2026/1}", "measure: 1, task: 2026/2}"),
        "deliverables[1].task: there is no task 2026/2",
    ),
    "a task due before its table's year": (
        (T25, "due: 2025年6月", "▶due: 2024年6月"),
        "tasks[0].due: lies before the table's year",
    ),
    "a target due before the plan": (
        (T, "due: 2026年底", "▶due: 2024年底"),
        "targets[1].due: lies before the plan starts",
    ),
    "a plan that ends before it starts": (
        (T, "ends: 2027-12-31", "ends: 2024-12-31"),
        "plan.ends: the plan ends before it starts",
    ),
    "a share that is none": (
        (T, "organisations:\n", "▶lights: {yellow: 80}\norganisations:\n"),
        "lights.yellow: a share between 0 and 1 is expected",
    ),
    "a warning above the award": (
        (T, "organisations:\n", "▶evaluation: {warning: 90}\norganisations:\n"),
        "evaluation.warning: the warning lies above the award",
    ),
}


@pytest.mark.parametrize(("edit", "words"), FAULTS.values(), ids=FAULTS)
def test_a_plan_that_does_not_hold_together_is_refused(
    city: OtherCity, edit: tuple[str, str, str], words: str
) -> None:
    where, faults = city.faults_of_edit(*edit)
    assert len(faults) == 1
    assert faults[0].startswith(where + words)


def test_a_kind_that_counts_from_no_day_wants_one_named_in_every_target(city: OtherCity) -> None:
    city.edit(T, "    counts_on: moved_in_on\n", "")
    message = "tenant has no day to count from; name one with dated:"
    assert city.faults() == [f"{T}:21: targets[0]: {message}", f"{T}:29: targets[1]: {message}"]


def test_two_tables_of_one_year_are_refused_and_the_first_is_named(city: OtherCity) -> None:
    city.write("tasks_2027.yaml", city.text(T26))
    assert city.faults() == ["tasks_2027.yaml:1: year: tasks_2026.yaml holds the table of 2026 already"]


def test_a_name_that_the_file_declares_with_a_fault_is_not_called_unknown(city: OtherCity) -> None:
    line = city.edit(T, "count: tenant\n", "count: tenent\n")
    assert city.faults() == [
        f"{T}:{line}: targets[0].count: there is no kind “tenent”; did you mean “tenant”?"
    ]
