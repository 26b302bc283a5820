"""A county's figures as one document: written where its records stay, read where all come together."""

import json
from collections import Counter
from collections.abc import Mapping
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Any, NoReturn

from pydantic import AllowInfNan, BaseModel, Field, Strict, StrictInt, ValidationError

from kfly.errors import KflyError, explain_os_error
from kfly.locale import LANGUAGES, _, from_json_number, language, speaking
from kfly.plan.counties import County, CountyRow
from kfly.plan.files.written import targets_file
from kfly.plan.model import Plan, Target
from kfly.plan.targets import spell_unit
from kfly.progress.lights import LIGHTS
from kfly.services.rollup.sources import Source

MOST_DECIMALS = 6  # as many as a plan may ask for
LARGEST = 32 << 20  # bytes: a plan of a hundred targets by town has one
_SIGNATURE, _PLAN, _WORDS = "sha256", "plan_sha256", "words"
_PER_CENT = "%"  # of documents that do not say what adds up


Decimals = Annotated[StrictInt, Field(ge=0, le=MOST_DECIMALS)] | None
Figure = StrictInt | Annotated[float, Strict(), AllowInfNan(False)] | None


class WordsShape(BaseModel):
    """What a target and its unit are called in one language."""

    name: str
    unit: str


class RowShape(BaseModel):
    """A target, as far as a roll-up needs it; what else a document says of it is passed over."""

    key: str
    name: str
    unit: str
    actual: Figure
    goal: Figure
    comparison: str | None
    period: str
    met: bool
    progress: Figure
    light: str
    adds_up: bool | None = None
    decimals: Decimals = None
    reported: bool = False
    each: list[Any] = []
    words: dict[str, WordsShape] = {}


class StatusShape(BaseModel):
    """What ``status --json`` prints, or ``document`` writes."""

    as_of: date
    targets: list[RowShape]
    score: Figure = None


def sign(document: Mapping[str, Any], plan: Plan) -> dict[str, Any]:
    """Return a document with the plan's identity and its own: who alters a figure alters that.

    It proves no origin: who can write a document can sign it. Targets and units are named in both languages:
    in which one a roll-up reads it, the county does not know.
    """
    known = {target.key: target for target in plan.targets}
    targets = [{**row, _WORDS: _name_in_both(known[row["key"]])} for row in document["targets"]]
    identified = {**document, "targets": targets, _PLAN: _digest(targets_file(plan))}
    return {**identified, _SIGNATURE: _digest(identified)}


def _name_in_both(target: Target) -> dict[str, dict[str, str]]:
    """Name a target and its unit in each language."""
    named = {}
    for spoken in LANGUAGES:
        with speaking(spoken):
            named[spoken] = {"name": target.name.spoken, "unit": spell_unit(target)}
    return named


def _digest(content: Any) -> str:
    """Return the SHA-256 over a content, however its keys are ordered and its lines broken."""
    plain = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
    return sha256(plain.encode("utf-8", "surrogatepass")).hexdigest()


def read_document(source: Source) -> County:
    """Read a county's figures out of a document.

    Raises:
        KflyError: it cannot be read, is no such document, or was altered after it was written.
    """
    content = _read_json(source.path)
    if isinstance(content, dict) and _SIGNATURE in content:
        _must_be_unaltered(content, source.path)
    try:
        found = StatusShape.model_validate(content)
    except ValidationError as error:
        place = ".".join(map(str, error.errors()[0]["loc"])) or "—"
        raise KflyError(
            _(
                "{path} is not what “kfly status --json” or “kfly document” writes ({place}).",
                path=source.path,
                place=place,
            )
        ) from None
    _must_name_each_once(found, source.path)
    rows = tuple(_read_row(row) for row in found.targets)
    return County(source.name, source.group, found.as_of, rows, from_json_number(found.score))


def _read_json(path: Path) -> Any:
    try:
        with path.open("rb") as file:
            packed = file.read(LARGEST + 1)
        if len(packed) > LARGEST:
            raise KflyError(_("{path} is larger than any document of a county.", path=path))
        return json.loads(packed.decode("utf-8-sig"), parse_constant=_refuse_constant)
    except OSError as error:
        raise KflyError(_("{path} cannot be read: {why}.", path=path, why=explain_os_error(error))) from None
    except (ValueError, RecursionError):
        raise KflyError(_("{path} is not JSON, or only a part of it.", path=path)) from None


def _refuse_constant(_word: str) -> NoReturn:
    raise ValueError


def _must_be_unaltered(content: dict[str, Any], path: Path) -> None:
    rest = {key: value for key, value in content.items() if key != _SIGNATURE}
    if content[_SIGNATURE] != _digest(rest):
        raise KflyError(_("{path} was altered after it was written; have it sent again.", path=path))


def _must_name_each_once(found: StatusShape, path: Path) -> None:
    """Check that no target stands in it twice: it would be added twice."""
    keys = Counter(row.key for row in found.targets)
    twice = [key for key, times in keys.items() if times > 1]
    if twice:
        raise KflyError(_("{path} has the target “{key}” twice.", path=path, key=twice[0]))


def _read_row(row: RowShape) -> CountyRow:
    adds_up = row.adds_up
    if adds_up is None:  # an older kfly's
        adds_up = not row.each and row.unit != _PER_CENT
    called = row.words.get(language(), row)
    return CountyRow(
        row.key,
        called.name,
        called.unit,
        row.comparison,
        row.period,
        adds_up,
        from_json_number(row.actual),
        from_json_number(row.goal),
        row.met,
        row.light if row.light in LIGHTS else LIGHTS[-1],
        from_json_number(row.progress),
        row.decimals,
        row.reported,
    )
