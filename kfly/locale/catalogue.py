"""A compiled catalogue, of which only the messages that are asked for are read.

``gettext`` makes a dictionary of a whole file before it translates the first message, at every start. The
file holds its messages sorted (GNU gettext manual, "The Format of GNU MO Files"), so each is quickly found.
"""

from bisect import bisect_left
from pathlib import Path
from typing import Literal

_MAGIC = 0x950412DE
_COUNT_AT, _MESSAGES_AT, _TRANSLATIONS_AT = 8, 12, 16  # how many there are; where the two tables begin
_NUMBER = 4  # bytes; an entry of a table is two numbers: how long a text is, and where it begins


class Catalogue:
    """The messages of one ``.mo`` file, and their translations.

    Raises:
        OSError: the file cannot be read.
    """

    def __init__(self, path: Path) -> None:
        self._data = path.read_bytes()
        little = self._data[:_NUMBER] == _MAGIC.to_bytes(_NUMBER, "little")
        self._order: Literal["little", "big"] = "little" if little else "big"
        self._found: dict[str, str] = {}
        self._count, self._messages, self._translations = map(
            self._number, (_COUNT_AT, _MESSAGES_AT, _TRANSLATIONS_AT)
        )

    def find(self, message: str) -> str:
        """Return the translation of a message; the message itself where there is none."""
        if message not in self._found:
            self._found[message] = self._look_up(message)
        return self._found[message]

    def _look_up(self, message: str) -> str:
        wanted = message.encode(errors="surrogatepass")
        at = bisect_left(range(self._count), wanted, key=self._message)
        if at == self._count or self._message(at) != wanted:
            return message
        return self._text(self._translations, at).decode()

    def _message(self, at: int) -> bytes:
        return self._text(self._messages, at)

    def _text(self, table: int, at: int) -> bytes:
        entry = table + at * 2 * _NUMBER
        begin = self._number(entry + _NUMBER)
        return self._data[begin : begin + self._number(entry)]

    def _number(self, at: int) -> int:
        return int.from_bytes(self._data[at : at + _NUMBER], self._order)
