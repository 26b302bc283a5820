"""The recipes of the page run as they stand, where the library is installed."""

import re
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.support.runner import Cli

PAGE = Path(__file__).parents[2] / "docs" / "neighbours.md"
RECIPES = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)


def libraries(recipe: str) -> list[str]:
    return [name for name in re.findall(r"^import (\w+)", recipe, re.MULTILINE) if name != "sqlite3"]


@pytest.mark.slow
@pytest.mark.parametrize("recipe", RECIPES, ids=lambda recipe: libraries(recipe)[0])
def test_a_recipe_runs_as_it_stands(filled: Cli, recipe: str) -> None:
    lacking = [name for name in libraries(recipe) if find_spec(name) is None]
    if lacking:
        pytest.skip(f"not installed: {', '.join(lacking)}")
    run = subprocess.run(
        [sys.executable, "-c", recipe], cwd=filled.folder, capture_output=True, encoding="utf-8", check=False
    )
    assert (run.returncode, run.stderr) == (0, "")
    assert "63600.0" in run.stdout
