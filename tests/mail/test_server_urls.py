"""The mail server's URL: what it means, what is refused, and that nothing of a password is ever repeated."""

from dataclasses import asdict, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kfly.errors import KflyError
from kfly.mail.server import Server, parse_server

MEANT = {
    "smtp://mail.b.cn": Server("mail.b.cn", 25, "starttls"),
    "SMTP://Mail.B.cn/": Server("mail.b.cn", 25, "starttls"),
    "smtp://mail.b.cn:587": Server("mail.b.cn", 587, "starttls"),
    "smtp://mail.b.cn?starttls=off": Server("mail.b.cn", 25, "off"),
    "smtp://a%40b.cn@mail.b.cn:587": Server("mail.b.cn", 587, "starttls", "a@b.cn"),
    "smtps://a@mail.b.cn": Server("mail.b.cn", 465, "tls", "a"),
    "smtps://mail.b.cn?timeout=0.5": Server("mail.b.cn", 465, "tls", timeout=0.5),
    "smtp://localhost": Server("localhost", 25, "off"),
    "smtp://a@localhost": Server("localhost", 25, "off", "a"),
    "smtp://127.8.9.1:2525?timeout=300&starttls=required": Server("127.8.9.1", 2525, "starttls", timeout=300),
    "smtp://[::1]:2525": Server("::1", 2525, "off"),
    "smtp://[2001:db8::5]": Server("2001:db8::5", 25, "starttls"),
    "smtp://10.0.0.5": Server("10.0.0.5", 25, "starttls"),
    "smtp://例子.中国": Server("xn--fsqu00a.xn--fiqs8s", 25, "starttls"),
}
PASSWORD = "a password must not stand in it"
REFUSED = {
    "": "it must begin with smtp:// or smtps://",
    "mail.b.cn": "it must begin with smtp:// or smtps://",
    "http://mail.b.cn": "it must begin with smtp:// or smtps://",
    "smtp:mail.b.cn": "it must begin with smtp:// or smtps://",
    "user:Geheim7@mail.b.cn": "it must begin with smtp:// or smtps://",
    "smtp://": "the host is missing or is none",
    "smtp://user@": "the host is missing or is none",
    "smtp://:25": "the host is missing or is none",
    "smtp://a_b.cn": "the host is missing or is none",
    "smtp://[::1": "the host is not spelled as an URL wants it",
    "smtp://mail.b.cn:0": "the port must be a number from 1 to 65535",
    "smtp://mail.b.cn:65536": "the port must be a number from 1 to 65535",
    "smtp://mail.b.cn:mail": "the port must be a number from 1 to 65535",
    "smtp://user:Geheim7@mail.b.cn": PASSWORD,
    "smtp://user:@mail.b.cn": PASSWORD,
    "smtp://:Geheim7@mail.b.cn": PASSWORD,
    "smtps://user:Ge@heim7@mail.b.cn:465": PASSWORD,
    "smtp://user:Ge/heim7@mail.b.cn": "behind the port nothing but ?starttls= and timeout= can follow",
    "smtp://user:Ge#heim7@mail.b.cn": "behind the port nothing but ?starttls= and timeout= can follow",
    "smtp://user:25?Geheim7@mail.b.cn": "an option is not known; it takes: starttls, timeout",
    "smtp://mail.b.cn/inbox": "behind the port nothing but ?starttls= and timeout= can follow",
    "smtp://mail.b.cn?tls=1": "an option is not known; it takes: starttls, timeout",
    "smtp://mail.b.cn?timeout=1&timeout=2": "timeout is given twice",
    "smtp://mail.b.cn?starttls=maybe": "starttls= must be required or off",
    "smtps://mail.b.cn?starttls=required": "smtps:// is encrypted from the start; starttls= belongs to smtp://",
    "smtp://mail.b.cn?timeout=0": "timeout= must be a number of seconds from 0.1 to 300",
    "smtp://mail.b.cn?timeout=301": "timeout= must be a number of seconds from 0.1 to 300",
    "smtp://mail.b.cn?timeout=nan": "timeout= must be a number of seconds from 0.1 to 300",
    "smtp://mail.b.cn?timeout=": "timeout= must be a number of seconds from 0.1 to 300",
    "smtp://a@mail.b.cn?starttls=off": "the password would travel unprotected",
    "smtp://a@10.0.0.5?starttls=off": "the password would travel unprotected",
    "smtp://mail.b.cn\n": "a blank or a control character stands in it",
    "smtp://ma il.b.cn": "a blank or a control character stands in it",
    "smtp://a%0d%0ab@mail.b.cn": "the user must be ASCII, without control characters",
    "smtp://%E5%BC%A0@mail.b.cn": "the user must be ASCII, without control characters",
}


@pytest.mark.parametrize("url", MEANT)
def test_an_url_says_where_the_server_is_and_how_to_speak_to_it(url: str) -> None:
    assert parse_server(url) == MEANT[url]


@pytest.mark.parametrize("url", MEANT)
def test_what_is_shown_of_it_means_the_same(url: str) -> None:
    assert parse_server(parse_server(url).url) == MEANT[url]


@pytest.mark.parametrize("url", REFUSED)
def test_a_wrong_one_is_refused_with_the_reason_and_not_repeated(url: str) -> None:
    with pytest.raises(KflyError) as refusal:
        parse_server(url)

    assert str(refusal.value).startswith(REFUSED[url])
    assert "heim7" not in str(refusal.value)


@settings(deadline=None, max_examples=200)
@given(st.text(), st.text(), st.sampled_from(["smtp", "smtps"]))
def test_no_url_whatever_is_answered_by_anything_but_a_server_or_a_refusal(
    user: str, host: str, scheme: str
) -> None:
    try:
        found = parse_server(f"{scheme}://{user}@{host}")
    except KflyError:
        return
    assert parse_server(found.url) == found


def test_a_password_is_not_shown_with_the_server_that_takes_it() -> None:
    secret = replace(parse_server("smtp://a@mail.b.cn"), password="Geheim7")

    assert asdict(secret)["password"] == "Geheim7"
    for shown in (repr(secret), str(secret), f"{secret}", secret.url, secret.place):
        assert "Geheim7" not in shown
