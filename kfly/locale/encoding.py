"""The encoding of the screen: GB18030 where the locale says so, also a locale that is not installed.

Only what people read on a screen, or type, is in it; JSON and files are UTF-8 everywhere.
"""

import codecs
import os
import re
import sys
from io import TextIOWrapper

READABLE = "kfly-readable"  # the name of our way with characters that an encoding lacks

# What the terminals of a Chinese office are called; GBK has all that GB2312 has, in the same bytes.
_CHINESE = {
    "gb18030": "gb18030",
    "gb180302000": "gb18030",
    "gb180302005": "gb18030",
    **dict.fromkeys(("gbk", "cp936", "ms936", "gb2312", "euccn"), "gbk"),
}

# Signs of ours that an encoding may lack, and what says nearly the same, as wide; the first that it has.
_LOOKALIKES = {
    "✓": "√v",
    "✗": "×x",
    "●": "o",
    "■": "#",
    "▲": "^",
    "◆": "*",
    "×": "x",
    "→": ">",
    "≥": ">",
    "≤": "<",
    "−": "-",
    "²": "2",
    "¥": "Y",
    "•": "*",
    "·": ".",
    "…": ".",
    "—": "-",
    "“": '"',
    "”": '"',
    "─": "-",
    "│": "|",
    "┃": "|",
    "╌": "-",
    "╭": "+",
    "╮": "+",
    "╰": "+",
    "╯": "+",
    "█": "#",
    "░": ".",
}

# Bytes of another encoding, as Python hands them on: by chance some spell a sign of two bytes in UTF-8
# (“楼” is “¥”), never a Chinese one; behind its first byte GB18030 may have a letter or a digit.
_BYTES = r"[\x80-\u07ff\udc80-\udcff][0-~\x80-\u07ff\udc80-\udcff]*"  # rarely met: compiled when it is
_UNREAD = r"[\udc80-\udcff]"
_COMPLETED = ("COMP_WORDS", "_TYPER_COMPLETE_ARGS", "_TYPER_COMPLETE_WORD_TO_COMPLETE")


class _Screen:
    """What this process reads and writes on its screen."""

    encoding = "utf-8"


def set_encoding() -> None:
    """Have the streams, the words of the command line and those of a completion follow the locale."""
    codecs.register_error(READABLE, _replace)
    _Screen.encoding = _asked_encoding() or _codec(getattr(sys.stdout, "encoding", None))
    asked_of_python = bool(os.environ.get("PYTHONIOENCODING"))
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            errors = "surrogateescape" if stream is sys.stdin else READABLE
            encoding = stream.encoding if asked_of_python else _Screen.encoding
            stream.reconfigure(encoding=encoding, errors=errors)
    sys.argv[1:] = [_read_word(word) for word in sys.argv[1:]]
    for name in _COMPLETED:
        if word := os.environ.get(name):
            os.environ[name] = read_bytes(word)


def read_bytes(text: str) -> str:
    """Read the bytes in a text that arrived without an encoding in the locale's; spell out what is none."""
    if not _has_unread(text):
        return text
    return re.sub(_BYTES, lambda found: _decode(found[0], "backslashreplace"), text)


def _has_unread(text: str) -> bool:
    try:
        text.encode()  # every text that is shown comes by here, and no pattern looks it through so quickly
    except UnicodeEncodeError:
        return re.search(_UNREAD, text) is not None
    return False


def _read_word(word: str) -> str:
    """Read a word of the command line; what is no text, or names a file as it stands, is left as it is."""
    by_chance = _Screen.encoding in _CHINESE and "\x80" <= max(word, default="") <= "\u07ff"
    if not (by_chance or _has_unread(word)) or os.path.lexists(word):
        return word
    try:
        return _decode(word, "strict")
    except UnicodeDecodeError:
        return word


def _decode(unread: str, errors: str) -> str:
    return unread.encode("utf-8", "surrogateescape").decode(_Screen.encoding, errors)


def _asked_encoding() -> str | None:
    """Return the encoding that the locale's name asks for while Python has fallen back to UTF-8.

    Python takes a locale that is not installed for ``C``, and turns to UTF-8 unasked.
    """
    if os.environ.get("PYTHONUTF8") or "utf8" in sys._xoptions or not sys.flags.utf8_mode:
        return None
    # In that fallback Python has set LC_CTYPE itself.
    name = os.environ.get("LC_ALL") or os.environ.get("LANG") or ""
    charset = name.partition("@")[0].partition(".")[2]
    return _CHINESE.get(_plain(charset))


def _codec(name: str | None) -> str:
    """Return the encoding of a stream, the largest of its family; UTF-8 for a stream that has none."""
    return _CHINESE.get(_plain(name or ""), name or "utf-8")


def _plain(name: str) -> str:
    """Take all but letters and digits out of an encoding's name, which is written in many ways."""
    return "".join(sign for sign in name.lower() if sign.isascii() and sign.isalnum())


def _replace(error: UnicodeError) -> tuple[str, int]:
    """Put something readable for characters that the encoding lacks, as wide as they are."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    text = error.object[error.start : error.end]
    return "".join(_readable(sign, error.encoding) for sign in text), error.end


def _readable(sign: str, encoding: str) -> str:
    if "\udc80" <= sign <= "\udcff":  # a byte that is no text
        return f"\\x{ord(sign) - 0xDC00:02x}"
    for like in _LOOKALIKES.get(sign, ""):
        try:
            like.encode(encoding)
        except UnicodeEncodeError:
            continue
        return like
    from unicodedata import east_asian_width  # hardly ever needed

    return "??" if east_asian_width(sign) in "WF" else "?"
