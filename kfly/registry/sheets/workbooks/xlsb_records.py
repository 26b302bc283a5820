"""The records of a binary workbook: a number and a length, in bytes of seven bits each, and the content.

Numbers of records and places in them are those of [MS-XLSB].
"""

from collections.abc import Iterator
from struct import unpack_from
from typing import IO

_NONE = 0xFFFFFFFF  # where a text could be


def walk_records(records: IO[bytes]) -> Iterator[tuple[int, bytes]]:
    """Yield the number and the content of each record."""
    while begins := records.read(1):
        number = begins[0]
        if number & 0x80:
            number = number & 0x7F | records.read(1)[0] << 7
        yield number, records.read(_read_length(records))


def read_text(content: bytes, at: int) -> tuple[str, int]:
    """Return a text, and where it ends."""
    (signs,) = unpack_from("<I", content, at)
    end = at + 4 + 2 * (0 if signs == _NONE else signs)
    return content[at + 4 : end].decode("utf-16-le", "replace"), end


def read_small_number(content: bytes, at: int) -> float:
    """Return a number that is kept in 30 bits: a whole one, or the front of another; perhaps a hundredth."""
    (bits,) = unpack_from("<i", content, at)
    if bits & 2:
        number: float = bits >> 2
    else:
        (number,) = unpack_from("<d", bytes(4) + (bits & ~3).to_bytes(4, "little", signed=True))
    return number / 100 if bits & 1 else number


def _read_length(records: IO[bytes]) -> int:
    length = 0
    for place in range(4):
        (seven,) = records.read(1)
        length |= (seven & 0x7F) << 7 * place
        if not seven & 0x80:
            break
    return length
