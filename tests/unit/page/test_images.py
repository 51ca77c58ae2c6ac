"""Pictures of an article: which, from where, and what is said of them."""

import pytest

import cleaner

TEXT = (
    "<p>The farmers of the hills have grown tea for two hundred years, and most of it is drunk where it is grown.</p>"
)
SVG = "data:image/svg+xml;base64,PHN2Zy8+"


def images(markup: str, around: str = "{}"):
    page = f"<html><head><title>Tea</title></head><body><article><h1>Tea in the hills</h1>{TEXT}{markup}{TEXT.replace('two', 'three')}</article>{around.format('')}</body></html>"
    return cleaner.clean(page, url="https://tea.example/a/b.html").images


@pytest.mark.parametrize(
    "markup",
    [
        '<img src="/hill.jpg">',
        '<img src="/blank.gif" data-src="/hill.jpg">',
        f'<img src="{SVG}" data-srcset="/small.jpg 320w, /hill.jpg 1280w">',
        '<img src="/small.jpg" srcset="/small.jpg 1x, /hill.jpg 2x">',
        f'<picture><source srcset="/hill.jpg"><img src="{SVG}"></picture>',
        f'<img src="{SVG}"><noscript><img src="/hill.jpg"></noscript>',
        '<img src="/hill.jpg"><noscript><img src="/hill-noscript.jpg"></noscript>',
        '<a href="/large"><img src="../hill.jpg"></a>',
    ],
)
def test_real_source(markup):
    assert [image.url for image in images(f"<figure>{markup}</figure>")] == ["https://tea.example/hill.jpg"]


@pytest.mark.parametrize(
    "markup",
    [
        '<img src="/a.gif" width="1" height="1">',
        '<img src="https://stats.example/pixel?id=1">',
        '<img src="/a.png" class="icon-share">',
        '<p><img src="/theme/logo.png"></p>',
        f'<img src="{SVG}">',
        '<img alt="nothing">',
    ],
)
def test_ornaments_are_no_pictures(markup):
    assert images(markup) == ()


def test_pictures_of_other_stories_are_not_those_of_the_article():
    others = '<aside class="related"><h2>More stories</h2><ul>' + "".join(
        f'<li><a href="/{n}"><img src="/{n}.jpg"><h3>Ferry stopped by fog {n}</h3></a></li>' for n in range(4)
    )
    page = f"<html><body><article><h1>Tea in the hills</h1>{TEXT}<img src='/hill.jpg'></article>{others}</ul></aside></body></html>"
    assert [image.url for image in cleaner.clean(page).images] == ["/hill.jpg"]


@pytest.mark.parametrize(
    ("caption", "expected"),
    [
        ("The hill at dawn.", ("The hill at dawn.", None)),
        ("The hill at dawn. Photo: Ann Lee", ("The hill at dawn.", "Ann Lee")),
        ("The hill at dawn (Foto: dpa)", ("The hill at dawn", "dpa")),
        ("The hill at dawn. <span class='credit'>Ann Lee</span>", ("The hill at dawn.", "Ann Lee")),
    ],
)
def test_caption_and_credit(caption, expected):
    (image,) = images(f'<figure><img src="/hill.jpg" alt=" A  hill "><figcaption>{caption}</figcaption></figure>')
    assert (image.caption, image.credit) == expected
    assert image.alt == "A hill"
    assert image.after == 1
