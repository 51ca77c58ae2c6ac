"""Articles of one composed page, as several tools write it."""

import re

import pytest

import cleaner

TITLE = "Old clock tower of Hollin Cross moves eleven metres"
FIRST = (
    "The clock tower at Hollin Cross was lifted on to rails on Tuesday and pushed eleven metres to the north, the tram "
    "company said, after a night of rain had delayed the work by six hours."
)
SECOND = (
    "The tower, which weighs four hundred tonnes, has stood in the middle of the junction since 1887. It has been hit by "
    "two buses, a dray of the brewery and, in 1944, a barrage balloon that had torn itself loose."
)
THIRD = (
    "Nobody saw it move. Some three hundred people had come to watch, and most of them went home before noon, when the "
    "engineers began to push and the bells rang once, although they had been tied."
)
LINKED = {"the tram company": "/tram", "a barrage balloon": "/balloon", "the bells": "/bells"}


def link(text: str, form: str) -> str:
    for words, address in LINKED.items():
        text = text.replace(words, form.format(words, address), 1)
    return text


def wrap(text: str, indent: str, width: int) -> str:
    lines = [indent]
    for word in text.split():
        if len(lines[-1]) + len(word) > width:
            lines.append(indent)
        lines[-1] += word + " "
    return "\n".join(line.rstrip() for line in lines)


def number(texts: list[str]) -> list[str]:
    """``texts`` with lynx's numbers before the links, behind those of the menu."""
    places = {words: len(MENU) + place for place, words in enumerate(LINKED, 1)}
    return [re.sub("|".join(places), lambda found: f"[{places[found[0]]}]{found[0]}", text) for text in texts]


BODY = [FIRST, SECOND, THIRD]
MENU = ["News", "Sport", "Weather"]
DUMPS = {
    "lines": "\n\n".join([*MENU, TITLE, *BODY]),
    "Markdown": "\n\n".join(
        ["\n".join(f"* [{entry}](/{entry})" for entry in MENU), f"# {TITLE}", "![The tower at night](/tower.jpg)"]
        + [link(text, "[{}](https://courier.example{})") for text in BODY]
    ),
    "wrapped Markdown": "\n\n".join(
        ["\n".join(f"  * [{entry}](/{entry})" for entry in MENU), f"# {TITLE}"]
        + [wrap(link(text, "[{}](https://courier.example{})"), "", 78) for text in BODY]
    ),
    "a reader": f"Title: {TITLE} | Courier\n\nURL Source: https://courier.example/tower\n\nMarkdown Content:\n# {TITLE}\n\n"
    + "\n\n".join(link(text, "**[{}]({})**") for text in BODY),
    "lynx": "\n\n".join(
        ["\n".join(f"     * [{place}]{entry}" for place, entry in enumerate(MENU, 1)), TITLE]
        + [wrap(text, "   ", 74) for text in number(BODY)]
        + ["References\n\n   Visible links:", "\n".join(f"   {place}. https://courier.example/{place}" for place in range(1, 7))]
    ),
    "w3m": "\n\n".join(["\n".join(f"  • {entry}" for entry in MENU), TITLE, *(wrap(text, "", 79) for text in BODY)]),
    "pieces between tags": "\n".join([*MENU, TITLE, *(link(text, "\n{0}\n").replace("\n ", "\n") for text in BODY)]),
}  # fmt: skip


@pytest.mark.parametrize("dump", DUMPS.values(), ids=list(DUMPS))
def test_article_is_the_same(dump):
    article = cleaner.clean(dump)
    assert article.title == TITLE
    assert article.text == "\n\n".join(BODY)


def test_page_on_one_line_is_flagged_and_loses_its_menu():
    ending = "Terms of use Privacy policy Cookie settings About us Contact us Advertise with us"
    article = cleaner.clean(" ".join([*MENU, "Search", "Sign In", "Subscribe", "My Account", TITLE, *BODY * 3, ending]))
    assert "one_line" in article.flags
    assert "The tower, which weighs four hundred tonnes" in article.text
    assert "Cookie settings" not in article.text
    assert "Subscribe" not in article.text


def test_header_of_a_reader_is_no_text():
    blocks = {block.text: block.verdict for block in cleaner.clean(DUMPS["a reader"]).blocks}
    assert blocks["URL Source: https://courier.example/tower"].why == "written by a reader, script or style sheet"
    assert cleaner.clean(DUMPS["Markdown"]).captions == ("The tower at night",)
