"""Readers' comments above their buttons."""

import numpy as np
import pytest

from cleaner.classifier.comment_threads import find_thread
from cleaner.page.blocks_dump import segment_dump

ARTICLE = "The bridge will be shut until June, the mayor said on Monday. It costs eight hundred thousand, and he lives beyond it."
COMMENTS = ("I drive forty miles a day because of it.", "The iron was good, and the paint was not.")


def find(*lines, of_comments=("4 comments", "Ann, 14 March", "Bo, 15 March")):
    """Texts of comments among ``lines``, of which the article and the comments are kept."""
    blocks = segment_dump("\n\n".join(lines))
    kept = np.array([block.text in {ARTICLE, *COMMENTS} for block in blocks])
    about = np.array([block.text in of_comments for block in blocks])
    return [blocks[index].text for index in sorted(find_thread(blocks, kept, about))]


@pytest.mark.parametrize("button", ["Reply", "Rispondi", "Ответить", "返信"])
def test_texts_between_who_wrote_them_and_the_button_are_comments(button):
    page = (ARTICLE, "4 comments", "Ann, 14 March", COMMENTS[0], button, "Bo, 15 March", COMMENTS[1], button)
    assert find(*page) == list(COMMENTS)


@pytest.mark.parametrize(
    "page",
    [
        (ARTICLE, "Ann, 14 March", COMMENTS[0], "Reply", "Bo, 15 March", COMMENTS[1]),
        ("Ann, 14 March", COMMENTS[0], "Reply", "Bo, 15 March", COMMENTS[1], "Reply"),
        ("Menu", ARTICLE, "Share", COMMENTS[0], "Reply", "Share", COMMENTS[1], "Reply"),
    ],
    ids=["one button", "no article", "nobody wrote them"],
)
def test_other_texts_above_buttons_are_none(page):
    assert not find(*page)
