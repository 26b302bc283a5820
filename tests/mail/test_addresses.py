"""E-mail addresses as people write them: what is taken, what is refused, and that none adds a header line."""

import email
import email.policy
from email.headerregistry import AddressHeader
from email.message import EmailMessage

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kfly.errors import KflyError
from kfly.mail.addresses import Mailbox, fit_for_header, make_mailbox, parse_mailbox

TAKEN = {
    "a@b.cn": Mailbox("", "a@b.cn"),
    "  a@b.cn ": Mailbox("", "a@b.cn"),
    "<a@b.cn>": Mailbox("", "a@b.cn"),
    "张三 <z@b.cn>": Mailbox("张三", "z@b.cn"),
    "张三<z@b.cn>": Mailbox("张三", "z@b.cn"),
    '"张三, 科长" <z@b.cn>': Mailbox("张三, 科长", "z@b.cn"),
    "root@localhost": Mailbox("", "root@localhost"),
    "First.Last+kfly@Mail.B.CN": Mailbox("", "First.Last+kfly@mail.b.cn"),
    "z@例子.中国": Mailbox("", "z@xn--fsqu00a.xn--fiqs8s"),
    "督查室（一科） <d@b.cn>": Mailbox("督查室（一科）", "d@b.cn"),
    "\U00031350某 <d@b.cn>": Mailbox(
        "\U00031350某", "d@b.cn"
    ),  # a rare name, newer than many a Unicode table
}
REFUSED = {
    "": "the domain, such as @example.cn, is missing",
    "   ": "the domain, such as @example.cn, is missing",
    "zhang": "the domain, such as @example.cn, is missing",
    "zhang@": "the domain, such as @example.cn, is missing",
    "张三": "the domain, such as @example.cn, is missing",
    "@b.cn": "before the @ only ASCII letters, digits and signs such as . _ - can stand",
    "张三@b.cn": "before the @ only ASCII letters, digits and signs such as . _ - can stand",
    "a b@b.cn": "before the @ only ASCII letters, digits and signs such as . _ - can stand",
    "a..b@b.cn": "before the @ only ASCII letters, digits and signs such as . _ - can stand",
    '"a b"@b.cn': "before the @ only ASCII letters, digits and signs such as . _ - can stand",
    f"{'a' * 65}@b.cn": "before the @ only ASCII letters, digits and signs such as . _ - can stand",
    "a@b cn": "what follows the @ is no domain",
    "a@-b.cn": "what follows the @ is no domain",
    "a@b..cn": "what follows the @ is no domain",
    "a@b.cn.": "what follows the @ is no domain",
    "a@[127.0.0.1]": "what follows the @ is no domain",
    f"a@{'中' * 64}.cn": "what follows the @ is no domain",
    f"a@{'b.' * 130}cn": "what follows the @ is no domain",
    "a@b.cn, c@d.cn": "more than one stands there; give each by itself",
    "a@b.cn;c@d.cn": "more than one stands there; give each by itself",
    "a@b.cn、c@d.cn": "more than one stands there; give each by itself",
    "张三 <a@b.cn>, 李四 <c@d.cn>": "more than one stands there; give each by itself",
    "张三 <a@b.cn>李四 <c@d.cn>": "more than one stands there; give each by itself",
    "张三, 李四 <c@d.cn>": "more than one stands there; give each by itself",
    "a@b.cn <c@d.cn>": "more than one stands there; give each by itself",
    '"张三 <a@b.cn>': 'a name cannot hold " \\ =?',
    r'"say \"hi\"" <z@b.cn>': 'a name cannot hold " \\ =?',
    "=?utf-8?q?a=40b=2Ecn=2C?= <a@b.cn>": 'a name cannot hold " \\ =?',
    f"{'张' * 61} <a@b.cn>": "the name is longer than 60 signs",
    "a@b.cn\nBcc: c@d.cn": "it holds the character U+000A, which cannot be seen",
    "a@b.cn\n": "it holds the character U+000A, which cannot be seen",
    "张三\r\nBcc: c@d.cn <a@b.cn>": "it holds the character U+000D, which cannot be seen",
    "张\x85三 <a@b.cn>": "it holds the character U+0085, which cannot be seen",
    "张\u2028三 <a@b.cn>": "it holds the character U+2028, which cannot be seen",
    "a\u200b@b.cn": "it holds the character U+200B, which cannot be seen",
    "张\u202e三 <a@b.cn>": "it holds the character U+202E, which cannot be seen",
    "a\x00@b.cn": "it holds the character U+0000, which cannot be seen",
    "a\udcff@b.cn": "it holds the character U+DCFF, which cannot be seen",
}


