"""Numbers that are missing are told in the form of the others, in each chapter by itself."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kfly.drafting.gaps import Number, find_gaps


@pytest.mark.parametrize(
    ("numbers", "missing"),
    [
        ([1, 2, 4, 7], (3, 5, 6)),
        ([2], (1,)),
        ([1, 2, 3], ()),
        ([3, 1, 2, 2], ()),
        (["（一）", "（三）", "（四）"], ("（二）",)),
        (["一-1", "一-3", "二-2", "二-3"], ("一-2", "二-1")),
        (["1.01", "1.03", "2.01"], ("1.02",)),
        (["第一", "第三"], ("第二",)),
        (["九、", "十一、", *(f"{n}、" for n in "一二三四五六七八")], ("十、",)),
        (["（十九）", "（二十一）", *(f"（{n}）" for n in "一二三四五六七八九十")], None),
        (["1.06"], ()),
        (["01", "02", "03", "05", "06", "07", "08", "09", 10, 11], ("04",)),
        (["1.01", "1.10", *(f"1.0{n}" for n in range(2, 9))], ("1.09",)),
        (["A.i", "A.ii"], ()),
        ([1, 2, 9999], ()),
        (["", "?4"], ()),
        (["٣", "𑣠", "٣-1", "٣-3"], ("٣-2",)),
        (["十十", "十三二", "二一", "二三"], ("二二",)),
    ],
)
def test_what_is_missing_is_told_series_by_series(
    numbers: list[Number], missing: tuple[Number, ...] | None
) -> None:
    found = find_gaps(numbers)
    if missing is None:
        assert found[0] == "（十一）"
        assert found[-1] == "（二十）"
    else:
        assert found == missing


@given(st.sets(st.integers(1, 99), min_size=2))
def test_chinese_numbers_have_the_gaps_of_figures(counts: set[int]) -> None:
    said = dict(enumerate(find_gaps(["（一）", "（九十九）"]), start=2))
    said |= {1: "（一）", 99: "（九十九）"}
    missing = find_gaps([said[count] for count in counts])
    assert missing == tuple(said[int(count)] for count in find_gaps([*counts]))


@given(st.lists(st.one_of(st.integers(1, 9999), st.text(max_size=8), st.text("一三九十1９٣.-", max_size=5))))
def test_any_numbers_are_looked_through(numbers: list[Number]) -> None:
    assert isinstance(find_gaps(numbers), tuple)
