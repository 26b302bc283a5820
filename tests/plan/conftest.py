from pathlib import Path

import pytest

from tests.support.other_city import KINDS, OtherCity


@pytest.fixture(scope="session")
def few_kinds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("registry") / "kinds.yaml"
    path.write_text(KINDS, encoding="utf-8")
    return path


@pytest.fixture
def city(tmp_path: Path, few_kinds: Path) -> OtherCity:
    return OtherCity(tmp_path, few_kinds)
