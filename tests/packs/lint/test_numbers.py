"""The numbers of both halves: what is the same in other words, and what is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drillkit.packs.lint.numbers import numbers

SAME = [
    ("eight people", "8人"),
    ("28 patients", "二十八名患者"),
    ("4,100 people", "4100人"),
    ("40,000 in tools", "工具价值4万"),
    ("12,000 customers", "1.2万户"),
    ("100,000 people", "10万人"),
    ("66,900 connections", "6.69万户"),
    ("two and a half million", "250万"),
    ("at 08:40", "8:40"),
    ("at 8:00", "8点"),
    ("at 15:30", "下午3点半"),
    ("at 3 pm, at 15:00", "15时"),
    ("90 minutes", "一个半小时"),
    ("half an hour", "30分钟"),
    ("a week", "7天"),
    ("48 hours", "两天"),
    ("40 per cent", "四成"),
    ("8 of 10 runs", "八成场次"),
    ("from .80 on", "0.80以上"),
    ("14 July 2027", "2027年7月14日"),
    ("seventeenth floor", "17层"),
    ("Low-loader 2", "低平板车二号"),
    ("twelve and a half hours", "12.5小时"),
    ("50 kVA, 15 kW", "50千伏安、15千瓦"),
    ("two hundred and eight", "208"),
    ("three to four days", "三四天"),
    ("say 12,000", "对外说一万二"),
    ("a dozen cots", "12张小床"),
    ("at 16:00 or 20:00", "16:00、20:00"),
    ("1,234,567", "1234567"),
]
DIFFERENT = [
    ("28 patients", "22名患者"),
    ("28 patients", "二十二名患者"),
    ("at 08:40", "8:46"),
    ("12,000 customers", "1.3万户"),
    ("40,000", "4千"),
    ("15 kW", "15万千瓦时，5台"),
    ("20:30 today", "今天"),
    ("Hall 7", "1号楼"),
]


def lacks(en: str, zh: str) -> list[str]:
    mine, theirs = numbers(en, "en"), numbers(zh, "zh")
    return [one.text for one in mine.written if not theirs.has(one)] + [
        one.text for one in theirs.written if not mine.has(one)
    ]


@pytest.mark.parametrize(("en", "zh"), SAME)
def test_the_same_number_said_in_another_way_is_the_same(en, zh):
    assert lacks(en, zh) == []


@pytest.mark.parametrize(("en", "zh"), DIFFERENT)
def test_another_number_is_another(en, zh):
    assert lacks(en, zh) != []


def in_chinese(number: int) -> str:
    """`number` from 1 to 9999 in Chinese numerals."""
    out, gap = "", False
    for place, digit in zip("千百十", f"{number:04d}", strict=False):
        if digit == "0":
            gap = bool(out)
        else:
            out += ("零" if gap else "") + "零一二三四五六七八九"[int(digit)] + place
            gap = False
    last = number % 10
    return out + (("零" if gap else "") + "零一二三四五六七八九"[last] if last else "")


@given(st.integers(min_value=1, max_value=9999))
def test_every_numeral_is_read(number):
    assert lacks(f"{number:,} boxes", f"{in_chinese(number)}箱") == []
    assert lacks(str(number), f"{number}箱") == []


@given(st.text(), st.sampled_from(["en", "zh"]))
def test_no_text_is_too_odd_to_be_read(text, lang):
    found = numbers(text, lang)
    assert all(found.has(one) for one in found.written)
