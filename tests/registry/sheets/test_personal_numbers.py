"""Numbers of phones and of identity cards are masked wherever they stand; codes and amounts are not."""

from time import process_time

import pytest

from kfly.registry.sheets.personal_numbers import MASK, mask_numbers


def with_check_digit(first_seventeen: str) -> str:
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    total = sum(int(digit) * weight for digit, weight in zip(first_seventeen, weights, strict=True))
    return first_seventeen + "10X98765432"[total % 11]


CARD = with_check_digit("32028119900101999")
CARD_X = next(card for n in range(900, 999) if (card := with_check_digit(f"32028119900101{n}"))[-1] == "X")


@pytest.mark.parametrize(
    "number",
    [
        "13800138000",
        "138 0013 8000",
        "138-0013-8000",
        "138—0013—8000",
        "1380013 8000",
        "1 3 8 0 0 1 3 8 0 0 0",
        "１３８００１３８０００",
        "１３８ ００１３ ８０００",
        "+86 13800138000",
        "+86-138-0013-8000",
        "8613800138000",
        "0510-86860001",
        "0510 8686 0001",
        "(0510)86860001",
        "（0510）86860001",
        "０５１０－８６８６０００１",
        "051086860001",
        "010-62345678",
        "0510-86860001转801",
        "0510-86860001-801",
        CARD,
        f"{CARD[:6]} {CARD[6:14]} {CARD[14:]}",
        f"{CARD[:6]}-{CARD[6:14]}-{CARD[14:]}",
        CARD.translate({ord(str(n)): 0xFF10 + n for n in range(10)}),
        CARD_X,
        CARD_X.lower(),
        CARD_X[:17] + "Ｘ",
        "320281900101999",
    ],
)
def test_a_number_is_masked_wherever_it_stands(number: str) -> None:
    for text in (
        "{}",
        "联系人王小明{}。",
        "电话：{}，转告",
        "王{}、李{}",
        "Tel.{}",
        "tel-{}",
        "{}/{}",
        "2022年3月1日{}",
    ):
        count = text.count("{}")
        assert mask_numbers(text.replace("{}", number)) == (text.replace("{}", MASK), count)


@pytest.mark.parametrize(
    "text",
    [
        "项目编号 BK20220138001",
        "XM13800138000",
        "TS-13800138000",
        "编号13800138000A",
        "2022-13800138000",
        "13800138000-2022",
        "合同额13800138000元",
        "13800138000 元",
        "13800138000.50",
        "13,800,138,000",
        "¥13800138000",
        "￥ 13800138000",
        "13800138000㎡",
        "13800138000万元",
        "苏(2022)江阴市不动产权第0012345号",
        "91320281MA1ABCDE2X",
        "12800138000",  # no mobile number begins so
        "1380013800",
        "138001380001",
        CARD[:-1] + ("1" if CARD[-1] != "1" else "2"),  # a wrong check digit
        "320281901301999",  # a thirteenth month
        "990281900101999",  # no such province
        "2022-03-01 2022-11-30",
        "",
    ],
)
def test_what_only_looks_like_one_stays(text: str) -> None:
    assert mask_numbers(text) == (text, 0)


def test_a_long_text_takes_no_longer_than_its_length_asks_for() -> None:
    begun = process_time()
    for text in ("1" * 1_000_000, "1 " * 500_000, "0510-" * 200_000, "138-" * 250_000, "转" * 1_000_000):
        mask_numbers(text)
    assert process_time() - begun < 10
