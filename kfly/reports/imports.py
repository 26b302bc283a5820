"""What an import did, or what kept it from being done."""

from collections.abc import Iterable
from typing import Any

from kfly.registry.sheets import CellFault


def document(added: int, faults: Iterable[CellFault]) -> dict[str, Any]:
    """The JSON that other programs rely on; with faults all counts are 0."""
    return {
        "added": added,
        "updated": 0,
        "unchanged": 0,
        "errors": [fault._asdict() for fault in faults],
    }
