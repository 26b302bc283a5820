"""A way between two processes: whole messages go out and come in, or it is known that none will."""

import os
import pickle
import select
import struct
from typing import Any

_LENGTH = struct.Struct("<Q")


class ParserEndedError(Exception):
    """The process aside has ended in the middle of its work."""


class Pipe:
    """One end of the way to another process: messages go out, messages come in."""

    def __init__(self, incoming: int, outgoing: int) -> None:
        self.incoming, self.outgoing = incoming, outgoing

    def send(self, message: object) -> None:
        """Send a message whole."""
        content = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
        rest = memoryview(_LENGTH.pack(len(content)) + content)
        while rest:
            rest = rest[os.write(self.outgoing, rest) :]

    def is_ready(self, patience: float) -> bool:
        """Tell whether a message begins to come within so many seconds, or it is known that none will."""
        return bool(select.select([self.incoming], [], [], patience)[0])

    def receive(self) -> Any:
        """Receive a message whole.

        Raises:
            ParserEndedError: nobody is there to send one.
        """
        (length,) = _LENGTH.unpack(self._read(_LENGTH.size))
        return pickle.loads(self._read(length))  # noqa: S301  (what this program itself has sent)

    def _read(self, length: int) -> bytes:
        content = bytearray()
        while len(content) < length:
            piece = os.read(self.incoming, length - len(content))
            if not piece:
                raise ParserEndedError
            content += piece
        return bytes(content)

    def close(self) -> None:
        """Close both ways."""
        for end in (self.incoming, self.outgoing):
            os.close(end)
