"""Which names are probably one, and which only look alike."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kfly.services.check import likeness

PLACES = ("华士镇", "华士")


def are_one(first: str, second: str) -> bool:
    plain = [likeness.simplify(name, PLACES) for name in (first, second)]
    if likeness.telling(plain[0]) != likeness.telling(plain[1]):
        return False
    return list(likeness.find_pairs(enumerate(plain))) == [(0, 1)]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("创新大厦", "创新 大厦"),
        ("创新大厦", "创新大楼"),
        ("创新大厦", "创新大夏"),
        ("创新大厦", "创新"),
        ("创新大厦（南区）", "创新大厦(南区)"),
        ("创新大厦Ａ座", "创新大厦a座"),
        ("创新大厦1号楼", "创新大厦１号楼"),
        ("创新大厦三号楼", "创新大厦3号楼"),
        ("创新大厦十二号楼", "创新大厦12栋"),
        ("创新大厦拾贰号楼", "创新大厦12栋"),
        ("创新大厦01号楼", "创新大厦1号楼"),
        ("创新大厦〇三号楼", "创新大厦003栋"),
        ("人才公寓首期", "人才公寓一期"),
        ("人才公寓次期", "人才公寓2期"),
        ("华士镇科创园", "科创园"),
        ("华士科创园", "华士镇科创园区"),
        ("江阴软件大厦", "江阴市软件大厦"),
        ("敔山湾科技产业园", "吾山湾科技产业园"),
        ("敔山湾科技产业园", "敔山弯科技产业园"),
        ("临港智慧谷科技园", "临港慧智谷科技园"),
        ("澄江科创服务有限公司", "澄江科创服务公司"),
    ],
)
def test_written_differently_or_one_sign_apart_they_are_one(first: str, second: str) -> None:
    assert are_one(first, second)
    assert are_one(second, first)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("1号楼", "2号楼"),
        ("祝塘纺织厂三号楼", "祝塘纺织厂四号楼"),
        ("创新大厦1号楼", "创新大厦11号楼"),
        ("创新大厦", "创新大厦1号楼"),
        ("人才公寓一期", "人才公寓二期"),
        ("人才公寓", "人才公寓二期"),
        ("澄江人才公寓首期", "澄江人才公寓次期"),
        ("澄江人才公寓首期", "澄江人才公寓二期"),
        ("澄江纺织厂壹号楼", "澄江纺织厂贰号楼"),
        ("澄江纺织厂拾号楼", "澄江纺织厂壹号楼"),
        ("澄江纺织厂10号楼", "澄江纺织厂1号楼"),
        ("国际商务中心A座", "国际商务中心B座"),
        ("国际商务中心东区", "国际商务中心西区"),
        ("国际创新中心", "国际创业中心"),
        ("科创大厦", "科技大厦"),
        ("创新大厦", "创业大厦"),
        ("霞客科创园", "霞客文创中心"),
        ("澄创投资1号", "澄创投资2号"),
        ("华士", "华士镇"),
    ],
)
def test_what_tells_things_apart_is_not_overlooked(first: str, second: str) -> None:
    assert not are_one(first, second)
    assert not are_one(second, first)


@given(st.text(min_size=1), st.text(min_size=1))
def test_any_two_names_can_be_compared_either_way_round(first: str, second: str) -> None:
    assert are_one(first, second) == are_one(second, first)


@given(st.text(min_size=1))
def test_a_name_is_like_itself(name: str) -> None:
    assert are_one(name, name)


@pytest.mark.parametrize("count", [likeness.MOST_ALIKE, 200, 2000])
def test_in_a_large_cluster_each_still_finds_another(count: int) -> None:
    names = [(number, f"澄江{chr(0x4E00 + number)}科创中心") for number in range(count)]
    found = list(likeness.find_pairs(reversed(names)))
    assert len(set(found)) == len(found) <= max(likeness.MOST_ALIKE**2, count)
    assert {number for pair in found for number in pair} == set(range(count))


def test_in_a_large_cluster_the_same_name_is_found_wherever_it_stands() -> None:
    series = [(number, f"澄江{chr(0x4E00 + number)}科创中心") for number in range(2000)]
    again = (2000, series[999][1])
    assert (999, 2000) in list(likeness.find_pairs([*series, again]))
