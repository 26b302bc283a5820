"""Whatever the records: those of which it is said that they count amount to what ``status`` says."""

from collections.abc import Iterable
from datetime import date
from fractions import Fraction

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kfly.plan.kinds import Kind, Record
from kfly.plan.metrics import AT_LEAST, Goal, Metric
from kfly.plan.model import Name, Plan, Target
from kfly.progress.counting import Obstacle, count_record
from kfly.progress.targets import assess_target
from kfly.store import records as kept
from kfly.store import spans
from kfly.store.plan import reading
from tests.store.test_spans_of_any_records import TABLES, metrics, rows
from tests.support.word_city import Store

NAME = Name("目标", "target")
WINDOWS = [(date(2025, 1, 1), date(2027, 12, 31)), (date(2025, 2, 1), date(2025, 3, 15))]
DAYS = [date(year, month, day) for year in (2024, 2025, 2026) for month in (1, 2, 3, 12) for day in (1, 28)]
FORMER = st.sampled_from([None, "2024-12-31", "2026-02-01", "2028-01-01"])  # outside the others' year

promises = st.builds(
    lambda metric, every_year: Target(
        key="asked",
        section=NAME,
        name=NAME,
        metric=metric,
        goal=Goal(AT_LEAST, Fraction(1)),
        unit=NAME,
        due=date(2027, 12, 31),
        every="year" if every_year else None,
    ),
    metrics,
    st.booleans(),
)


def amount(record: Record, metric: Metric) -> Fraction:
    return Fraction(1) if metric.field is None else Fraction(repr(record[metric.field]))


def counted(
    plan: Plan, kind: Kind, records: Iterable[Record], referred: dict[int, tuple[str, str]], day: date
) -> list[Record]:
    """The records of which it is said that they count."""

    def obstacle(record: Record) -> Obstacle | None:
        return count_record(plan, kind, record, {"table": referred}, day)["asked"]

    return [record for record in records if obstacle(record) is None]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=150)
@given(
    found=st.lists(st.tuples(rows, FORMER), max_size=12),
    promise=promises,
    window=st.sampled_from(WINDOWS),
    day=st.sampled_from(DAYS),
)
def test_what_counts_amounts_to_the_figure(
    words: Store,
    found: list[tuple[Record, str | None]],
    promise: Target,
    window: tuple[date, date],
    day: date,
) -> None:
    with words.taken_back():
        for index in TABLES:
            words.insert("table", index=index)
        for number, (record, former) in enumerate(found):
            dated = {"on_day": former} if former else {}
            words.insert("order", **{**record, **dated, "select": f"第{number}单"})
        starts, ends = window
        plan = reading.read(words.db)._replace(targets=(promise,), starts=starts, ends=ends)
        kind, metric = words.kinds["order"], promise.metric
        its = counted(plan, kind, kept.select(words.db, kind, {}), spans.read_called(words.db, "table"), day)
        standing = assess_target(promise, spans.read(words.db, [metric]), plan, day)

    if metric.towns is None:
        assert standing.actual == sum(amount(record, metric) for record in its)
    else:
        assert {each.town: each.actual for each in standing.each} == {
            town: sum(amount(record, metric) for record in its if record["group"] == town)
            for town in metric.towns
        }
