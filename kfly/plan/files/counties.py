"""The manifest of a roll-up, ``counties.yaml``: which counties there should be, and where they lie."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, StringConstraints

from kfly.errors import KflyError
from kfly.locale import _
from kfly.plan.files.marked_yaml import Document, read_yaml
from kfly.plan.files.shape_values import Shape
from kfly.plan.files.shaping import shape_document

WITHIN = "/"  # 江苏省/无锡市: a city in its province


def _read_group(value: Any) -> Any:
    """Take 江苏省/无锡市 as the list of both."""
    return [part.strip() for part in value.split(WITHIN)] if isinstance(value, str) else value


class CountyShape(Shape):
    """One county."""

    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
    path: str = Field(min_length=1)
    group: Annotated[list[Annotated[str, Field(min_length=1)]], BeforeValidator(_read_group)] = Field(
        default=[]
    )


class Manifest(Shape):
    """The whole file."""

    counties: list[CountyShape] = Field(min_length=1)


def read_counties(path: Path) -> Iterator[tuple[str, Path, tuple[str, ...]]]:
    """Read a manifest: each county's name, its file as seen from where the manifest lies, and its groups.

    Raises:
        KflyError: it has faults: a line for each, ``counties.yaml:7: counties[3].path: …``.
    """
    document = read_yaml(path)
    manifest = None if document.data is None else shape_document(document, Manifest)
    if manifest is not None:
        _must_name_each_once(manifest, document)
    if manifest is None or document.faults:
        raise KflyError(*map(str, sorted(document.faults, key=lambda fault: fault.line)))
    return ((one.name, path.parent / one.path, tuple(one.group)) for one in manifest.counties)


def _must_name_each_once(manifest: Manifest, document: Document) -> None:
    names: set[str] = set()
    for number, county in enumerate(manifest.counties):
        if county.name in names:
            document.fault(("counties", number, "name"), _("{value} is given twice", value=county.name))
        names.add(county.name)
