"""What is exported can be imported again: any registry comes back whole, through each format."""

import json
from collections.abc import Callable
from contextlib import suppress
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st
from xlsxwriter.utility import xl_col_to_name

from kfly.errors import KflyError
from kfly.locale import LANGUAGES, speak
from kfly.plan.kinds import Kind
from kfly.registry.quantities import parse_amount
from kfly.registry.registry import Registry
from kfly.registry.sheets.csv_files import FORMULA, guard_formula, unguard_formula
from kfly.registry.sheets.export import FORMATS
from kfly.registry.sheets.grid import column_letter, text_of
from kfly.registry.values import EXACT
from tests.support.exchange_city import CALLED, OWN_KINDS
from tests.support.invented_records import (
    AWKWARD,
    Invented,
    Twins,
    any_text,
    can_be_recorded,
    exported,
    files,
    fill,
    fill_with_one_of_each,
    registries,
    taken_in,
)

pytestmark = pytest.mark.slow

TEXTS = ("csv", "json", "jsonl")
EXAMPLES = {"xlsx": 10, "csv": 15, "json": 15, "jsonl": 15}
languages = st.sampled_from(LANGUAGES)

quietly = settings(
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink],
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
        HealthCheck.large_base_example,
    ],
)


def comes_back(  # noqa: PLR0913, PLR0917  (what, how, where)
    twins: Twins,
    form: str,
    folder: Path,
    record: Callable[[Registry], None],
    out: str = "zh",
    back: str = "zh",
) -> None:
    """Hand a registry out, take it into a fresh database, hand it out again: all is as it was."""
    with twins.anew() as (first, second):
        record(first)
        before = json.loads(exported(first, "json"))
        speak(out)
        written = files(first, form, folder)
        speak(back)
        added = [taken_in(second, kind, path).added for kind, path in written]
        assert json.loads(exported(second, "json")) == before
        assert sum(added) == sum(map(len, before.values()))
        again = [taken_in(second, kind, path) for kind, path in written]
        assert [(outcome.added, outcome.updated) for outcome in again] == [(0, [])] * len(written)
        if form in TEXTS:
            speak(out)
            contents = [path.read_bytes() for _kind, path in written]
            assert [path.read_bytes() for _kind, path in files(second, form, folder)] == contents


def any_comes_back(twins: Twins, kinds: list[Kind], form: str, folder: Path) -> None:
    @settings(quietly, max_examples=EXAMPLES[form])
    @given(registries(twins.plan, kinds), languages, languages)
    def check(invented: Invented, out: str, back: str) -> None:
        comes_back(twins, form, folder, lambda registry: fill(registry, invented), out, back)

    check()


@pytest.mark.parametrize("form", FORMATS)
def test_any_registry_of_the_bundled_plan_comes_back(form: str, bundled: Twins, tmp_path: Path) -> None:
    kinds = [kind for kind in bundled.kinds if kind.name != "figure"]  # the plan has no reported target
    assert len(kinds) == 15

    any_comes_back(bundled, kinds, form, tmp_path)


@pytest.mark.parametrize("form", FORMATS)
def test_any_registry_of_another_plan_comes_back(form: str, harbour: Twins, tmp_path: Path) -> None:
    # Ships and masters refer to each other: only a file that holds both can bring them back.
    own = ("company", "berth") if form == "csv" else (*OWN_KINDS, "talent")

    any_comes_back(harbour, [kind for kind in harbour.kinds if kind.name in own], form, tmp_path)


def company(registry: Registry, **texts: str) -> int:
    return registry.add(registry.kind("company"), texts)


@pytest.mark.parametrize("form", FORMATS)
def test_a_company_without_a_name_is_found_again_by_those_that_refer_to_it(
    form: str, harbour: Twins, tmp_path: Path
) -> None:
    def record(registry: Registry) -> None:
        company(registry, name="甲")
        nameless = company(registry, code="5")
        title = registry.titles.of("company")[nameless]
        registry.add(registry.kind("berth"), {"company": title, "since": "2025-03-01"})

    comes_back(harbour, form, tmp_path, record)


