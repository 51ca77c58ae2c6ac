"""What holds for every dump that is read: no word is lost but those of marks and addresses, and none is made up."""

from collections import Counter
from itertools import zip_longest

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner.language.characters import strip_whitespace
from cleaner.language.words import split_words
from cleaner.page.blocks_dump import segment_dump

from . import strategies

_WORDS = st.lists(
    st.sampled_from(
        "The the wall Ann Lee said of and harbour, door. 1904 größer 港口的猫 “so” it's well-known Why? (sic)".split()
    ),
    min_size=1,
    max_size=24,
).map(" ".join)
_ADDRESS = st.sampled_from(["https://qq.example/qq-qq_(qq)", "/qq", "qq.html", "#qq", "https://qq.example/*qq*_qq_"])
_LINK = st.builds("[{}]({})".format, _WORDS, _ADDRESS) | st.builds('[{}]({} "qq")'.format, _WORDS, _ADDRESS)
_EMPHASIS = st.builds("{1}{0}{1}".format, _WORDS, st.sampled_from(["**", "*", "_", "`"]))
_PICTURE = st.builds("![{}]({})".format, _WORDS, _ADDRESS) | st.just("![](/qq.jpg)")
_INLINE = st.lists(_WORDS | _LINK | _EMPHASIS | _PICTURE, min_size=1, max_size=5).map(" ".join)
_BLOCK = st.one_of(
    _INLINE,
    _INLINE.map("# {}".format),
    _INLINE.map("  * {}".format),
    _WORDS.map(lambda text: f"{text}\n---"),
    st.builds("[\n\n{}\n\n]({})".format, _INLINE, _ADDRESS),
    st.builds("| {} | {} |\n| --- | --- |\n| {} | {} |".format, _WORDS, _INLINE, _WORDS, _WORDS),
    _WORDS.map("```\n{}\n```".format),
    st.just("* * *"),
    st.just("::: {.qq}"),
    st.just("[qq]: https://qq.example"),
)
_MARKDOWN = st.lists(_BLOCK, max_size=8).map(lambda blocks: "\n\n".join([*["[The wall](/qq)"] * 3, *blocks]))


def read_text(dump: str) -> str:
    return " ".join(block.text for block in segment_dump(dump))


@settings(deadline=None, max_examples=300)
@given(_MARKDOWN)
def test_markdown_loses_marks_and_addresses_only(dump: str) -> None:
    words = [word for word in split_words(dump) if set(word) - {"_"}]
    marks = {"qq", "https", "example", "html", "jpg"}
    read = [word.strip("_") for word in split_words(read_text(dump))]
    expected = Counter(word.strip("_") for word in words if word.strip("_") not in marks)
    assert Counter(word for word in read if word not in marks) == expected


@settings(deadline=None, max_examples=200)
@given(st.lists(_WORDS, min_size=1, max_size=30), st.sampled_from(["\n", "\n\n", "\n\n\n", "\n   ", " "]))
def test_other_notations_lose_nothing(texts: list[str], between: str) -> None:
    dump = between.join(texts)
    assert strip_whitespace(read_text(dump)) == strip_whitespace(dump)


_LINES = st.sampled_from(
    ["*", "* ", "- a", "1.", "# ", "#", "a", "> ", ">", "---", "===", "|", "a | b", "--|--", "```", "    ", "    x = {", "\\", "[",
     "](x)", "![", "[a](/b)", "[a]: /b", "+--+--+", "|a |b |", "[1]a", "[2]b", "[3]c", "References", "1. /a", ", a", "T", '"']
)  # fmt: skip


@settings(deadline=None, max_examples=300)
@given(
    st.text(alphabet="ab \n\t*_`[]()!<>&#|-=:\\{}~+.,1\x01\x02^\"'", max_size=300)
    | strategies.dumps
    | st.lists(_LINES, max_size=30).map("\n".join)
)
def test_any_text_is_read_and_read_alike(dump: str) -> None:
    blocks = segment_dump(dump)
    assert blocks == segment_dump(dump)
    assert [block.index for block in blocks] == list(range(len(blocks)))
    assert all(block.text.strip() for block in blocks)
    assert all(0 <= block.link_share <= 1 for block in blocks)


@pytest.mark.parametrize(
    "piece",
    [
        "![",
        "[",
        "](x)",
        "[a](",
        "`",
        "**",
        "<!--",
        "<a",
        "[1]",
        "\\n",
        "&amp;",
        "| ",
        "_a",
        "a b. ",
        "ab.Cd ",
        "=41",
        "\n> a",
        "a-\n",
        "\fa\n",
        "[https://a] ",
    ],
)
def test_hostile_dumps_are_read_in_linear_time(piece: str) -> None:
    dump = "[a](/b) [a](/b) [a](/b)\n\n" + piece * 20_000
    assert segment_dump(dump)


_PAPER = st.lists(st.lists(_WORDS, min_size=1, max_size=6).map("\n".join), min_size=2, max_size=5)


@settings(deadline=None, max_examples=200)
@given(_PAPER, st.sampled_from(["", "The courier\n", "1904\n\n"]))
def test_pages_of_paper_lose_nothing(pages: list[str], head: str) -> None:
    dump = "\f".join(head + page for page in pages)
    # A head within a sentence comes behind it.
    assert Counter(strip_whitespace(read_text(dump))) == Counter(strip_whitespace(dump))


@settings(deadline=None, max_examples=200)
@given(st.lists(_WORDS, min_size=1, max_size=12), st.sampled_from(["", "> "]))
def test_mails_lose_addresses_and_marks_only(texts: list[str], quote: str) -> None:
    dump = "\n\n".join(f"{quote}{text} [https://qq.example/qq]\n{quote}{text}" for text in texts)
    expected = Counter(split_words(" ".join([*texts, *texts])))
    read = Counter(split_words(read_text(dump)))
    marks = {"https", "qq", "example"} if len(texts) < 3 else set()
    assert Counter({word: count for word, count in read.items() if word not in marks}) == expected


_TEXTS = st.lists(_WORDS, min_size=1, max_size=14)


@settings(deadline=None, max_examples=200)
@given(st.lists(_TEXTS, min_size=2, max_size=4), st.integers(2, 6))
def test_columns_side_by_side_lose_nothing(columns: list[list[str]], gap: int) -> None:
    lines = [""] * max(map(len, columns))
    for texts in columns:
        width = max(map(len, lines)) + gap if any(lines) else 0
        lines = [f"{line:{width}}{text}" for line, text in zip_longest(lines, texts, fillvalue="")]
    dump = "\n".join(lines)
    assert Counter(split_words(read_text(dump))) == Counter(split_words(dump))
