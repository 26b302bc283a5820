"""The documents are true: they name commands, files and options that exist."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from kfly.cli.catalogue import COMMANDS
from kfly.registry.kinds import read_standing_kinds
from tests.support import ROOT

READMES = [ROOT / "README.md", ROOT / "README.zh.md"]
DOCUMENTS = [*READMES, ROOT / "CHANGELOG.md", *(ROOT / "docs").glob("*.md"), *(ROOT / "docs/zh").glob("*.md")]


@pytest.mark.slow
def test_generated_documents_are_up_to_date() -> None:
    made = subprocess.run(
        [sys.executable, "docs/generate.py", "--check"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert made.stderr == ""
    assert made.returncode == 0


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_command_that_a_document_names_exists(document: Path) -> None:
    known = (
        {entry.name for entry in COMMANDS} | {kind.command for kind in read_standing_kinds()} | {"add-tenant"}
    )
    code = re.findall(r"`[^`\n]+`|```.*?```", document.read_text(encoding="utf-8"), re.DOTALL)
    words = {name for snippet in code for name in re.findall(r"\bkfly ([a-z][a-z-]*)", snippet)}
    named = {word for word in words if not word.endswith("-")}  # add-… stands for all of them
    assert named - known == set()


@pytest.mark.parametrize("readme", READMES, ids=lambda path: path.name)
def test_the_readme_lists_every_command(readme: Path) -> None:
    listed = re.findall(r"`kfly ([a-z]+)", readme.read_text(encoding="utf-8"))
    assert {entry.name for entry in COMMANDS} - set(listed) == set()


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_leads_to_a_file(document: Path) -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)\)", document.read_text(encoding="utf-8"))
    assert [link for link in links if not (document.parent / link).exists()] == []


@pytest.mark.parametrize("words", ["kfly init && kfly status --as-of 2022-06-30", "pytest"])
@pytest.mark.parametrize("readme", READMES, ids=lambda path: path.name)
def test_the_readme_has_one_complete_command_for_each_purpose(readme: Path, words: str) -> None:
    written = readme.read_text(encoding="utf-8").splitlines()
    lines = [line for line in written if line.startswith("python3 -m venv") and line.endswith(words)]
    assert len(lines) == 1
    assert "pip install" in lines[0]


def test_each_folder_that_the_architecture_names_is_there_and_no_other() -> None:
    named = set(
        re.findall(r"^  (\w+)/ ", (ROOT / "docs/architecture.md").read_text(encoding="utf-8"), re.MULTILINE)
    )
    there = {path.name for path in (ROOT / "kfly").iterdir() if path.is_dir() and path.name != "__pycache__"}
    assert named == there
