"""What was certainly encoded twice is mended, and nothing else is touched."""

import pytest

import cleaner
from cleaner.flags import Flag
from cleaner.page.mending import mend_text

TEXTS = [
    "Die Fähre fährt über den Fluss – „für immer“, sagt Müller.",
    "It’s the crew’s log, “as it was”…",
    "El próximo año habrá más niños en la región",
]


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("name", ["cp1252", "latin-1"])
def test_utf8_that_was_read_as_western_is_decoded_again(text, name):
    # Bytes without a meaning in Windows-1252 are controls, as in browsers.
    wrong = "".join(bytes([byte]).decode(name, "ignore") or chr(byte) for byte in text.encode())
    assert mend_text(wrong) == text


def test_utf8_that_was_read_as_cyrillic_is_decoded_again():
    text = "Старый паром больше не ходит"
    assert mend_text(text.encode().decode("cp1251")) == text


@pytest.mark.parametrize(
    "text",
    [
        *TEXTS,
        "The word café becomes cafÃ© when it is read twice, and naïve becomes naÃ¯ve, as Zoë knows.",
        "SÃO PAULO e JOÃO, em português",
        "Разъём РС-232 и РСФСР",
        "À la carte © 2024",
    ],
)
def test_right_text_stays(text):
    assert mend_text(text) == text


def test_entities_escaped_twice_are_unescaped_outside_code():
    page = '<p title="a&amp;ndash;b">The crew&amp;rsquo;s log &amp;#8220;x&amp;#8221; &amp;lt; <code>&amp;rsquo;</code>'
    assert mend_text(page) == (
        '<p title="a&amp;ndash;b">The crew&rsquo;s log &#8220;x&#8221; &amp;lt; <code>&amp;rsquo;</code>'
    )


@pytest.mark.parametrize(
    "page", ["<p>Write &amp;mdash; for a dash", '<p title="a&amp;rsquo;s">x', "<pre>a&amp;rsquo;s</pre>"]
)
def test_an_entity_that_may_be_meant_stays(page):
    assert mend_text(page) == page


@pytest.mark.parametrize(("text", "flagged"), [("Fähre für Müller", False), ("FÃ¤hre fÃ¼r MÃ¼ller", True)])
def test_a_mended_page_is_flagged(text, flagged):
    article = cleaner.clean(
        f"<html><body><p>{text} fuhr am Dienstag zum letzten Mal über den Fluss.</p></body></html>".encode()
    )
    assert (Flag.MENDED in article.flags) == flagged
