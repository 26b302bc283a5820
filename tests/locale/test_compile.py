"""The build step that compiles the catalogue."""

import shutil
from pathlib import Path

from kfly import locale
from kfly.locale.catalogue import Catalogue
from kfly.locale.compile import compile_catalogues

SOURCE = Path(locale.__file__).parent / "zh_CN" / "LC_MESSAGES" / "kfly.po"


def test_a_compiled_catalogue_has_the_chinese_of_each_message(tmp_path: Path) -> None:
    folder = tmp_path / "zh_CN" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    shutil.copy(SOURCE, folder)
    compile_catalogues(tmp_path)
    assert Catalogue(folder / "kfly.mo").find("Show a throwaway database with invented records.") != (
        "Show a throwaway database with invented records."
    )
