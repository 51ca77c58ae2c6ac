"""Pages on one line: where they are divided, and that nothing is lost."""

import pytest

from cleaner.page.blocks_dump import segment_dump
from cleaner.page.notation.line_cuts import find_cuts

BODY = (
    "The clock tower at Hollin Cross was lifted on to rails on Tuesday and pushed eleven metres to the north, the tram "
    "company said, after a night of rain. The tower, which weighs four hundred tonnes, has stood in the middle of the "
    "junction since 1887. Nobody saw it move. "
)
TITLE = "Old clock tower of Hollin Cross moves eleven metres"
HEAD = f"{TITLE} - The Courier Skip to content Home News Sport Weather Sign in {TITLE} By Ann Lee Published 3 May 2021 "
FOOT = (
    "Read more Council moves its market to the harbour Terms of use Privacy policy Cookie settings © 2021 The Courier"
)
CHINESE = (
    "霍林十字的钟楼周二被抬上铁轨，向北推了十一米，电车公司说，下了一夜的雨。钟楼重四百吨，从1887年起就在路口中央。"
)


def read_texts(dump: str) -> list[str]:
    return [block.text for block in segment_dump(dump)]


def test_title_of_the_page_is_the_heading_that_repeats_it():
    texts = read_texts(HEAD + BODY * 8 + FOOT)
    assert [texts[0], texts.count(TITLE)] == [TITLE, 2]
    assert "By Ann Lee" in texts
    assert "Published 3 May 2021" in texts


@pytest.mark.parametrize("site", ["The Courier: ", "The Courier | ", "Courier – "])
def test_title_behind_the_name_of_the_site_is_the_heading_that_repeats_it(site):
    texts = read_texts(site + HEAD + BODY * 8 + FOOT)
    assert [texts[1], texts.count(TITLE)] == [TITLE, 2]


def test_entries_between_bars_have_no_bars():
    texts = read_texts(f"{TITLE} Home | News | Coast | Business | Opinion | Culture {TITLE} {BODY * 8}")
    assert not [text for text in texts if "|" in text]


def test_sentences_keep_neither_menu_nor_footer():
    texts = read_texts(HEAD + BODY * 8 + FOOT)
    sentences = [text for text in texts if text.endswith(".")]
    assert len(sentences) == 24
    assert all(text[:4] in ("The ", "Nobo") for text in sentences)
    assert "© 2021 The Courier" in texts


def test_sentences_of_a_paragraph_stay_together_where_paragraphs_have_nothing_between_them():
    paragraph = "Nobody saw it move. For 2021, Hollin Works is upping its game with a new tram of its own. It is green."
    last = "The county has paid for all of it, and so has the town."
    texts = read_texts(f"{BODY.strip()}{paragraph}{last}" * 6)
    assert texts == [BODY.strip(), paragraph, last] * 6


def test_menu_that_is_repeated_is_no_headline():
    menu = " ".join(f"Section {place} of the harbour and its boats" for place in range(12))
    assert menu not in read_texts(f"{menu} {BODY * 8} {menu}")


def test_page_without_spaces_needs_fewer_characters():
    texts = read_texts(
        "旧钟楼移动了十一米_信使报 首页 新闻 旧钟楼移动了十一米 2021年5月3日 "
        + CHINESE * 12
        + " 相关阅读 新桥九年后开放 关于我们"
    )
    assert texts.count("旧钟楼移动了十一米") == 2
    assert "钟楼重四百吨，从1887年起就在路口中央。" in texts
    assert "相关阅读" in texts


def test_no_word_is_lost():
    dump = HEAD + BODY * 8 + FOOT
    assert " ".join(read_texts(dump)).split() == [word for word in dump.split() if word != "-"]


@pytest.mark.parametrize(
    "sentence",
    [
        "It was built by the county and Ann Lee in 1904.",
        "The ferry to Skerry Point left on 3 May 2021 and came back in June 2022 without a crew.",
        "Le maire de Saint-Marc a dit que la tour serait ouverte le 4 juillet.",
        "Der Turm wurde am Dienstag auf Schienen gehoben und nach Norden geschoben.",
    ],
)
def test_sentence_is_not_divided(sentence):
    assert find_cuts(sentence.split()) == []


@pytest.mark.parametrize(
    ("line", "cuts"),
    [
        ("Share Tweet March 12, 2021 Harbour", [5]),
        ("Share 3 Comments 12 June 2020 Ferry", [1, 2, 3, 6]),
        ("Privacy policy © Courier Press", [2]),
    ],
)
def test_date_and_notice_are_not_divided(line, cuts):
    assert find_cuts(line.split()) == cuts
