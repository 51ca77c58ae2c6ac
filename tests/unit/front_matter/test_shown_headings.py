"""How much text an element has, found without reading all of it."""

from __future__ import annotations

import pytest

from cleaner.front_matter.shown_headings import has_more_text, text_content
from cleaner.page import dom

PARTS = (
    "<p></p>",
    "<p>The harbour  bridge\nopened</p>",
    "<p>Read <b>more</b> about it<script>var length = 100000;</script> here</p>",
    "<p><style>p { color: red }</style>e\u0301te\u0301 \u200b am Hafen</p>",
    "<ul><li>Pier</li><li>Quay</li></ul> and the rest",
)


@pytest.mark.parametrize("part", PARTS)
def test_a_limit_is_that_of_the_text(part):
    element = dom.parse_html(f"<html><body><div>{part}</div> behind it</body></html>").root.find(".//div")
    size = len(text_content(element))
    assert [has_more_text(element, limit) for limit in range(size + 3)] == [limit < size for limit in range(size + 3)]
