"""The signs of what people type: several forms of one digit, footnote marks, marks that nobody sees."""

from unicodedata import category, decomposition, normalize

# Marks without width that say nothing: soft hyphens, joiners, marks of byte order.
UNSEEN = "".join(
    map(chr, (0xAD, 0x180E, *range(0x200B, 0x200E), *range(0x2060, 0x2066), *range(0x206A, 0x2070), 0xFEFF))
)
# Marks of the direction of writing. Within a text they change what is seen, and the screen spells them out.
_DIRECTION = "\u061c\u200e\u200f"
# What can stand around a value and says nothing: these, and the blanks of every script.
BLANKS = (
    "".join(map(chr, (*range(9, 14), *range(28, 33), 0x85, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x2028)))
    + "\u2029\u202f\u205f\u3000"
    + UNSEEN
    + _DIRECTION
)
JOINER = "\u200d"

_GONE = dict.fromkeys(map(ord, UNSEEN))
_RAISED = ("<super>", "<sub>", "<circle>", "<fraction>")
_ENCLOSED = ("<compat>", "<noBreak>")  # ⑴ and ⒈ are written as (1) and 1., as … is as ...
_SQUARED = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉", "01234567890123456789", strict=True))


def take_out_unseen(text: str) -> str:
    """Return a text without marks that have no width; those that join two pictures into one stay: 👩‍👦."""
    first, *others = text.split(JOINER)
    whole = first.translate(_GONE)
    for other in others:
        part = other.translate(_GONE)
        joins = whole and part and _is_pictured(whole[-1]) and _is_pictured(part[0])
        whole += f"{JOINER}{part}" if joins else part
    return whole


def normalise(text: str) -> str:
    """Turn full-width letters and digits into plain ones and ``㎡`` into ``m2``; strip the blanks around.

    Footnote marks stay what they are: the ``①`` of ``52000①`` is no digit.
    """
    if text.isascii():
        return text.strip()
    plain = normalize("NFKC", text)
    if plain != text and any(map(_is_mark, text)):
        signs = (sign if _is_mark(sign) else normalize("NFKC", sign) for sign in text)
        plain = normalize("NFC", "".join(signs))
    return plain.strip()


def write_powers(unit: str) -> str:
    """Return a unit with plain digits for its powers: ``m²`` as ``m2``, but ``²`` alone as it is."""
    if unit.isascii():
        return unit
    written = ""
    for sign in unit:
        written += _SQUARED.get(sign, sign) if written[-1:].isascii() and written[-1:].isalpha() else sign
    return written


def _is_pictured(sign: str) -> bool:
    return sign == "\ufe0f" or category(sign) in ("So", "Sk")


def _is_mark(sign: str) -> bool:
    """Tell whether a sign only looks like digits or letters: ``²``, ``①``, ``⒈``, ``⑴``, ``㈠``, ``½``."""
    form = "" if sign.isascii() else decomposition(sign)
    if not form.startswith(_ENCLOSED):
        return form.startswith(_RAISED)
    plain = normalize("NFKC", sign)
    return plain.startswith("(") or any(map(str.isdigit, plain))
