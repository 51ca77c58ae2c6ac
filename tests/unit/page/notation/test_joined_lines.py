"""Dumps whose lines were joined by a sign or a tag, and those inside a page without markup, are cleaned as those on lines."""

from datetime import date

import pytest

import cleaner

LINES = """Harbour Post
Home
News
Sport
Log in
The night ferry gets its lamps back
By Anna Holt
12 March 2024
The night ferry crosses the sound with all its lamps again, after three weeks in which only half of them were lit.
A fitter from the mainland had looked at the wires on Monday, and said that salt had eaten through the oldest of them.
“We could see the pier, but the pier could not see us,” said the mate, who has been on the ferry for eleven years.
The council pays for the new wires, and hopes that they will last until the bridge is built.
Share on Facebook
Read also
Kelp bread wins over the bakers
Contact
Privacy policy""".split("\n")
PLAIN = cleaner.clean("\n".join(LINES))
TABLE = """Ship | Built | What it does all year round for the islands
Petrel | 1951 | It carries the letters and the bread to the islands on every morning of the week.
Tern | 1987 | It takes the cars across, and in the summer the bicycles of the visitors as well.
Skua | 2003 | It pulls the other two into the harbour when the wind is too strong for them."""


def describe(article):
    return article.text, article.title, article.authors, article.published


def test_the_lines_are_an_article():
    assert PLAIN.text.split("\n\n") == LINES[8:12]
    assert describe(PLAIN)[1:] == (LINES[5], ("Anna Holt",), date(2024, 3, 12))


@pytest.mark.parametrize(
    "sign", ["\t", " | ", " / ", " || ", " • ", " ¶ ", " --- ", " <sep> ", r" \n ", "<br>", "<BR />\n", " <br/> "]
)
def test_a_sign_between_lines_is_their_end(sign):
    assert describe(cleaner.clean(sign.join(LINES))) == describe(PLAIN)


def test_lines_that_have_ends_of_their_own_are_joined_by_a_sign():
    joined = " | ".join(LINES).replace("with all", "with\nall").replace("looked at", "looked\nat")
    assert describe(cleaner.clean(joined)) == describe(PLAIN)


@pytest.mark.parametrize("text", [TABLE, " | ".join(LINES[:5]) + " | " + " ".join(LINES[8:12])])
def test_a_table_and_a_bar_of_links_are_not_parted_by_their_signs(text):
    blocks = cleaner.clean(text).blocks
    assert any(" | " in block.text for block in blocks) or len(blocks) < len(LINES[:5]) + 4


@pytest.mark.parametrize("frame", ["<pre>{}</pre>", "{}", "<pre style='white-space: pre-wrap'>\n{}\n</pre>"])
@pytest.mark.parametrize("sign", ["\n", "<br>\n"])
def test_a_page_without_markup_is_a_dump(frame, sign):
    text = frame.format(sign.join(LINES).replace("“", "&ldquo;"))
    page = f"<!DOCTYPE html><html><head><title>{LINES[5]} - Harbour Post</title></head><body>{text}</body></html>"
    assert describe(cleaner.clean(page)) == describe(PLAIN)


def test_breaks_among_other_tags_are_those_of_a_page():
    page = "<br>".join(f"<b>{line}</b>" for line in LINES)
    assert cleaner.clean(page).blocks[0].path
