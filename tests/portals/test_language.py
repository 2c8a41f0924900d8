"""Both languages say the same things, each in its own way."""

from __future__ import annotations

import re
from datetime import date
from importlib import resources
from string import Formatter

import pytest

from portals.html_reading import plain
from wayfare.kernel import Money, Month, Place
from wayfare.portals import Language, SlotEmpty, TextMissing, Words
from wayfare.portals.language import catalogue

EN, ZH = Words(Language.ENGLISH), Words(Language.CHINESE)


def slots_of(sentence):
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


def test_both_languages_have_the_same_keys():
    assert catalogue(Language.ENGLISH).keys() == catalogue(Language.CHINESE).keys()


# A count of one, or a name that reads better left out, may leave a slot unused in one language.
FREE = {"number", "Number", "name", "scheme", "origin", "place"}


def test_both_languages_fill_the_same_slots():
    differing = {
        key: slots_of(en) ^ slots_of(catalogue(Language.CHINESE)[key])
        for key, en in catalogue(Language.ENGLISH).items()
        if (slots_of(en) ^ slots_of(catalogue(Language.CHINESE)[key])) - FREE
    }
    assert differing == {}


def test_no_sentence_is_empty_or_not_text():
    for language in Language:
        assert all(sentence.strip() and sentence not in ("True", "None") for sentence in catalogue(language).values())


def test_chinese_sentences_are_chinese_and_english_ones_are_not():
    han = re.compile("[一-鿿]")
    chinese = [key for key, text in catalogue(Language.ENGLISH).items() if han.search(text)]
    letters = [key for key, text in catalogue(Language.CHINESE).items() if not han.search(re.sub(r"\{\w+\}", "", text))]
    assert chinese == []
    # What is left is nothing but a slot, or a mark between two parts.
    assert all(re.sub(r"\{\w+\}|[；，。：（） ]", "", catalogue(Language.CHINESE)[key]) == "" for key in letters)


def test_no_file_says_a_key_twice():
    for language in Language:
        source = (resources.files("wayfare.portals") / "text" / f"{language.value}.yaml").read_text(encoding="utf-8")
        seen: list[tuple[str, ...]] = []
        path: list[str] = []
        for line in source.splitlines():
            found = re.match(r'^( *)"?([\w-]+)"?:', line)
            if found:
                path = [*path[: len(found[1]) // 2], found[2]]
                seen.append(tuple(path))
        assert len(seen) == len(set(seen))


def test_a_sentence_that_is_not_there_is_an_error():
    with pytest.raises(TextMissing) as missing:
        EN.say("page.nothing")
    assert str(missing.value) == (
        "WF-POR-001  The catalogue en has no sentence 'page.nothing'.\n"
        "            Add it to portals/text/en.yaml, and to the other language's file."
    )


def test_a_slot_that_nobody_fills_is_an_error():
    with pytest.raises(SlotEmpty) as empty:
        ZH.say("life.today_month")
    assert empty.value.code == "WF-POR-002"
    assert empty.value.found == "The sentence 'life.today_month' has a slot 'month' that was given no value."


@pytest.mark.parametrize(
    ("months", "english", "short", "chinese"),
    [
        (0, "0 months", "0 months", "0个月"),
        (1, "1 month", "1 month", "1个月"),
        (12, "1 year", "1 year", "1年"),
        (52, "4 years 4 months", "4 y 4 m", "4年4个月"),
        (13, "1 year 1 month", "1 y 1 m", "1年1个月"),
    ],
)
def test_spans_are_in_years_and_months(months, english, short, chinese):
    assert (plain(EN.duration(months)), plain(EN.short_duration(months))) == (english, short)
    assert ZH.duration(months) == chinese


def test_no_line_breaks_inside_a_span_a_month_or_a_sum():
    assert EN.duration(52) == "4\u00a0years 4\u00a0months"
    assert EN.month(Month("2019-03")) == "March\u00a02019"
    assert EN.yuan(Money.yuan("1702.35")) == "1,702\u00a0yuan"


@pytest.mark.parametrize(
    ("yuan", "cents", "english", "chinese"),
    [
        ("1864.30", "1,864.30", "1,864 yuan", "1,864元"),
        ("-0.05", "−0.05", "0 yuan", "0元"),
        ("999.50", "999.50", "1,000 yuan", "1,000元"),
        ("-1234567.89", "−1,234,567.89", "−1,234,568 yuan", "−1,234,568元"),
    ],
)
def test_money_has_two_decimals_in_tables_and_none_in_sentences(yuan, cents, english, chinese):
    money = Money.yuan(yuan)
    assert (EN.cents(money), plain(EN.yuan(money)), ZH.yuan(money)) == (cents, english, chinese)


@pytest.mark.parametrize(
    ("code", "english", "chinese", "letters"),
    [
        ("341225", "Funan County, Anhui", "安徽阜南县", "AH皖"),
        ("441900", "Dongguan, Guangdong", "广东东莞", "GD粤"),
        ("440304", "Futian District, Shenzhen, Guangdong", "广东深圳福田区", "GD粤"),
        ("310115", "Pudongxin District, Shanghai", "上海浦东新区", "SH沪"),
        ("450000", "Guangxi", "广西", "GX桂"),
        ("150000", "Inner Mongolia", "内蒙古", "NM蒙"),
    ],
)
def test_places_have_everyday_names_and_letters(code, english, chinese, letters):
    place = Place(code)
    assert (EN.place(place), ZH.place(place)) == (english, chinese)
    assert EN.letters(place) + ZH.letters(place) == letters


def test_an_abolished_county_has_the_english_name_of_its_successor():
    assert EN.place(Place("430521")) == "Shaodong, Hunan"
    assert ZH.place(Place("430521")) == "湖南邵东县"


def test_months_days_and_lists_are_written_as_each_language_does():
    assert (plain(EN.month(Month("2019-03"))), ZH.month(Month("2019-03"))) == ("March 2019", "2019年3月")
    assert (plain(EN.day(date(2019, 3, 1))), ZH.day(date(2019, 3, 1))) == ("1 March 2019", "2019年3月1日")
    assert (EN.listed(["a", "b", "c"]), ZH.listed(["a", "b", "c"])) == ("a, b and c", "a、b和c")
    assert (EN.listed(["a"]), EN.listed([])) == ("a", "")


def test_a_count_takes_the_form_of_its_number():
    said = [EN.count("life.holds", number) for number in (0, 1, 2, 12)]
    assert said == [
        "no fund holds a pension record of yours yet",
        "one fund holds your pension record",
        "two funds hold your pension records",
        "12 funds hold your pension records",
    ]
