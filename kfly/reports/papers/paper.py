"""What a paper is made of, whatever its medium."""

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from kfly.progress.overview import Overview

if TYPE_CHECKING:
    from kfly.workbook.book import Book


class Paper(NamedTuple):
    """What is told, and how.

    Attributes:
        overview: the plan on the day, or one organisation's part in it.
        redacted: phone and identity numbers in texts are masked.
        embeds_fonts: the signs used are embedded, for machines without any Chinese font.
        add_records: adds the sheets of the registry to an open workbook; None leaves them away.
        known: as of which earlier moment this was known, in words; empty for now.
    """

    overview: Overview
    redacted: bool = False
    embeds_fonts: bool = False
    add_records: "Callable[[Book], None] | None" = None
    known: str = ""
