"""Texts of which a part is raised, lowered or crossed out: footnote marks, and what no longer holds."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple
from xml.etree import ElementTree

from kfly.registry.sheets.grid import RAISED, STRUCK, Flaw
from kfly.registry.sheets.workbooks.xml import attribute, find, local_name

_OFF = ("0", "false", "none", "baseline")
_POWER = re.compile(r"[23]")  # of metres
_METRE = re.compile(r".*[mM米]", re.DOTALL)
_FORMULA = re.compile(r".*[A-Za-z)]", re.DOTALL)  # CO₂


class Run(NamedTuple):
    """A stretch of a text that looks the same."""

    text: str
    is_raised: bool = False
    is_lowered: bool = False
    is_struck: bool = False


def judge_runs(runs: Iterable[Run]) -> Flaw | None:
    """Return what is wrong with a text.

    A raised 2 behind m is a unit, a lowered one behind a letter a formula: nothing is wrong with them.
    """
    told = [run for run in runs if run.text.strip()]
    whole = "".join(run.text for run in told)
    if any(run.is_struck for run in told):
        return Flaw(STRUCK, whole)
    is_mixed = any(not (run.is_raised or run.is_lowered) for run in told)
    before = ""
    for run in told:
        if is_mixed and not _is_harmless(before, run):
            return Flaw(RAISED, whole)
        before += run.text
    return None


def _is_harmless(before: str, run: Run) -> bool:
    if run.is_raised:
        return bool(_POWER.fullmatch(run.text.strip()) and _METRE.fullmatch(before.rstrip()))
    return not run.is_lowered or bool(_FORMULA.fullmatch(before))


def read_runs(text: ElementTree.Element) -> Iterator[Run]:
    """Yield the runs of a shared or inline text of Open XML; a reading (ruby) is none."""
    for part in text:
        words = find(part, "t") if local_name(part) == "r" else None
        if words is not None:
            look = find(part, "rPr")
            yield Run(words.text or "", *(read_marks(look) if look is not None else (False, False, False)))
        elif local_name(part) == "t":
            yield Run(part.text or "")


def read_marks(look: ElementTree.Element) -> tuple[bool, bool, bool]:
    """Tell whether a font is raised, lowered, crossed out."""
    align, strike = find(look, "vertAlign"), find(look, "strike")
    way = attribute(align, "val") if align is not None else None
    is_struck = strike is not None and (attribute(strike, "val") or "1") not in _OFF
    return way == "superscript", way == "subscript", is_struck
