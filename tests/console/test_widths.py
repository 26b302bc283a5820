"""A text is as wide as Rich says, whatever signs it is made of."""

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from kfly.console.widths import count_cells

SIGNS = st.characters() | st.sampled_from("科é\u0301\u200d\ufe0f👩‍💻\x1b\u2028")


@given(st.text(SIGNS))
def test_it_is_counted_as_rich_counts(text: str) -> None:
    assert count_cells(text) == cell_len(text)