@pytest.mark.parametrize("form", FORMATS)
def test_a_refund_finds_its_payment_again_even_where_that_stands_further_down(
    form: str, bundled: Twins, tmp_path: Path
) -> None:
    def pay(registry: Registry, purpose: str, amount: str) -> int:
        texts = {"purpose": purpose, "category": "载体改造", "amount": amount, "paid_on": "2022-05-01"}
        return registry.add(registry.kind("expenditure"), texts)

    def record(registry: Registry) -> None:
        refund, other = pay(registry, "改造", "-2.5"), pay(registry, "退款", "-1")
        payment = pay(registry, "改造", "10")  # of the same name as its refund
        kind = registry.kind("expenditure")
        registry.change(kind, refund, {"corrects": f"#{payment}"})
        registry.change(kind, other, {"corrects": f"#{payment}"})

    comes_back(bundled, form, tmp_path, record)


@pytest.mark.parametrize("form", FORMATS)
def test_a_building_without_a_usable_name_is_found_again_by_what_is_in_it(
    form: str, bundled: Twins, tmp_path: Path
) -> None:
    def record(registry: Registry) -> None:
        for name in ("甲", "—"):
            texts = {"name": name, "town": "高新区", "floor_area": "5000"}
            registry.add(registry.kind("building"), texts)
        texts = {"name": "乙", "type": "孵化器", "recognized_on": "2022-05-01", "building": "2"}
        registry.add(registry.kind("carrier"), texts)

    comes_back(bundled, form, tmp_path, record, "en", "en")  # in Chinese it is called by other words


@pytest.mark.parametrize("form", FORMATS)
def test_a_name_that_is_another_records_number_is_still_a_name(
    form: str, harbour: Twins, tmp_path: Path
) -> None:
    def record(registry: Registry) -> None:
        for name in ("甲", "乙", "丙"):
            company(registry, name=name)
        company(registry, name="1")
        registry.change(registry.kind("company"), 3, {"parent": "1"})

    comes_back(harbour, form, tmp_path, record)


@pytest.mark.parametrize("form", FORMATS)
def test_a_name_that_is_like_a_namesake_with_its_town_is_told_from_it(
    form: str, bundled: Twins, tmp_path: Path
) -> None:
    def record(registry: Registry) -> None:
        building, enclave = registry.kind("building"), registry.kind("enclave")
        area = {"floor_area": "1"}
        registry.add(building, {"name": "甲", "town": "澄江街道", **area})
        host = {"host": "高新区", "established_on": "2022-03-01", "building": "甲"}
        registry.add(enclave, {"name": "飞地", "town": "高新区", **area, **host})
        registry.add(building, {"name": "甲", "town": "高新区", **area})
        registry.add(building, {"name": "澄江街道/甲", "town": "高新区", **area})

    comes_back(bundled, form, tmp_path, record)


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize(
    "called", [("问题清单", "Problems"), ("填写说明", "Instructions"), ("表[1]", "A/B")], ids=repr
)
def test_a_kind_comes_back_whatever_it_is_called(
    form: str, called: tuple[str, str], harbour_with: Callable[[str], Twins], tmp_path: Path
) -> None:
    def record(registry: Registry) -> None:
        registry.add(registry.kind("issue"), {"name": "漏水", "found_on": "2025-03-01"})

    zh, en = called
    comes_back(harbour_with(CALLED.replace("ZH", f"'{zh}'").replace("EN", f"'{en}'")), form, tmp_path, record)


@pytest.mark.parametrize("form", FORMATS)
def test_a_registry_without_records_comes_back(form: str, bundled: Twins, tmp_path: Path) -> None:
    comes_back(bundled, form, tmp_path, lambda registry: None)


@pytest.mark.parametrize("form", FORMATS)
def test_every_awkward_text_comes_back(form: str, bundled: Twins, tmp_path: Path) -> None:
    """All of them at once, each as a note and as half a key; a text that is refused is none to come back."""

    def record(registry: Registry) -> None:
        meeting = registry.kind("meeting")
        for text in AWKWARD:
            for texts in ({"subject": f"会{text}", "note": text}, {"subject": text, "decisions": text}):
                with suppress(KflyError):
                    registry.add(meeting, {**texts, "held_on": "2022-03-01"})
        assert len(registry.titles.of("meeting")) > len(AWKWARD)

    comes_back(bundled, form, tmp_path, record)


