"""Records as points on a map: what GeoJSON demands, and a word about those that lie nowhere."""

import json
from typing import Any

import pytest

from tests.support.runner import Cli

BUILDING = ("--town", "南闸街道", "--floor-area", "100")


@pytest.fixture
def mapped(kfly: Cli) -> Cli:
    at = ("--longitude", "120.2853", "--latitude", "31.912")
    kfly.ok("add-building", "--name", "甲楼", *BUILDING, *at, "--contact", "王小明", "--note", '"]}')
    kfly.ok("add-building", "--name", "乙楼", *BUILDING, "--longitude", "120")
    return kfly


def features(document: str) -> list[dict[str, Any]]:
    collection = json.loads(document)
    assert collection["type"] == "FeatureCollection"
    found: list[dict[str, Any]] = collection["features"]
    assert all(feature["type"] == "Feature" for feature in found)
    return found


def test_a_point_is_longitude_then_latitude_and_the_fields_are_properties(mapped: Cli) -> None:
    run = mapped("export", "building", "-o", "b.geojson")
    first, second = features((mapped.folder / "b.geojson").read_text(encoding="utf-8"))
    assert first["geometry"] == {"type": "Point", "coordinates": [120.2853, 31.912]}
    assert (first["properties"]["name"], first["properties"]["floor_area"]) == ("甲楼", 100)
    assert (second["geometry"], second["properties"]["longitude"]) == (None, 120)
    assert run.code == 0
    assert run.err == "其中1条没有坐标，其 geometry 为 null。\n"


def test_what_is_personal_is_masked_as_in_any_export(mapped: Cli) -> None:
    run = mapped("export", "building", "-o", "-", "--format", "geojson", "--redact")
    first, _second = features(run.out)
    assert first["properties"]["contact"] == "***"
    assert "王小明" not in run.out


def test_a_kind_without_records_is_an_empty_map(kfly: Cli) -> None:
    assert features(kfly.ok("export", "building", "-o", "-", "--format", "geojson")) == []


@pytest.mark.parametrize(
    ("kinds", "message"),
    [
        (("talent",), "高层次人才无法上图：须有数值字段 longitude 和 latitude。"),
        (("building", "talent"), "一个 GeoJSON 文件只能容纳一类记录；请指定一类有坐标的台账。"),
    ],
)
def test_what_cannot_be_put_on_a_map_is_refused_and_no_file_is_made(
    mapped: Cli, kinds: tuple[str, ...], message: str
) -> None:
    run = mapped("export", *kinds, "-o", "x.geojson")
    assert (run.code, run.err) == (1, message + "\n")
    assert not (mapped.folder / "x.geojson").exists()


def test_an_existing_file_and_the_database_stay(mapped: Cli) -> None:
    (mapped.folder / "b.geojson").write_text("mine", encoding="utf-8")
    assert mapped("export", "building", "-o", "b.geojson").code == 1
    assert (mapped.folder / "b.geojson").read_text(encoding="utf-8") == "mine"
    assert mapped("export", "building", "-o", str(mapped.db), "--format", "geojson", "--force").code == 1
    assert mapped("export", "building", "-o", "b.geojson", "--force").code == 0


def test_it_is_not_read_in_again(mapped: Cli) -> None:
    mapped("export", "building", "-o", "b.geojson")
    run = mapped("import", "building", "b.geojson")
    assert run.code == 1
    assert ".jsonl" in run.err
