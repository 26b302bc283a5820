"""The invented records of ``kfly demo``, from their description in ``demo.yaml``."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import cycle
from pathlib import Path
from typing import Any

from kfly.plan.dates import parse_day
from kfly.plan.files.marked_yaml import read_yaml
from kfly.plan.model import SignOff
from kfly.registry.registry import Registry

DESCRIPTION = Path(__file__).parent / "demo.yaml"
AS_OF = date(2022, 11, 30)


def record_all(registry: Registry) -> None:
    """Record everything that the description invents."""
    towns = cycle(place.name for place in registry.plan.places)
    for entry in read_yaml(DESCRIPTION).data["records"]:
        kind = registry.kind(entry.pop("kind"))
        for texts in _repeated(entry, towns) if "repeat" in entry else [entry]:
            registry.add(kind, {name: str(value) for name, value in texts.items()})


def invent_sign_offs(year: int) -> Iterator[SignOff]:
    """Yield the sign-offs that the description invents."""
    for entry in read_yaml(DESCRIPTION).data["sign_offs"]:
        yield SignOff(year, entry["task"], parse_day(entry["on"]), forced=False)


def _repeated(entry: dict[str, Any], towns: Iterator[str]) -> Iterator[dict[str, Any]]:
    times, dated = entry.pop("repeat"), entry.pop("dated")
    first, last = parse_day(entry.pop("first")), parse_day(entry.pop("last"))
    for n in range(times):
        day = first + timedelta(days=(last - first).days * n // max(times - 1, 1))
        words = {"n": n + 1, "town": next(towns)}
        texts = {
            name: value.format(**words) if isinstance(value, str) else value for name, value in entry.items()
        }
        yield {**texts, dated: day.isoformat()}
