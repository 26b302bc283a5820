"""The signs that Python's codec for GB18030 decodes by the table of 2000: to code points of private use.

The standard has given each of these codes a sign of Unicode since. The table follows the mapping of
GB 18030-2022, as the Encoding Standard has it (https://encoding.spec.whatwg.org/index-gb18030.txt), which
reads the unassigned A3A0 as the blank it stands for in older files. findings/python-gb18030-table.sh shows
what the codec does.
"""

import re

_BY_CODE = {
    "A3A0": "\u3000",
    **dict(zip(("A6D9", "A6DA", "A6DB", "A6DC", "A6DD", "A6DE", "A6DF"), "︐︒︑︓︔︕︖", strict=True)),
    **dict(zip(("A6EC", "A6ED", "A6F3"), "︗︘︙", strict=True)),
    "A8BC": "ḿ",
    **dict(zip(("FE51", "FE52", "FE53", "FE59", "FE61", "FE66"), "𠂇𠂉𠃌龴龵龶", strict=True)),
    **dict(zip(("FE67", "FE6C", "FE6D", "FE76", "FE7E", "FE90"), "龷𡗗龸𢦏龹龺", strict=True)),
    **dict(zip(("FE91", "FEA0"), "𤇾龻", strict=True)),
}
PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010fffd]")


def decode(content: bytes) -> str:
    """Decode a file in GB18030, each code to the sign that it is today.

    Raises:
        UnicodeDecodeError: it is in another encoding.
    """
    return renew(content.decode("gb18030"))


def renew(text: str) -> str:
    """Return a text that Python has decoded, each code as the sign that it is today."""
    if not PRIVATE.search(text):
        return text
    codes = {ord(bytes.fromhex(code).decode("gb18030")): sign for code, sign in _BY_CODE.items()}
    return text.translate(codes)
