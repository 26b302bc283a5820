"""Texts that some program has read in the wrong encoding: 鍗庡＋ or åŽå£« where 华士 was written."""

import codecs
import re
from collections.abc import Callable, Iterable
from functools import cache

from kfly.registry.sheets.gb18030 import PRIVATE
from kfly.registry.sheets.grid import MISREAD, UNASSIGNED, Cell, Flaw

Judge = Callable[[str], Flaw | None]

# What a file in Big5, or in an encoding of another script, is full of when it is read as GB18030:
# frames and blocks, letters with accents, and those of Greek, Cyrillic, Japanese and Chinese phonetic script.
_DRAWN = "[\u2500-\u259f]"
_FOREIGN = (
    "[\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u0251\u0261\u0370-\u03ff\u0400-\u052f\u1e00-\u1e3e\u1e40-\u1eff"
    "\u3041-\u30fa\u30fd-\u312f\u31a0-\u31bf]"
)
_CHINESE = re.compile("[\u3400-\u9fff]")
_MAY_STAND_ALONE = re.compile("[\u0370-\u03ffの]")  # α稳定性, 5 kΩ, 鲜の每日

_WINDOWS = "€‚ƒ„…†‡ˆ‰Š‹Œ‘’“”•–—˜™š›œŽžŸ"  # the signs of Windows-1252 where Latin-1 has none
_LATIN_RUN = re.compile(f"[\u0080-\u00ff{_WINDOWS}]+")
_RUN = re.compile("[^\\x00-\\x7f]+")
_BESIDE_CHINESE = re.compile("[\u2013-\u2026\u3000-\u303f\uff00-\uffef]")
_LEAST = 2  # signs that must come to light; fewer may be chance
_THREE = re.compile(rb"(?:[\xe4-\xe9][\x80-\xbf]{2}){3}")  # Chinese signs, where bytes before are lost
_LOST = "锟斤拷"  # as GBK shows the bytes of the sign for what could not be read


def find_judge(text: str, *, gb18030: bool) -> Judge | None:
    """Return what tells the flaw of each cell of a file; None where the whole text has none.

    Args:
        text: of the whole file; one look at it spares a look at each cell.
        gb18030: whether its bytes were read so, as those of nearly any other encoding can be.
    """
    if text.isascii():
        return None
    if gb18030 and (_foreign().search(text) or PRIVATE.search(text)):
        return _judge_gb18030
    return _judge_any if _may_be_misread().search(text) or _LOST in text else None


def find_flaws(cells: Iterable[Cell], judge: Judge) -> dict[int, Flaw]:
    """Return the flaws of a row, by column."""
    texts = ((at, cell) for at, cell in enumerate(cells) if isinstance(cell, str) and not cell.isascii())
    return {at: flaw for at, text in texts if (flaw := judge(text))}


@cache
def _foreign() -> re.Pattern[str]:
    return re.compile(f"{_DRAWN}|{_FOREIGN}")


@cache
def _may_be_misread() -> re.Pattern[str]:
    """Return what finds two signs in a row that bytes of Chinese make up in a wrong encoding.

    Chinese in UTF-8 is a byte of E4 to E9 and two of 80 to BF, over and over. Read two by two as GBK they
    make up few signs, and in a certain order; read one by one as Latin-1, letters with accents and signs.
    """
    high, low = range(0xE4, 0xEA), range(0x81, 0xC0)
    first, second = _signs(high, low), _signs(low, high)
    return re.compile(f"[{first}\u00a1-\u00ff][{second}\u0080-\u00ff{_WINDOWS}]")


def _signs(leads: Iterable[int], trails: Iterable[int]) -> str:
    pairs = bytes(byte for lead in leads for trail in trails for byte in (lead, trail))
    return pairs.decode("gb18030", "ignore")


def _judge_gb18030(text: str) -> Flaw | None:
    if PRIVATE.search(text):
        return Flaw(UNASSIGNED, text)
    foreign = _foreign().findall(text)
    alone = len(foreign) == 1 and _MAY_STAND_ALONE.match(foreign[0])
    drawn = any("\u2500" <= sign <= "\u259f" for sign in foreign)
    if drawn or (foreign and not alone and _CHINESE.search(text)):
        return Flaw(MISREAD, text)
    return _judge_any(text)


def _judge_any(text: str) -> Flaw | None:
    is_gbk = any(map(_is_utf8_as_gbk, _RUN.findall(text)))
    is_found = is_gbk or any(map(_is_chinese_as_latin, _LATIN_RUN.findall(text)))
    return Flaw(MISREAD, text) if is_found else None


def _is_utf8_as_gbk(run: str) -> bool:
    """Tell whether signs are as GBK shows the bytes of Chinese in UTF-8, or those of signs that were lost."""
    if _LOST in run:
        return True
    try:
        content = run.encode("gb18030")
    except UnicodeEncodeError:
        return False
    return _is_chinese(_decode_begin(content, "utf-8"), _LEAST) or bool(_THREE.search(content))


def _is_chinese_as_latin(run: str) -> bool:
    """Tell whether signs are as Windows-1252 or Latin-1 shows the bytes of Chinese."""
    content = b"".join(sign.encode("cp1252" if sign in _WINDOWS else "latin-1") for sign in run)
    if _is_chinese(_decode_begin(content, "utf-8"), 1):
        return True
    return len(run) >= 2 * _LEAST and _is_chinese(_decode_begin(content, "gb2312"), _LEAST)


def _decode_begin(content: bytes, encoding: str) -> str:
    """Decode bytes, whose last sign may be cut off; to nothing if they are in another encoding."""
    try:
        return codecs.getincrementaldecoder(encoding)().decode(content)
    except UnicodeDecodeError:
        return ""


def _is_chinese(text: str, least: int) -> bool:
    """Tell whether a text is Chinese, with so many signs of it at least."""
    plain = _BESIDE_CHINESE.sub("", text)
    return len(plain) >= least and all("\u4e00" <= sign <= "\u9fff" for sign in plain)