@pytest.mark.parametrize("written", TAKEN)
def test_an_address_is_read_as_people_write_it(written: str) -> None:
    assert parse_mailbox(written) == TAKEN[written]


@pytest.mark.parametrize("written", REFUSED)
def test_what_is_none_is_refused_with_the_reason(written: str) -> None:
    with pytest.raises(KflyError) as refusal:
        parse_mailbox(written)

    message = str(refusal.value)
    assert message.endswith(f" is no e-mail address: {REFUSED[written]}.")
    assert len(message) < 200


def test_an_url_that_has_strayed_here_is_not_repeated() -> None:
    with pytest.raises(KflyError) as refusal:
        parse_mailbox("smtp://user:secret@mail.b.cn")

    assert "secret" not in str(refusal.value)


@pytest.mark.parametrize("box", [*TAKEN.values()], ids=str)
def test_what_is_shown_of_it_reads_as_the_same(box: Mailbox) -> None:
    assert parse_mailbox(str(box)) == box


# Anything at all, and what is nearly an address.
PIECES = st.sampled_from(
    [*"<>@,;:\"\\()[].'", " ", "\n", "\r\n ", "\x0b", "\u2028", "Bcc: x@y.cn", "=?utf-8?q?=0A?="]
)
NEARLY = st.builds(
    lambda name, local, domain: f"{name}<{local}@{domain}>",
    st.lists(PIECES | st.text(max_size=30), max_size=5).map("".join),
    st.text("abcXYZ019.!#$%&'*+/=?^_`{|}~-", min_size=1, max_size=20),
    st.text("abc例子.-", min_size=1, max_size=12),
)
QUOTED = st.builds(
    '"{}" <{}@b.cn>'.format,
    st.text("ab ,<>@;:()张三.=?_-", max_size=70) | st.text(max_size=70),
    st.text("abc", min_size=1, max_size=64),
)


@settings(deadline=None, max_examples=100)
@given(st.text() | NEARLY | QUOTED)
@example('"' + "a, b " * 12 + '" <a@b.cn>')
@example('"' + "张三, <x@y.cn>, " * 4 + '" <a@b.cn>')
def test_no_mailbox_adds_a_header_line_or_a_recipient(written: str) -> None:
    try:
        box = parse_mailbox(written)
    except KflyError:
        return
    message = EmailMessage(policy=email.policy.SMTP)
    message["To"] = box.for_header()
    message["Subject"] = "s"
    message.set_content("body")

    read = email.message_from_bytes(message.as_bytes(), policy=email.policy.SMTP)

    assert read.keys() == message.keys()
    assert read["Bcc"] is None
    header = read["To"]
    assert isinstance(header, AddressHeader)
    assert [address.addr_spec for address in header.addresses] == [box.address]


@settings(deadline=None, max_examples=100)
@given(st.text() | NEARLY | QUOTED)
def test_what_is_shown_of_a_mailbox_is_fit_for_header(written: str) -> None:
    try:
        shown = str(parse_mailbox(written))
    except KflyError as refusal:
        shown = str(refusal)
        if "U+" in shown:
            return  # what is refused for such a character is shown with it; the screen spells it out
    assert len(shown.splitlines()) == 1


@pytest.mark.slow
@settings(deadline=None, max_examples=100)
@given(st.lists(PIECES | st.text(max_size=30) | st.text("ab ,<>@;:()张三.=?_-", max_size=70)).map("".join))
@example("=\\?utf-8?q?x=40y.cn=2C?=")
@example("张三, <x@y.cn>, " * 9)
@example("\x00\ud800\u202e")
def test_any_name_at_all_stands_before_the_one_address(name: str) -> None:
    box = make_mailbox(name, "a@b.cn")
    message = EmailMessage(policy=email.policy.SMTP)
    message["To"] = [box.for_header()]
    message["Subject"] = fit_for_header(name)
    message.set_content("body")

    read = email.message_from_bytes(message.as_bytes(), policy=email.policy.SMTP)

    assert read.keys() == message.keys()
    header = read["To"]
    assert isinstance(header, AddressHeader)
    assert [address.addr_spec for address in header.addresses] == ["a@b.cn"]
    assert len(box.name) <= 60
    assert not box.name or parse_mailbox(f'"{box.name}" <a@b.cn>') == box