@pytest.mark.parametrize("text", ["<r>甲</r>", "<r><t>甲</t></r>", "<r>&</r>"])
def test_a_text_that_looks_like_a_workbooks_own_markup_stays_text(
    text: str, bundled: Twins, tmp_path: Path
) -> None:
    def record(registry: Registry) -> None:
        registry.add(registry.kind("talent"), {"name": "王", "note": text, "introduced_on": "2022-03-01"})

    comes_back(bundled, "xlsx", tmp_path, record)


@pytest.mark.parametrize("separator", [";", "\t"])
def test_lines_of_a_text_are_not_taken_for_rows_of_another_separator(
    separator: str, bundled: Twins, tmp_path: Path
) -> None:
    def record(registry: Registry) -> None:
        lines = "\n".join(separator.join(["甲", "乙", "丙", "丁", "戊", "己", "庚"]) for _line in range(9))
        texts = {"subject": "例会", "decisions": lines, "held_on": "2022-03-01"}
        registry.add(registry.kind("meeting"), texts)

    comes_back(bundled, "csv", tmp_path, record)


@pytest.mark.parametrize(
    ("form", "length"), [("xlsx", 32_767), ("csv", 200_000), ("json", 200_000), ("jsonl", 200_000)]
)
def test_a_long_text_comes_back(form: str, length: int, bundled: Twins, tmp_path: Path) -> None:
    def record(registry: Registry) -> None:
        texts = {"subject": "例会", "decisions": "长" * length, "held_on": "2022-03-01"}
        registry.add(registry.kind("meeting"), texts)

    comes_back(bundled, form, tmp_path, record)


@pytest.mark.parametrize("form", FORMATS)
def test_more_records_than_are_looked_at_first_come_back(form: str, bundled: Twins, tmp_path: Path) -> None:
    def record(registry: Registry) -> None:
        policy = registry.kind("policy")
        for number in range(300):
            registry.insert(policy, {"name": f"办法{number}", "note": "甲；乙" * (number % 3) or None})

    comes_back(bundled, form, tmp_path, record)


@given(any_text)
def test_the_mark_before_a_formula_comes_off_as_it_went_on(text: str) -> None:
    assert unguard_formula(guard_formula(text)) == text
    assert not guard_formula(text).startswith(FORMULA)


@given(any_text, any_text)
def test_two_texts_never_become_one_behind_the_mark(one: str, other: str) -> None:
    assert (guard_formula(one) == guard_formula(other)) == (one == other)


@settings(max_examples=500)
@given(st.integers(0, 10), st.integers(-EXACT, EXACT) | st.integers(-999_999, 999_999))
@example(6, 80)  # 0.8 yuan in 万元
@example(10, 643_808)
def test_every_number_that_a_field_keeps_is_written_so_that_it_reads_back(decimals: int, steps: int) -> None:
    number = Fraction(steps, 10**decimals)
    kept = float(number)

    assert parse_amount(text_of(kept), None) == number
    assert float(parse_amount(text_of(kept), None)) == kept


@given(st.floats(allow_nan=False, allow_infinity=False, min_value=-1e15, max_value=1e15))
def test_any_number_is_written_without_an_exponent(number: float) -> None:
    written = text_of(number)
    assert float(written) == pytest.approx(number, rel=1e-14, abs=1e-20)
    assert not set(written) - set("-.0123456789")


@pytest.mark.parametrize(
    ("value", "text"), [(9.9, "9.9"), (3 * 3.3, "9.9"), (1e-6, "0.000001"), (-0.0, "0"), (5.0, "5")]
)
def test_a_number_is_written_as_a_spreadsheet_shows_it(value: float, text: str) -> None:
    assert text_of(value) == text


@given(st.integers(0, 16_383))
def test_columns_have_the_letters_that_spreadsheets_give_them(column: int) -> None:
    assert column_letter(column) == xl_col_to_name(column)


@pytest.mark.parametrize(
    ("column", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA"), (16_383, "XFD")]
)
def test_the_letters_turn_over_where_the_alphabet_ends(column: int, name: str) -> None:
    assert column_letter(column) == name


@pytest.mark.parametrize("form", FORMATS)
def test_every_field_of_every_kind_comes_back(form: str, bundled: Twins, tmp_path: Path) -> None:
    def record(registry: Registry) -> None:
        fill_with_one_of_each(registry)
        for kind in registry.kinds.values():
            if can_be_recorded(registry, kind):
                assert None not in registry.show(kind, 1).values()

    comes_back(bundled, form, tmp_path, record)
