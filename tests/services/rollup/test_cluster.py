"""How counties are cut into the batches that go out to a cluster's workers."""

import pytest

from kfly.services.rollup.cluster import MOST, cut


@pytest.mark.parametrize(("counties", "threads"), [(1, 1), (8, 2), (200, 2), (200, 64), (2_800, 48)])
def test_every_county_goes_out_once_in_batches_that_only_shrink_to_single_ones(
    counties: int, threads: int
) -> None:
    batches = list(cut(counties, threads))
    sizes = [len(batch) for batch in batches]
    assert [number for batch in batches for number in batch] == list(range(counties))
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[0] <= MOST
    assert sizes[-1] == 1


def test_where_there_is_a_thread_for_each_county_every_one_goes_out_alone() -> None:
    assert list(cut(3, 8)) == [(0,), (1,), (2,)]


def test_nothing_goes_out_where_there_is_no_county() -> None:
    assert list(cut(0, 4)) == []
