"""What the tests of mailing share: the command, its recipients, and what came of it."""

import sqlite3
from contextlib import closing
from typing import Any

from tests.support.runner import Cli
from tests.support.smtp_servers import Kept, Mailroom

DAY = ("--as-of", "2022-12-05")
MAIL = ("overdue", "--email", *DAY)
ALL = (*MAIL, "--behind", "--soon")
OFFICE, BUREAU = "office@example.cn", "kjj@example.cn"
SUBJECT = "【督办】截至2022-12-05：逾期3项，滞后0项，临近6项，红灯目标3项，黄灯目标1项"
UNSENT, FOUND = 75, 3


def give_address(kfly: Cli, organisation: str, address: str) -> None:
    with closing(sqlite3.connect(kfly.db)) as db:
        db.execute("UPDATE organisations SET email = ? WHERE name = ?", (address, organisation))
        db.commit()


def body(message: Kept, subtype: str) -> str:
    part = message.get_body((subtype,))
    assert part is not None
    return str(part.get_content())


def recipients(room: Mailroom) -> list[str]:
    return [address for message in room.messages for address in message.rcpt_tos]


def kept(kfly: Cli) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = kfly.json("mailings")
    return found


def rename(kfly: Cli, organisation: str, english: str) -> None:
    with closing(sqlite3.connect(kfly.db)) as db:
        db.execute("UPDATE organisations SET name_en = ? WHERE name = ?", (english, organisation))
        db.commit()
