"""The screen: its width, what may be printed on it, and the ways out to stdout and stderr."""

import os
import re
import shutil
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from itertools import chain, islice
from typing import Any, BinaryIO, cast

from rich.console import Console, RenderableType
from rich.text import Text

from kfly.console import pager
from kfly.console.widths import count_cells
from kfly.errors import KflyError, ReaderGoneError, explain_os_error
from kfly.locale import _
from kfly.locale.encoding import read_bytes

PIPE_WIDTH = 100
NARROWEST = 40
MOST_PARTS = 1 << 14  # words and signs of a JSON document that are written in one go
MOST_IN_MEMORY = 1 << 24  # bytes of a file on its way to stdout

# Control characters move the cursor or change the colour; bidirectional ones turn the line around; the line
# and paragraph separators would begin a line that looks like kfly's own. JSON itself spells out the first 32.
_BEYOND_JSON = {code: f"\\x{code:02x}" for code in range(0x7F, 0xA0)} | {
    code: f"\\u{code:04x}"
    for code in (0x061C, 0x200E, 0x200F, *range(0x2028, 0x202F), *range(0x2066, 0x206A))
}
_UNPRINTABLE = {code: f"\\x{code:02x}" for code in range(0x20) if code != ord("\n")} | _BEYOND_JSON
_IN_JSON = {code: f"\\u{code:04x}" for code in _BEYOND_JSON}
_ANY_IN_JSON = f"[{''.join(map(chr, _IN_JSON))}]"

# A number or a word of letters stays whole, a closing sign stays with what it closes, an opening one with
# what it opens, a light with what it shines on; every other character may begin a line.
_OPENING = r"[（《“‘「\[(≥≤>]"
_CLOSING = r"[，。、；：？！）》”’」…,.;:?!%\])]"
_PIECE = rf"(?:[✓✗●▲■◆] )?{_OPENING}*(?:[!-~²]+|.){_CLOSING}*| +"


def measure_width() -> int:
    """Return the terminal's columns; in a pipe ``COLUMNS`` if it is set, else 100."""
    asked = os.environ.get("COLUMNS", "")
    if sys.stdout.isatty():
        try:
            return max(os.get_terminal_size(sys.stdout.fileno()).columns or PIPE_WIDTH, NARROWEST)
        except OSError:
            return PIPE_WIDTH
    return max(int(asked), NARROWEST) if asked.isascii() and asked.isdigit() else PIPE_WIDTH


class _Screen(Console):
    """A console that draws its frames in every encoding: what that lacks is replaced as it is written."""

    @property
    def encoding(self) -> str:
        """Say that every sign may be used."""
        return "utf-8"


def make_console() -> Console:
    """Make a console that prints text as it is: no markup, no highlighting, no emoji codes."""
    # Without a height, Rich takes every terminal that calls itself dumb for one of 80 columns.
    return _Screen(width=measure_width(), height=25, markup=False, highlight=False, emoji=False)


def make_printable(value: str) -> str:
    """Make a text's control characters visible, so that a name can do nothing but show itself."""
    if value.isprintable():  # asked of all that is shown: most texts have nothing to be made visible
        return value
    return read_bytes(value).translate(_UNPRINTABLE)


def text(value: str, style: str = "") -> Text:
    """Make text for the screen, or for a table's cell."""
    return Text(make_printable(value), style=style, overflow="fold")


@contextmanager
def paged() -> Iterator[None]:
    """Take all that is printed inside for one output; one longer than the terminal is shown by a pager."""
    with _guarding_output(done=False), pager.paging():
        yield


def show(*parts: RenderableType, done: bool = False) -> None:
    """Print what a command found, or has ``done``. A pipe gets no blanks at the ends of lines."""
    with nullcontext() if done else paged(), _guarding_output(done=done):
        screen = make_console()
        with screen.capture() as captured:
            for part in parts:
                screen.print(_within(part, screen.width), crop=False)  # each part fits: nothing is cut
        printed = captured.get()
        if not sys.stdout.isatty():
            printed = "\n".join(line.rstrip() for line in printed.split("\n"))
        pager.write(printed)


def begin_with(sentence: str) -> None:
    """Put a sentence, and an empty line, before all that is printed; JSON and files do without."""
    pager.begin_with(wrap(make_printable(sentence), measure_width()) + "\n\n")


def say(*messages: str, done: bool = True) -> None:
    """Print sentences about what was, or is to be, ``done``: a line each, whatever the names in it hold."""
    cells = measure_width()
    with _guarding_output(done=done):
        for message in messages:
            pager.write(wrap(make_printable(message.replace("\n", "\\n")), cells) + "\n")


