"""What a frame shows of pages that mean harm: their text, and nothing that acts or asks."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from cleaner.page.decode import read_page
from cleaner.stages import parse_page, segment_page
from cleaner.studio.frame import write_frame

STORY = "<p>The ferry crosses the sound every morning, and in summer it takes the bicycles of the visitors too.</p>"
HARM = [
    "<script>alert(1)</script>",
    "<script src=//evil.example/x.js></script>",
    "<img src=x onerror=alert(1)>",
    "<img src=https://evil.example/pixel.gif srcset='https://evil.example/2x.gif 2x'>",
    "<img src='data:image/svg+xml,<svg onload=alert(1)>'>",
    "<a href=javascript:alert(1)>a link</a>",
    "<a href=https://evil.example ping=https://evil.example/ping target=_top>a link</a>",
    "<meta http-equiv=refresh content='0;url=https://evil.example'>",
    "<base href=https://evil.example/ target=_top>",
    "<iframe src=https://evil.example></iframe><iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<object data=https://evil.example></object><embed src=https://evil.example>",
    "<form action=https://evil.example><input name=q autofocus onfocus=alert(1)><button formaction=javascript:1>go</button></form>",
    "<link rel=stylesheet href=https://evil.example/a.css><link rel=prefetch href=https://evil.example>",
    "<style>@import 'https://evil.example/a.css'; p { background: url(https://evil.example/b.png) }</style>",
    "<style>p::after { content: '</style><script>alert(1)</script>' }</style>",
    "<p style='background:url(https://evil.example/c.png)'>a line</p>",
    "<svg><script>alert(1)</script><use href=https://evil.example/#x /></svg>",
    "<math><mi xlink:href=javascript:alert(1)>x</mi></math>",
    "<video src=https://evil.example/v poster=https://evil.example/p autoplay></video>",
    "<template><script>alert(1)</script></template>",
    "<noscript><img src=https://evil.example/n.gif></noscript>",
    "<div data-b=0 data-chosen onclick=alert(1) id='\"><script>alert(1)</script>'>a line</div>",
    "<x-custom onload=alert(1)>a line</x-custom>",
    "<plaintext><script>alert(1)</script>",
    "<p>\u202egnp.exe\u202c right to left</p>",
]
ALLOWED = {
    "class",
    "id",
    "style",
    "dir",
    "lang",
    "alt",
    "title",
    "hidden",
    "data-b",
    "src",
    "charset",
    "width",
    "height",
}


def read(markup, url="https://harbourpost.example/a", *, pictures=False):
    return write_frame(
        read_page(f"<!doctype html><html><body>{STORY}{markup}{STORY}</body></html>", url), pictures=pictures
    )


def check_harmless(written):
    root = html.document_fromstring(written.encode(), parser=html.HTMLParser(encoding="utf-8"))
    for element in root.iter():
        assert element.tag not in {
            "script",
            "iframe",
            "object",
            "embed",
            "form",
            "base",
            "link",
            "svg",
            "math",
            "template",
            "video",
        }
        for name, value in element.items():
            assert not name.startswith("on")
            assert name not in {
                "href",
                "srcset",
                "ping",
                "action",
                "formaction",
                "poster",
                "srcdoc",
                "autofocus",
                "http-equiv",
            }
            assert "javascript:" not in value or name in ALLOWED - {"src"}
            if name == "src":
                assert value.startswith("data:image/")


@pytest.mark.parametrize("markup", HARM)
def test_nothing_that_acts_or_asks_is_written(markup):
    written = read(markup)
    check_harmless(written)
    assert "evil.example" not in re.sub(r"blocked\([^)]*\)", "", written).replace("content: '", "")
    assert written.count("The ferry crosses the sound") == 2 or "plaintext" in markup


@given(
    st.lists(st.sampled_from(HARM), min_size=1, max_size=6),
    st.sampled_from(["<div>", "<table><tr><td>", "<p>", "<select>", "<title>", "<!--", "<b", "'\">"]),
)
def test_no_mixture_gets_through(parts, opening):
    check_harmless(read(opening + "".join(parts)))


def test_pictures_have_absolute_addresses_of_the_web_only():
    markup = "<img src=/a.png><img src=//cdn.example/b.png><img src=file:///etc/passwd><img src=javascript:1><img src=http://[>"
    written = read(markup, pictures=True)
    assert re.findall(r'src="([^"]*)"', written) == ["https://harbourpost.example/a.png", "https://cdn.example/b.png"]
    assert "src=" not in read(markup)


def test_small_pictures_of_the_page_itself_are_shown():
    source = "data:image/png;base64,iVBORw0KGgo="
    assert f'src="{source}"' in read(f"<img src='{source}'>")


def test_every_block_has_its_number():
    page = read_page(
        f"<html><body><h1>Ferries</h1>{STORY}<ul><li>one<li>two</ul>loose text<custom-box>{STORY}</custom-box></body>"
    )
    _, blocks, _, _ = segment_page(page, parse_page(page)[0])
    numbers = {
        number
        for value in re.findall(r'data-b="([\d ]+)"', write_frame(page, pictures=False))
        for number in value.split()
    }
    assert numbers == {str(block.index) for block in blocks}


def test_a_dump_is_shown_as_its_lines():
    page = read_page("Ferries <b>\n\nThe ferry crosses the sound & comes back.")
    written = write_frame(page, pictures=False)
    assert 'data-b="0"' in written
    assert "Ferries &lt;b&gt;" in written
    assert "sound &amp; comes back" in written


@pytest.mark.parametrize("depth", [150, 5000])
def test_deep_pages_are_written_without_recursion(depth):
    assert "The ferry" in read("<div>" * depth + STORY)


def test_a_huge_page_is_cut(monkeypatch):
    monkeypatch.setattr("cleaner.studio.frame.MAX_FRAME_CHARS", 2_000)
    assert len(read(STORY * 500)) < 10_000


def test_a_style_cannot_end_its_element():
    assert "content: '\\3c b>'" in read("<style>p::after { content: '<b>' }</style>")
