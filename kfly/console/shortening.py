"""Lines that quote what people typed, cut to a length that can still be read."""

from kfly.locale import _

MOST = 300  # characters of a line about an error
HEAD, TAIL = 130, 110  # of its beginning, which says where and what, and of its end, which says what to do
_REACH = 40  # characters in which a better place for a cut is looked for
_BREAKS = frozenset(" ,，、;；:：。/|“”\t\u3000")


def shorten(line: str) -> str:
    """Cut the middle out of a line that is too long, at places where words end, and say how much it was.

    The beginning says where the fault is, the end what to do; what is long is what was quoted between them.
    """
    if len(line) <= MOST:
        return line
    start = next((at for at in range(HEAD, HEAD - _REACH, -1) if line[at - 1] in _BREAKS), HEAD)
    last = len(line) - TAIL
    end = next((at for at in range(last, last + _REACH) if line[at - 1] in _BREAKS), last)
    return line[:start] + _("… ({n} characters left out) …", n=f"{end - start:,}") + line[end:]
