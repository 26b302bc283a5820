"""The house keeps its shape: imports run one way, SQL lives in one folder, no code names a single kind."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import kfly
from kfly.registry.kinds import read_standing_kinds

PACKAGE = Path(kfly.__file__).parent
GROUND = {"errors", "clock", "locale", "stopping"}
MAY_IMPORT = {
    "commands": {
        *("commands", "cli", "services", "reports", "console", "configuration", "mail"),
        *("registry", "drafting", "store", "progress", "plan", "workbook", *GROUND),
    },
    "cli": {"cli", "services", "console", "plan", *GROUND},
    "services": {
        *("services", "registry", "drafting", "store", "progress", "plan", "configuration", "mail", *GROUND),
    },
    "reports": {"reports", "console", "drafting", "progress", "plan", "mail", "workbook", *GROUND},
    "console": {"console", *GROUND},
    "progress": {"progress", "plan"},
    "configuration": {"configuration", "mail", "plan", *GROUND},
    "mail": {"mail", *GROUND},
    "workbook": {"workbook", "plan", *GROUND},
    "registry": {"registry", "store", "plan", "workbook", *GROUND},
    "drafting": {"drafting", "registry", "plan", "workbook", *GROUND},
    "store": {"store", "plan", *GROUND},
    "plan": {"plan", "mail", *GROUND},
    "locale": {"locale"},
    "errors": {"locale"},
    "clock": set(),
    "stopping": set(),
    "__main__": {"cli", "locale", "stopping"},
    "__init__": set(),
}
SQL = re.compile(
    r"\b(SELECT\b.*\bFROM|INSERT INTO|UPDATE\b.*\bSET|DELETE FROM|PRAGMA|CREATE TABLE)\b", re.DOTALL
)


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def room(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported(tree: ast.AST) -> Iterator[str]:
    """The rooms of kfly that a module imports, wherever in it the import stands."""
    for node in ast.walk(tree):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module == "kfly":
            names = [f"kfly.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module]
        yield from (name.split(".")[1] for name in names if name.startswith("kfly."))


def texts(tree: ast.AST) -> Iterator[str]:
    """The string constants of a module that are not docstrings."""
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield node.value


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_run_one_way(path: Path) -> None:
    arrows = set(imported(ast.parse(path.read_text(encoding="utf-8")))) - {"__version__"}
    assert arrows <= MAY_IMPORT[room(path)]


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_sql_lives_in_the_store(path: Path) -> None:
    if room(path) == "store":
        return
    assert [text for text in texts(ast.parse(path.read_text(encoding="utf-8"))) if SQL.search(text)] == []


def test_only_the_plans_views_name_kinds_and_in_one_place() -> None:
    kinds = {kind.name for kind in read_standing_kinds()} | {kind.command for kind in read_standing_kinds()}
    kinds -= {"operator", "evaluation", "figure"}  # also the words for >=, the plan's grades, any number
    naming = {
        (path.name, text)
        for path in modules()
        for text in texts(ast.parse(path.read_text(encoding="utf-8")))
        if text in kinds and path.name != "known_kinds.py"
    }
    assert naming == set()
