"""Texts of which a part is raised, lowered or crossed out: footnote marks, and what no longer holds."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple
from xml.etree import ElementTree

from kfly.registry.sheets.grid import RAISED, STRUCK, Flaw
from kfly.registry.sheets.workbooks.xml import attribute, find, local_name

_OFF = ("0", "false", "none", "baseline")
_POWER = re.compile(r"[23]")  # of metres
_METRE = re.compile(r".*[mM米]", re.DOTALL)
_FORMULA = re.compile(r".*[A-Za-z)]", re.DOTALL)  # CO₂


class Marks(NamedTuple):
    """How a font is set."""

    is_raised: bool = False
    is_lowered: bool = False
    is_struck: bool = False


PLAIN = Marks()


class Run(NamedTuple):
    """A stretch of a text that looks the same."""

    text: str
    marks: Marks = PLAIN


def judge_runs(runs: Iterable[Run]) -> Flaw | None:
    """Return what is wrong with a text.

    A raised 2 behind m is a unit, a lowered one behind a letter a formula: nothing is wrong with them.
    """
    told = [run for run in runs if run.text.strip()]
    whole = "".join(run.text for run in told)
    if any(run.marks.is_struck for run in told):
        return Flaw(STRUCK, whole)
    is_mixed = any(not (run.marks.is_raised or run.marks.is_lowered) for run in told)
    before = ""
    for run in told:
        if is_mixed and not _is_harmless(before, run):
            return Flaw(RAISED, whole)
        before += run.text
    return None


def _is_harmless(before: str, run: Run) -> bool:
    if run.marks.is_raised:
        return bool(_POWER.fullmatch(run.text.strip()) and _METRE.fullmatch(before.rstrip()))
    return not run.marks.is_lowered or bool(_FORMULA.fullmatch(before))


def read_runs(text: ElementTree.Element) -> Iterator[Run]:
    """Yield the runs of a shared or inline text of Open XML; a reading (ruby) is none."""
    for part in text:
        words = find(part, "t") if local_name(part) == "r" else None
        if words is not None:
            look = find(part, "rPr")
            yield Run(words.text or "", read_marks(look) if look is not None else PLAIN)
        elif local_name(part) == "t":
            yield Run(part.text or "")


def cut_runs(text: str, first: Marks, begun: Sequence[tuple[int, Marks]]) -> Iterator[Run]:
    """Cut a text into its runs, of which a binary file says where they begin.

    Args:
        text: the whole of it.
        first: how it begins.
        begun: where each further run begins, in signs of two bytes, and how it is set.
    """
    signs = text.encode("utf-16-le", "surrogatepass")
    ends = [start for start, _marks in begun] + [len(signs) // 2]
    for (start, marks), end in zip([(0, first), *begun], ends, strict=True):
        yield Run(signs[2 * start : 2 * end].decode("utf-16-le", "replace"), marks)


def read_marks(look: ElementTree.Element) -> Marks:
    """Tell how a font of Open XML is set."""
    align, strike = find(look, "vertAlign"), find(look, "strike")
    way = attribute(align, "val") if align is not None else None
    is_struck = strike is not None and (attribute(strike, "val") or "1") not in _OFF
    return Marks(way == "superscript", way == "subscript", is_struck)
