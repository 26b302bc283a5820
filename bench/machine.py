"""What the figures were measured on: facts that matter, and none that name anybody."""

import os
import platform
import re
import sqlite3
import subprocess
from pathlib import Path

from results import Facts
from workshop import ROOT

GIBIBYTE = 1 << 30


def describe_machine() -> Facts:
    """Describe processor, memory, system and the versions that count."""
    return {
        "processor": _name_processor(),
        "processors": os.cpu_count() or 1,
        "memory": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / GIBIBYTE),
        "system": platform.system(),
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
    }


def describe_program() -> str:
    """Return the version of what is checked out here, and its commit."""
    text = (ROOT / "kfly" / "__init__.py").read_text(encoding="utf-8")
    version = re.search(r'__version__ = "(.*)"', text)
    asked = ["git", "-C", str(ROOT), "rev-parse", "--short=7", "HEAD"]
    commit = subprocess.run(asked, check=True, capture_output=True, text=True).stdout.strip()
    return f"{version[1] if version else ''} ({commit})"


def _name_processor() -> str:
    facts = Path("/proc/cpuinfo")
    lines = facts.read_text(encoding="utf-8").splitlines() if facts.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()
