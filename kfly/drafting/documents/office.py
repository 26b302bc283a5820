"""Formats that only an office program reads: through LibreOffice, where it is installed."""

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from kfly.drafting.documents.blocks import DocumentRefusedError
from kfly.locale import _

INTO = {".doc": ".docx", ".wps": ".docx", ".odt": ".docx", ".rtf": ".docx", ".et": ".xlsx"}
_PROGRAMS = ("soffice", "libreoffice")
_PATIENCE = 120  # seconds


@contextmanager
def converting(path: Path, name: str) -> Iterator[Path]:
    """Have LibreOffice write a document in a format that is read here; the copy goes when the block ends.

    Tracked changes stay in it, and are read as in any other.

    Raises:
        DocumentRefusedError: LibreOffice is not installed, or does not read it.
    """
    suffix = INTO[path.suffix.lower()]
    program = next(filter(None, map(shutil.which, _PROGRAMS)), None)
    if program is None:
        why = _("is read only where LibreOffice is installed; open it in Word or WPS and save it as {suffix}")
        raise DocumentRefusedError(name, why.format(suffix=suffix))
    with TemporaryDirectory(prefix="kfly-") as folder:
        made = Path(folder) / "made"
        _run(
            [
                program,
                f"-env:UserInstallation={(Path(folder) / 'profile').as_uri()}",
                "--headless",
                "--convert-to",
                suffix.removeprefix("."),
                "--outdir",
                str(made),
                str(path.resolve()),
            ]
        )
        found = sorted(made.glob(f"*{suffix}")) if made.is_dir() else []
        if not found:
            why = _("LibreOffice does not read it; open it in Word or WPS and save it as {suffix}")
            raise DocumentRefusedError(name, why.format(suffix=suffix))
        yield found[0]


def _run(command: list[str]) -> None:
    """Run LibreOffice; what it cannot read shows in what it has not written."""
    try:
        subprocess.run(  # noqa: S603  (a fixed program; the file's name is one word of its own)
            command, capture_output=True, timeout=_PATIENCE, check=False, stdin=subprocess.DEVNULL
        )
    except (OSError, subprocess.TimeoutExpired):
        return
