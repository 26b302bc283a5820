"""Draw the README's picture, docs/status.svg, from what `kfly demo` prints on a terminal.

python docs/picture.py
"""

import html
import os
import pty
import re
import subprocess
import sys
from pathlib import Path

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

WIDTH = 116
CELL = 12.2  # rich's width of one cell
_FONTS = re.compile(r"@font-face \{[^}]*\}")  # rich's would be fetched from the network
_TEXT = re.compile(r'x="([^"]*)" y="([^"]*)" textLength="[^"]*"([^>]*>)([^<]*)')
PICTURE = Path(__file__).parent / "status.svg"


def on_a_terminal(command: list[str]) -> str:
    """What a command prints when its output is a terminal, colours and all."""
    ours, theirs = pty.openpty()
    environment = {**os.environ, "TERM": "xterm-256color", "KFLY_LANG": "zh"}
    subprocess.run(["stty", "cols", str(WIDTH), "-opost"], stdin=theirs, check=True)  # noqa: S603, S607
    process = subprocess.Popen(command, stdout=theirs, stderr=subprocess.DEVNULL, env=environment)  # noqa: S603
    os.close(theirs)
    printed = b""
    while True:
        try:
            printed += os.read(ours, 65536)
        except OSError:  # the other end is closed: all is said
            break
    process.wait()
    return printed.decode()


def _as_wide_as_its_cells(match: re.Match[str]) -> str:
    """Rich gives a Chinese character the length of one cell, and stretches the blanks ahead of it."""
    words = html.unescape(match[4])
    blanks = len(words) - len(words.lstrip("\xa0"))
    x, length = float(match[1]) + blanks * CELL, cell_len(words[blanks:]) * CELL
    return f'x="{x:.1f}" y="{match[2]}" textLength="{length:.1f}"{match[3]}{html.escape(words[blanks:])}'


def main() -> None:
    """Draw it."""
    console = Console(record=True, width=WIDTH, file=open(os.devnull, "w"))  # noqa: PTH123, SIM115
    console.print(Text.from_ansi(on_a_terminal([sys.executable, "-m", "kfly", "demo"])))
    drawn = console.export_svg(title="kfly demo")
    drawn = _FONTS.sub("", drawn)
    PICTURE.write_text(_TEXT.sub(_as_wide_as_its_cells, drawn), encoding="utf-8")


if __name__ == "__main__":
    main()
