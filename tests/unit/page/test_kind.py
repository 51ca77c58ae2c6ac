"""HTML, or a dump: Markdown with tags around its parts is one."""

import pytest

from cleaner.model import Kind
from cleaner.page.decode import detect_kind

TEXT = "The council has closed the wall by hand since 1956, and now a motor does it, says the county."
MARKDOWN = f"## The wall\n\n{TEXT}\n\n- [News](/news)\n- [Sport](https://courier.example/sport)"


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (f'<div id="page">\n\n{MARKDOWN}\n\n</div>', Kind.TEXT),
        (f'<div id="page">\n\n{TEXT}\n\n</div>', Kind.HTML),
        (f"<div><h2>The wall</h2><p>{TEXT}</p><ul><li><a href='/news'>News</a></ul></div>", Kind.HTML),
        (f"<div><p>{TEXT}</p><p>[a](/b)</p><p>[c](/d)</p><p>[e](/f)</p></div>", Kind.HTML),
        (f"<html><body>\n\n{MARKDOWN}\n\n</body></html>", Kind.HTML),
    ],
    ids=["pandoc's", "a fragment", "headings and links in tags", "marks shown in paragraphs", "a document"],
)
def test_markdown_with_tags_is_a_dump(content, kind):
    assert detect_kind(content) is kind
