"""Text that a paywall shows in place of the article's."""

import codecs

import pytest

from cleaner.classifier.scrambled_text import find_scrambled
from cleaner.page import blocks_html, dom

ENGLISH = (
    "The lawyers say that the deeds are valid, and that the dinner was not, as the chief witness had been the waiter."
)
GERMAN = "Der Hafen von Holm ist seit gestern gesperrt, weil niemand sagen kann, wo der Kapitaen die Schluessel gelassen hat."
FRENCH = "Les avocats disent que les actes sont valables et que le repas ne le fut pas, car le serveur est le seul qui en parle."
LATIN = "Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor incididunt ut labore et dolore magna."
FINNISH = "Satama on suljettu eilisesta lahtien, koska kukaan ei osaa sanoa, mihin kapteeni avaimet jatti."
CODE = "for tide in table print tide height and time to the log file named below"


def shift_code(text):
    """Each letter as the next code point, as some walls do."""
    return "".join(chr(ord(letter) + 1) if letter.isalpha() else letter for letter in text)


def scramble(text):
    return " ".join(word[::-1] + "x" for word in text.replace(",", "").rstrip(".").split())


def found(markup):
    tree = dom.parse_html(f"<html><body>{markup}</body></html>")
    blocks, boxes, _ = blocks_html.segment_html(tree.root)
    return [blocks[index].text for index in sorted(find_scrambled(blocks, boxes, range(len(blocks))))]


@pytest.mark.parametrize(
    "text",
    [codecs.encode(ENGLISH, "rot13"), codecs.encode(FRENCH, "rot13"), shift_code(ENGLISH), shift_code(GERMAN)],
    ids=["rot13", "rot13, French", "next letter", "next letter, German"],
)
def test_shifted_letters_are_recognised_anywhere(text):
    assert found(f"<p>{text}</p>") == [text]


@pytest.mark.parametrize("text", [LATIN, scramble(ENGLISH)], ids=["filler", "random letters"])
@pytest.mark.parametrize(
    "around",
    [
        '<div style="filter: blur(5px)">{}</div>',
        '<div class="article-blurred"><div>{}</div></div>',
        '<section style="user-select:none">{}</section>',
    ],
)
def test_other_scrambles_are_recognised_under_a_blur(text, around):
    assert found(f"<p>{ENGLISH}</p>" + around.format(f"<p>{text}</p>")) == [text]
    assert found(f"<p>{ENGLISH}</p><p>{text}</p>") == []


@pytest.mark.parametrize("text", [ENGLISH, GERMAN, FRENCH, FINNISH])
def test_a_text_is_none(text):
    assert found(f"<p>{text}</p>") == []


@pytest.mark.parametrize("text", [ENGLISH, GERMAN, FRENCH, FINNISH])
def test_a_text_under_a_blur_is_none(text):
    assert found(f'<div style="filter: blur(5px)"><p>{text}</p></div><p>{text}</p>') == []


def test_code_and_tables_are_not_asked():
    assert (
        found(
            f"<pre>{codecs.encode(CODE, 'rot13')}</pre><table><tr><td>{codecs.encode(CODE, 'rot13')}</td><td>1</td></tr></table>"
        )
        == []
    )
