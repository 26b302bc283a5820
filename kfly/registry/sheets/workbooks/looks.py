"""What stands in a sheet beside the values that the workbook reader gives."""

from dataclasses import dataclass, field

from kfly.registry.sheets.grid import NOTHING_HIDDEN, Cell, Flaw, Hidden, Merge

Place = tuple[int, int]  # the row, counted from 1, and the column, from 0


@dataclass
class Look:
    """What was seen of one sheet by looking at the file once more."""

    merges: list[Merge] | None = None  # None: what the reader says of them holds
    hidden: Hidden = NOTHING_HIDDEN
    flaws: dict[Place, Flaw] = field(default_factory=dict)  # cells that cannot be taken as they were read
    values: dict[Place, Cell] = field(default_factory=dict)  # what the reader has read wrongly, put right
    shown: dict[Place, str] = field(default_factory=dict)  # amounts with the unit of their format: 5.2万㎡


class NotLocatedError(Exception):
    """The cells of a sheet cannot be found in the file, nor then those whose formulas have failed."""
