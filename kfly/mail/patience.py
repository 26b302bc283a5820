"""The time that one run of mailing may take: as people write it, and counted down."""

import re
import time
from decimal import Decimal

from kfly.errors import KflyError
from kfly.locale import _

DEFAULT_PATIENCE = 300.0  # seconds
_SHORTEST, _LONGEST = 1, 24 * 3600
_SECONDS_IN = {
    **dict.fromkeys(("s", "sec", "second", "seconds", "秒", "秒钟"), 1),
    **dict.fromkeys(("", "m", "min", "minute", "minutes", "分", "分钟"), 60),
    **dict.fromkeys(("h", "hour", "hours", "时", "小时"), 3600),
}
_WRITTEN = re.compile(r"(\d{1,6}(?:\.\d{1,3})?)\s*(\D*)", re.ASCII)


def parse_patience(value: object) -> float:
    """Read a time as seconds: ``5`` and ``5 min`` are minutes, ``90 s`` and ``1 h`` say what they are.

    Raises:
        KflyError: it is no time, or not one from a second to a day.
    """
    found = None if isinstance(value, bool) else _WRITTEN.fullmatch(str(value).strip())
    unit = _SECONDS_IN.get(found[2].strip().lower()) if found else None
    seconds = Decimal(found[1]) * unit if found and unit else Decimal(0)
    if not _SHORTEST <= seconds <= _LONGEST:
        raise KflyError(_("a time from 1 s to 24 h is expected, such as 5 min or 90 s"))
    return float(seconds)


def write_patience(seconds: float) -> str:
    """Write a time for people: in minutes where that comes out even."""
    minutes, rest = divmod(seconds, 60)
    if rest or not minutes:
        return _("{seconds} s", seconds=f"{seconds:g}")
    return _("{minutes} min", minutes=f"{minutes:g}")


class Patience:
    """The time of a run, counted from now."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._until = time.monotonic() + seconds

    @property
    def left(self) -> float:
        """The seconds that are left; 0 when there are none."""
        return max(0.0, self._until - time.monotonic())

    def wait(self, seconds: float) -> bool:
        """Wait; return False at once when the time would be over before that."""
        if seconds >= self.left:
            return False
        time.sleep(seconds)
        return True
