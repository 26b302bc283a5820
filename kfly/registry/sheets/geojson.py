"""Records as points on a map: GeoJSON (RFC 7946), a line a record."""

import json
from collections.abc import Sequence
from typing import BinaryIO, NamedTuple

from kfly.errors import KflyError
from kfly.locale import _
from kfly.plan.kinds import PLACE, Kind, Value
from kfly.registry.registry import Registry
from kfly.registry.sheets.contents import Masked, read_contents
from kfly.registry.sheets.export import Watch

FORMAT = "geojson"
_MOST = (180, 90)  # degrees of longitude and latitude, on either side of 0


class Drawn(NamedTuple):
    """How many records a map has, and how many of them do not say where they lie."""

    records: int
    without_place: int


def export_map(
    registry: Registry,
    kinds: Sequence[Kind],
    stream: BinaryIO,
    *,
    masked: Masked | None = None,
    watch: Watch = lambda rows, _total: rows,
) -> Drawn:
    """Write the records of one kind as features: coordinates as they were typed, all fields as properties.

    Args:
        registry: where they are.
        kinds: which; there must be one, with coordinates.
        stream: where they are written.
        masked: mask what is personal, and count it here.
        watch: is handed the rows and how many there are, and hands them on.

    Raises:
        KflyError: no map can be made of these kinds.
        OSError: the stream cannot be written.
    """
    _must_have_a_place(kinds)
    found, without = read_contents(registry, kinds[0], masked), 0
    names = [field.name for field in found.fields]
    heading = {"type": "FeatureCollection", "name": kinds[0].label.spoken}
    stream.write(f'{_json(heading)[:-1]}, "features": ['.encode())
    for number, row in enumerate(watch(found.rows, found.height)):
        record = dict(zip(names, row, strict=True))
        point = find_point(record)
        without += point is None
        geometry = point and {"type": "Point", "coordinates": point}
        feature = {"type": "Feature", "geometry": geometry, "properties": record}
        stream.write(f"{',' if number else ''}\n  {_json(feature)}".encode())
    stream.write(b"\n]}\n")
    return Drawn(found.height, without)


def _must_have_a_place(kinds: Sequence[Kind]) -> None:
    if len(kinds) != 1:
        raise KflyError(_("A GeoJSON file holds one kind of record; name one that has coordinates."))
    if kinds[0].place is None:
        longitude, latitude = PLACE
        raise KflyError(
            _(
                "{kind} cannot be put on a map: that takes the number fields {longitude} and {latitude}.",
                kind=kinds[0].label.spoken,
                longitude=longitude,
                latitude=latitude,
            )
        )


def find_point(record: dict[str, Value]) -> list[float] | None:
    """Find where a record lies, the longitude first; None where it does not say, or says what is no place."""
    point = [value for name in PLACE if isinstance(value := record.get(name), int | float)]
    if len(point) < len(PLACE) or any(abs(at) > most for at, most in zip(point, _MOST, strict=True)):
        return None
    return point


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
