"""Pages and rule files taken apart and put together wrongly: blocks come of every page, and a word of every rule file."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner.errors import RuleError
from cleaner.page import blocks_dump as text_segment
from cleaner.page import blocks_html as html_segment
from cleaner.page import dom
from cleaner.rulebook import Rulebook

CORPUS = Path(__file__).parents[1] / "cases" / "fuzz"
PAGES = [file.read_text(encoding="utf-8") for file in sorted((CORPUS / "pages").iterdir())]
RULES = [file.read_text(encoding="utf-8") for file in sorted((CORPUS / "rules").iterdir())]
MARKUP = [
    "<",
    ">",
    "</",
    "/>",
    "<p>",
    "</p>",
    "<div>",
    "</div>",
    "<table>",
    "<td>",
    "<li>",
    "<br>",
    "<a href=x>",
    "</a>",
]
MARKUP += [
    "<!--",
    "-->",
    "<script>",
    "</script>",
    "<svg>",
    "<body>",
    "</html>",
    "&",
    "&#xD800;",
    "\x00",
    "\u202e",
    "\ufeff",
    "\r",
]
TOML = [
    '"',
    "'",
    "'''",
    '"""',
    "[",
    "]",
    "[[",
    "]]",
    "{",
    "}",
    "=",
    "\n",
    "#",
    ",",
    ".",
    "\\",
    "\\u0000",
    "\x00",
    "-1",
    "1e999",
]
TOML += [
    "regex = '('\n",
    "regex = '(a*)*b'\n",
    "selector = '>>'\n",
    "[[drop]]\n",
    "[[case]]\n",
    "hosts",
    "line",
    "through = 99\n",
]
TOML += [
    "extends = ['networks/none']\n",
    "timezone = 'Mars/Crater'\n",
    "1979-05-27",
    "nan",
    "\u202e",
    "true",
    "[metadata]\n",
]


@st.composite
def damaged(draw, corpus, pieces):
    """One of ``corpus`` with spans of it cut, doubled or moved, and ``pieces`` put in between."""
    text = draw(st.sampled_from(corpus))
    for _ in range(draw(st.integers(0, 8))):
        start = draw(st.integers(0, len(text)))
        end = min(start + draw(st.integers(0, 60)), len(text))
        between = draw(st.sampled_from(["", text[start:end] * 2, *pieces]) | st.text(max_size=4))
        text = text[:start] + between + text[draw(st.sampled_from([start, end])) :]
    return text


@settings(max_examples=400, deadline=None)
@given(damaged(PAGES, MARKUP))
def test_blocks_come_of_every_page(page):
    tree = dom.parse_html(page)
    of_html = html_segment.segment_html(tree.root).blocks if tree else ()
    for blocks in (of_html, text_segment.segment_dump(page)):
        assert [block.index for block in blocks] == list(range(len(blocks)))
        assert all(block.text.strip() for block in blocks)


def refusal(rule):
    """Why a rule file is refused, or None."""
    with TemporaryDirectory() as folder:
        (Path(folder) / "ferry.example.toml").write_text(rule, encoding="utf-8")
        try:
            return None if Rulebook.load([Path(folder)], builtin=False).digest else "no digest"
        except RuleError as error:
            return error


@settings(max_examples=400, deadline=None)
@given(damaged(RULES, TOML))
def test_rule_file_is_taken_or_refused_with_a_reason(rule):
    reason = refusal(rule)
    assert reason is None or all([reason.path.endswith("ferry.example.toml"), reason.problem, reason.remedy])


@pytest.mark.parametrize("rule", RULES, ids=["odd", "whole"])
def test_corpus_holds_rules_that_are_taken(rule):
    assert refusal(rule) is None
