"""What a paper is made of, whatever its medium."""

from typing import NamedTuple

from kfly.progress.overview import Overview


class Paper(NamedTuple):
    """What is told, and how.

    Attributes:
        overview: the plan on the day, or one organisation's part in it.
        redacted: phone and identity numbers in texts are masked.
        embeds_fonts: the signs used are embedded, for machines without any Chinese font.
    """

    overview: Overview
    redacted: bool = False
    embeds_fonts: bool = False
