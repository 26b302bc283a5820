"""YAML read with the line of every key; duplicate keys are refused.

PyYAML's own constructors turn ``on``, ``yes`` and ``2022-11-30`` into other types and let a duplicate key
pass; so only its parser is used here, of the safe family, and the plain values are read below.
"""

import re
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from kfly.errors import explain_os_error
from kfly.locale import _

Place = tuple[str | int, ...]

# Longer ones, and those that begin with 0, are certificate numbers, not amounts: they stay text.
_INTEGER = re.compile(r"[-+]?(0|[1-9]\d{0,14})", re.ASCII)
_DECIMAL = re.compile(r"[-+]?(\d{1,15}\.\d{0,10}|\.\d{1,10})", re.ASCII)
_UNSHOWABLE = yaml.reader.Reader.NON_PRINTABLE  # what YAML lets in by escapes only: "\e", "\0", "\ud800"
_STAND_IN = "\ufffd"
NO_LINE = 0  # of what stands in no file
_WORDS: dict[str, Any] = {"": None, "~": None, "null": None, "true": True, "false": False}


class Fault(NamedTuple):
    """What is wrong with a plan file, and where."""

    file: str
    line: int
    place: Place
    message: str

    def __str__(self) -> str:
        where = spell_place(self.place)
        file = self.file if self.line == NO_LINE else f"{self.file}:{self.line}"
        text = f"{file}: {where + ': ' if where else ''}{self.message}"
        return _UNSHOWABLE.sub(_STAND_IN, " ".join(text.splitlines()))


class WrittenFile(NamedTuple):
    """A plan file that lies nowhere: drafted out of a document.

    Attributes:
        name: what it is called in messages.
        text: what it says.
    """

    name: str
    text: str


PlanFile = Path | WrittenFile


class Document(NamedTuple):
    """A file's plain data, None if it cannot be read, with the line on which each place of it stands.

    ``stood`` tells, of a list whose faulty items were left out, where those that are left stood in the file.
    """

    file: str
    data: Any
    lines: dict[Place, int]
    faults: list[Fault]
    stood: dict[Place, list[int]]

    def written(self, place: Place) -> Place:
        """Translate a place in what is left into the place in the file."""
        found: Place = ()
        for step in place:
            stood = self.stood.get(found)
            found = (*found, stood[step] if stood is not None and isinstance(step, int) else step)
        return found

    def is_faulty(self, place: Place) -> bool:
        """Tell whether a fault was noted at a place of what is left, or within it."""
        place = self.written(place)
        return any(fault.place[: len(place)] == place for fault in self.faults)

    def items(self, section: str) -> list[dict[str, Any]]:
        """Return the items of a list of the file, whatever their faults."""
        section_data = self.data.get(section) if isinstance(self.data, dict) else None
        found = section_data if isinstance(section_data, list) else []
        return [item for item in found if isinstance(item, dict)]

    def names_all(self, section: str, key: str) -> bool:
        """Tell whether the key by which others name the items of a list is in order in each of them."""
        return not any(f.place[:1] == (section,) and f.place[2:] == (key,) for f in self.faults)

    def fault(self, place: Place, message: str) -> None:
        """Note a fault at a place, or at the nearest place around it that the file has."""
        place = self.written(place)
        known = place
        while known and known not in self.lines:
            known = known[:-1]
        self.faults.append(Fault(self.file, self.lines.get(known, 1), place, message))


def spell_place(place: Place) -> str:
    """Return a place as people write it: ``targets[3].at_least``."""
    text = ""
    for step in place:
        if isinstance(step, int):
            text += f"[{step}]"
        else:
            text += ("." if text else "") + (step if step and step == step.strip() else f"“{step}”")
    return text


def read_yaml(path: PlanFile, *, shown: str | None = None) -> Document:
    """Read a file, noting what cannot be read among the document's faults."""
    document = Document(file=shown or path.name, data=None, lines={}, faults=[], stood={})
    text = ""
    try:
        text = path.text if isinstance(path, WrittenFile) else path.read_text(encoding="utf-8-sig")
        node = yaml.compose(text, Loader=_Loader)
    except OSError as error:
        document.fault((), _("cannot be read: {why}", why=explain_os_error(error)))
    except UnicodeDecodeError:
        document.fault((), _("is not UTF-8; save it as UTF-8"))
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        document.faults.append(Fault(document.file, line, (), _unshowable()))
    except yaml.YAMLError as error:
        document.faults.append(_syntax_fault(document.file, error))
    except RecursionError:
        document.fault((), _("is nested too deeply"))
    else:
        data = _convert(node, (), document) if node else None
        return document._replace(data={} if data is None else data)  # an empty file, or only "---"
    return document


class _Loader(yaml.SafeLoader):
    """The safe loader without aliases: a few lines of them can unfold into gigabytes."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.events.AliasEvent):
            problem = _("an alias (*) is not allowed here; write the value out")
            raise yaml.MarkedYAMLError(problem=problem, problem_mark=self.get_mark())
        return super().compose_node(parent, index)


def _syntax_fault(file: str, error: yaml.YAMLError) -> Fault:
    problem = getattr(error, "problem", None) or str(error)
    # A quote or bracket left open is noticed only at the end of the file; say where it was opened.
    ended = "end of stream" in problem or "stream end" in problem
    mark = getattr(error, "context_mark" if ended else "problem_mark", None)
    return Fault(file, mark.line + 1 if mark else 1, (), _("is not YAML: {problem}", problem=problem))


def _convert(node: yaml.Node, place: Place, document: Document) -> Any:
    document.lines.setdefault(place, node.start_mark.line + 1)
    if isinstance(node, yaml.MappingNode):
        return _convert_mapping(node, place, document)
    if isinstance(node, yaml.SequenceNode):
        return [_convert(item, (*place, number), document) for number, item in enumerate(node.value)]
    return _convert_scalar(node, place, document)


def _convert_mapping(node: yaml.MappingNode, place: Place, document: Document) -> dict[str, Any]:
    data: dict[str, Any] = {}
    for key_node, value_node in node.value:
        line = key_node.start_mark.line + 1
        written = str(key_node.value) if isinstance(key_node, yaml.ScalarNode) else "?"
        key = _UNSHOWABLE.sub(_STAND_IN, written)
        inner = (*place, key)
        if inner in document.lines:
            message = _("is given twice; the first is in line {line}", line=document.lines[inner])
            document.faults.append(Fault(document.file, line, inner, message))
            continue
        document.lines[inner] = line
        if key != written:
            document.fault(inner, _unshowable())
        data[key] = _convert(value_node, inner, document)
    return data


def _unshowable() -> str:
    return _("holds a character that cannot be shown")


def _convert_scalar(node: yaml.Node, place: Place, document: Document) -> Any:
    text = _UNSHOWABLE.sub(_STAND_IN, str(node.value))
    if text != node.value:
        document.fault(place, _unshowable())
    if getattr(node, "style", None) is not None:  # in quotes, or a block of text
        return text
    if _INTEGER.fullmatch(text):
        return int(text)
    if _DECIMAL.fullmatch(text):
        return Decimal(text)
    return _WORDS.get(text, text)
