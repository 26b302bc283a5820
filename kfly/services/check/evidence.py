"""The check of evidence files: whether each is still there, and still what was shown."""

import os
import re
from collections.abc import Collection, Iterator
from hashlib import file_digest
from pathlib import Path
from stat import S_ISREG

from kfly.errors import explain_os_error
from kfly.locale import _
from kfly.plan.model import EvidenceFile, Plan
from kfly.plan.tasks import task_name
from kfly.services.check.findings import ERROR, KFLY, TO_FILL_IN, WARNING, Finding

TASK = "task"

_SPELLED_OUT = re.compile(rb"\\x([0-9a-f]{2})")


def check_evidence(
    files: Collection[tuple[int, int, EvidenceFile]], plan: Plan, signed: Collection[tuple[int, int]]
) -> Iterator[Finding]:
    """Find what is wrong with the evidence of the tasks that are ``signed`` off.

    A file that is gone, or another than was shown, proves nothing: an error. One that this user may not read
    may still be in order: a warning.
    """
    tasks = {(task.year, task.number): task for task in plan.tasks}
    for year, number, file in files:
        wrong = _wrong_with(file) if (year, number) in signed and (year, number) in tasks else None
        if wrong is not None:
            task = tasks[year, number]
            severity, code, message = wrong
            name = task_name(task, plan)
            reopen = (KFLY, "reopen", name, "--reason", TO_FILL_IN)
            command = (KFLY, TASK, name) if severity == WARNING else reopen
            title = task.title.spoken
            yield Finding(
                severity=severity,
                code=code,
                kind=TASK,
                id=name,
                title=title,
                message=message,
                command=command,
                label=_("The task"),
                about=(year, number, file.path),
            )


def _wrong_with(file: EvidenceFile) -> tuple[str, str, str] | None:
    try:
        path = _found(file.path)
        about = path.stat()
        if not S_ISREG(about.st_mode):  # it is not opened either: a pipe would wait for ever
            return ERROR, "evidence_missing", _("evidence {path} is no file any more", path=file.path)
        if about.st_size == file.size and _digest(path) == file.sha256:
            return None
    except (FileNotFoundError, NotADirectoryError):
        return ERROR, "evidence_missing", _("evidence {path} is missing", path=file.path)
    except OSError as error:
        why = explain_os_error(error)
        return (
            WARNING,
            "evidence_unreadable",
            _("evidence {path} cannot be read: {why}", path=file.path, why=why),
        )
    return ERROR, "evidence_changed", _("evidence {path} is not the file that was shown", path=file.path)


def _found(spelled: str) -> Path:
    """Find where a file lies; bytes of its name that are not UTF-8 were spelled out when it was recorded."""
    path = Path(spelled)
    if "\\x" not in spelled or path.exists():
        return path
    return Path(os.fsdecode(_SPELLED_OUT.sub(lambda m: bytes([int(m[1], 16)]), spelled.encode())))


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()
