"""What an import did, or what kept it from being done."""

from collections.abc import Iterable
from typing import Any


def document(added: int, errors: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """The JSON that other programs rely on; with faults all counts are 0."""
    return {
        "added": added,
        "updated": 0,
        "unchanged": 0,
        "errors": list(errors),
    }
