"""E-mail addresses as people write them, read so that none can put a second line into a message's header."""

import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from kfly.errors import KflyError
from kfly.locale import _

if TYPE_CHECKING:
    from email.headerregistry import Address

_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LOCAL = re.compile(rf"{_ATOM}(\.{_ATOM})*")
_LABEL = r"[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_DOMAIN = re.compile(rf"{_LABEL}(\.{_LABEL})*")
_NAMED = re.compile(r"(?P<name>.*)<(?P<address>[^<>]*)>")
_QUOTED = re.compile(r'".*"')
_MUST_BE_QUOTED = re.compile(r"[<>@,;]")
_LONGEST_NAME, _LONGEST_LOCAL, _LONGEST_DOMAIN, _LONGEST_SHOWN = 60, 64, 253, 80

# Line breaks of every kind, control characters, characters that nobody sees or that reverse the line, halves
# of characters: none of them belongs in a header.
_UNSEEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}
_SEPARATORS = (",", ";", "，", "；", "、")


class Mailbox(NamedTuple):
    """An address, with its owner's name, or ``""`` for none; the domain is ASCII, in small letters."""

    name: str
    address: str

    def __str__(self) -> str:
        name = f'"{self.name}"' if _MUST_BE_QUOTED.search(self.name) else self.name
        return f"{name} <{self.address}>" if name else self.address

    def for_header(self) -> "Address":
        """Return it as the headers of a message take it; the standard library quotes and encodes the name."""
        from email.headerregistry import Address

        return Address(self.name, addr_spec=self.address)


def parse_mailbox(written: str) -> Mailbox:
    """Read one address: ``a@b.cn``, ``张三 <a@b.cn>``, ``"张三, 科长" <a@b.cn>``.

    Raises:
        KflyError: the text is no address, or more than one.
    """
    if unseen := find_unseen(written):
        raise _refusal(written, _("it holds the character {code}, which cannot be seen", code=unseen))
    text = written.strip()
    named = _NAMED.fullmatch(text)
    address = named["address"].strip() if named else text
    return Mailbox(_name(named["name"].strip(), written) if named else "", _address(address, written))


def make_mailbox(name: str, address: str) -> Mailbox:
    """Put an address and its owner's name together; whatever no header can hold is left out of the name.

    Raises:
        KflyError: the address is not one.
    """
    box = parse_mailbox(address)
    # The standard library splits a long name at its quotes and commas.
    fit = fit_for_header(name.replace('"', "").replace("\\", ""))
    return Mailbox(box.name or fit[:_LONGEST_NAME].strip(), box.address)


def fit_for_header(text: str) -> str:
    """Put a text on one line, without what nobody sees, and without what would be read as encoded signs.

    The standard library decodes ``=?utf-8?q?=0A?=`` in what it is given, and writes the line break out.
    """
    fit = "".join(" " if unicodedata.category(sign) in _UNSEEN else sign for sign in text)
    while "=?" in fit:  # what is taken out may have stood between the two
        fit = fit.replace("=?", "")
    return " ".join(fit.split())


def find_unseen(text: str) -> str | None:
    """Find the first character that cannot be seen, as ``U+000A``; None when there is none."""
    return next((f"U+{ord(sign):04X}" for sign in text if unicodedata.category(sign) in _UNSEEN), None)


def encode_domain(domain: str) -> str:
    """Return a domain in ASCII; one that is not is encoded with IDNA.

    Raises:
        ValueError: the text is no domain.
    """
    encoded = domain if domain.isascii() else domain.encode("idna").decode("ascii")
    if len(encoded) > _LONGEST_DOMAIN or not _DOMAIN.fullmatch(encoded):
        raise ValueError(domain)
    return encoded.lower()


def _name(text: str, written: str) -> str:
    quoted = _QUOTED.fullmatch(text)
    name = text[1:-1].strip() if quoted else text
    if not quoted and any(sign in name for sign in "<@,;"):
        raise _refusal(written, _several())
    # The standard library splits a long quoted name at its commas, and reads an encoded one as addresses.
    if any(sign in name for sign in ('"', "\\", "=?")):
        raise _refusal(written, _("a name cannot hold {signs}", signs='" \\ =?'))
    if len(name) > _LONGEST_NAME:
        raise _refusal(written, _("the name is longer than {most} signs", most=_LONGEST_NAME))
    return name


def _address(text: str, written: str) -> str:
    local, at, domain = text.partition("@")
    if "@" in domain or any(sign in text for sign in _SEPARATORS):
        raise _refusal(written, _several())
    if not at or not domain:
        raise _refusal(written, _("the domain, such as @example.cn, is missing"))
    if not _LOCAL.fullmatch(local) or len(local) > _LONGEST_LOCAL:
        raise _refusal(
            written, _("before the @ only ASCII letters, digits and signs such as . _ - can stand")
        )
    try:
        return f"{local}@{encode_domain(domain)}"
    except ValueError:
        raise _refusal(written, _("what follows the @ is no domain")) from None


def _several() -> str:
    return _("more than one stands there; give each by itself")


def _refusal(written: str, why: str) -> KflyError:
    # An URL that was written here by mistake may hold a password.
    shown = "…" if "://" in written else written.strip()
    if len(shown) > _LONGEST_SHOWN:
        shown = shown[: _LONGEST_SHOWN - 1] + "…"
    return KflyError(_("“{text}” is no e-mail address: {why}.", text=shown, why=why))