def _within(part: RenderableType, cells: int) -> RenderableType:
    """Break a paragraph into lines of the screen's width; anything else knows its own."""
    if isinstance(part, str):
        part = text(part)
    if isinstance(part, Text) and not part.spans:
        return Text(wrap(part.plain, cells), style=part.style)
    return part


def complain(lines: Iterable[str]) -> None:
    """Print an error on stderr, each fault on a line of its own; a quotation that is too long is cut.

    Nobody can be told where stderr itself cannot be written: the exit code has to say it then.
    """
    from kfly.console.shortening import shorten  # most runs have nothing to complain of

    with suppress(OSError):
        for line in lines:
            sys.stderr.write(shorten(make_printable(line).replace("\n", "\\n")) + "\n")


class Stream(list[Any]):
    """A list in a JSON document that is made while it is printed, and never there as a whole."""

    def __init__(self, items: Iterable[Any]) -> None:
        super().__init__()
        self._items = iter(items)
        self._first = list(islice(self._items, 1))

    def __bool__(self) -> bool:
        return bool(self._first)

    def __iter__(self) -> Iterator[Any]:
        return chain(self._first, self._items)


def show_json(document: Any, *, done: bool = False) -> None:
    """Print one JSON document, UTF-8 whatever the locale says; ``done`` as for :func:`show`.

    Lists of it may be a :class:`Stream` each, of which one item at a time is in memory.

    Raises:
        ValueError: a number of it is infinite; JSON has none such.
    """
    import json

    parts = json.JSONEncoder(ensure_ascii=False, indent=2, allow_nan=False).iterencode(document)
    with _guarding_output(done=done):
        sys.stdout.flush()
        for printed in _joined(chain(parts, "\n")):
            # A lone surrogate is no text; JSON spells it out in the same way.
            sys.stdout.buffer.write(_spell_out(printed).encode(errors="backslashreplace"))


def _spell_out(printed: str) -> str:
    """Spell out what may not stand in JSON as it is: it is rare, and looking is faster than translating."""
    return printed.translate(_IN_JSON) if re.search(_ANY_IN_JSON, printed) else printed


def _joined(parts: Iterator[str]) -> Iterator[str]:
    """Join the parts into pieces worth writing; a small document is one: printed whole, or not at all."""
    while piece := "".join(islice(parts, MOST_PARTS)):
        yield piece


@contextmanager
def stdout_bytes() -> Iterator[BinaryIO]:
    """Collect a file's bytes and write them to stdout once it is complete; a terminal gets only text.

    Raises:
        KflyError: a terminal would have to show what is no text.
    """
    from tempfile import SpooledTemporaryFile  # most commands print no file

    with SpooledTemporaryFile(MOST_IN_MEMORY) as collected:
        yield cast(BinaryIO, collected)
        collected.seek(0)
        with _guarding_output(done=False):
            sys.stdout.flush()
            if not sys.stdout.isatty():
                shutil.copyfileobj(collected, sys.stdout.buffer)
                return
            try:
                shown = collected.read().decode("utf-8-sig").replace("\r\n", "\n")
            except UnicodeDecodeError:
                raise KflyError(_("A terminal cannot show a workbook; name a file with --output.")) from None
            sys.stdout.write(make_printable(shown))


@contextmanager
def _guarding_output(*, done: bool) -> Iterator[None]:
    """Write out now what is printed inside, so that a failure is not blamed on the file being read.

    When the command has done its work already, that must not look like a refusal.
    """
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        raise ReaderGoneError from None
    except OSError as error:
        if not done:
            raise KflyError(_("The output cannot be written: {why}.", why=explain_os_error(error))) from None
        complain([_("It is done, but the output cannot be written: {why}.", why=explain_os_error(error))])


def wrap(text: str, width: int) -> str:
    """Break a text into lines of at most ``width`` cells; only blanks at a break are lost."""
    return "\n".join(line for paragraph in text.split("\n") for line in _lines(paragraph, width))


def widest_piece(text: str) -> int:
    """Return the width of the longest number or word: a narrower column would tear it."""
    return max(map(count_cells, re.findall(_PIECE, text, re.DOTALL)), default=0)


def _lines(text: str, width: int) -> list[str]:
    if count_cells(text) <= width:
        return [text]
    lines, line, used = [], "", 0
    for piece in _pieces(text, width):
        size = count_cells(piece)
        if used + size > width:
            if line.strip():
                lines.append(line.rstrip())
            line, used = "", 0
            if piece.isspace():
                continue
        line += piece
        used += size
    return [*lines, line]


def _pieces(text: str, width: int) -> list[str]:
    """Split a text into pieces that stay whole; only one wider than the column is broken, sign by sign."""
    pieces = []
    for piece in re.findall(_PIECE, text, re.DOTALL):
        pieces += [piece] if count_cells(piece) <= width else list(piece)
    return pieces
