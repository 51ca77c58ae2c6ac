"""Captions: by their elements, their credits and their place, and as the text of a photo essay."""

import pytest

import cleaner
from cleaner.front_matter.captions import ends_with_credit, find_captions
from cleaner.page import blocks_html, dom

STORY = (
    "The bridge at Holm was closed on Monday after a crack was found below the third lamp, and nobody knows how long the "
    "repairs will take. The baker, whose shop stands at its foot, has lent the council his ladder."
)


def captions(markup):
    """Texts of the captions, by label."""
    tree = dom.parse_html(f"<html><body>{markup}</body></html>")
    blocks, boxes, _ = blocks_html.segment_html(tree.root)
    return [(blocks[finding.block].text, finding.role.value) for finding in find_captions(blocks, boxes)]


@pytest.mark.parametrize(
    "text",
    [
        "The bridge at dawn. Photograph: Ann Lee/The Courier",
        "The bridge at dawn. Picture: PA",
        "The bridge at dawn. Photo by Ann Lee/AFP via Getty Images",
        "The bridge at dawn. Credit: A. B. Lee",
        "The bridge, seen from the baker’s. Image: Ann Lee.",
        "The bridge at dawn (Photo: Ann Lee)",
        "The bridge, courtesy of Ann Lee – Photo: Ann Lee",
        "Die Brücke am Morgen Foto: dpa",
        "Die Brücke am Morgen. (Symbolbild: Anna Groß/dpa)",
        "Le pont au matin. Crédit photo : AFP",
        "El puente por la mañana. Foto: EFE",
        "El puente por la mañana | Foto de Ana López",
        "Il ponte al mattino. Foto di Anna Verdi",
        "A ponte de manhã. Foto: Ana Souza/Agência",
        "De brug bij ochtend. Beeld: ANP",
        "Most o świcie. Fot. Anna Nowak",
        "Most o świcie (fot. Anna Nowak)",
        "Мост на рассвете. Фото: Анна Ли",
        "Köprü sabahleyin. Fotoğraf: AA",
        "朝の橋。写真：山田花子",
        "清晨的桥。图片来源：新华社",
        "새벽의 다리. 사진: 연합뉴스",
        "الجسر عند الفجر. تصوير: آن لي",
        "最後の航海に出る渡し船=2024年5月3日、北浜市、山田花子撮影",
        "清晨的桥，新华社记者李安摄",
        "새벽의 다리. (부두시 제공)",
        "Photograph: Ann Lee",
    ],
)
def test_a_credit_at_the_end_shows_a_caption(text):
    assert ends_with_credit(text)
    assert captions(f"<p>{text}</p>") == [(text, "caption")]


@pytest.mark.parametrize(
    "text",
    [
        "He looked at the picture: a bridge, and nobody on it.",
        "The picture: Nobody knows who took it.",
        "Sie zeigte ihm das Foto: Es war ihr Vater.",
        "I asked for credit: Nobody gave it to me, she said.",
        "The image was taken by Ann Lee",
        "He was let go by courtesy of the court.",
        "© 2024 Northmere Media Ltd",
        "Source: Reuters",
        f"{STORY} {STORY} {STORY} Photo: Ann Lee",
    ],
)
def test_a_sentence_with_such_words_is_no_caption(text):
    assert captions(f"<p>{text}</p>") == []


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ('<p class="caption">The bridge.</p>', "The bridge."),
        (
            '<div class="gallery"><dl><dt><img src=a></dt><dd class="wp-caption-text gallery-caption">The bridge.</dd></dl></div>',
            "The bridge.",
        ),
        ("<p><img src=a><br><small>The bridge.</small></p>", "The bridge."),
        ("<div><a href=/a><img src=a></a><small>The bridge.</small></div>", "The bridge."),
        ("<figure><img src=a></figure><p><small>The bridge.</small></p>", "The bridge."),
        ("<div><img src=a></div><p>The bridge at dawn. © Ann Lee</p>", "The bridge at dawn. © Ann Lee"),
    ],
)
def test_a_caption_without_figcaption(markup, text):
    assert (text, "caption") in captions(f"{markup}<p>{STORY}</p>")


@pytest.mark.parametrize(
    "markup",
    [
        "<p><small>The bridge.</small></p>",
        "<img src=a><p>The bridge.</p>",
        "<p>The <small>small</small> bridge.</p>",
        '<p><a href="/more">More pictures. Photo: Ann Lee</a></p>',
        "<p><img src=a></p><p>Imprint © Ann Lee <a href=/a>and more of it</a></p>",
    ],
)
def test_small_text_and_links_are_no_captions(markup):
    assert captions(f"{markup}<p>{STORY}</p>") == []


SIGHTS = (
    "The boats come in at four, whatever the clock says, and the lamps keep the gulls awake.",
    "Bids are made with an eyebrow, and newcomers are told to keep their faces still. Photograph: Ann Lee",
    "By six the fish is gone, and the children slide on the ice until the school bell.",
)


@pytest.mark.parametrize(
    "wrap",
    [
        "<figure><img src=a><figcaption>{}</figcaption></figure>",
        '<div class="slide"><img src=a><p class="slide-caption">{}</p></div>',
        '<dl class="gallery-item"><dt><img src=a></dt><dd class="gallery-caption">{}</dd></dl>',
    ],
)
def test_the_captions_of_a_photo_essay_are_its_text(wrap):
    pictures = "".join(map(wrap.format, (*SIGHTS, "The gulls go home.", "Photograph: Ann Lee")))
    article = cleaner.clean(
        f"<html><body><article><h1>Before six</h1><p>A week on the quay.</p>{pictures}</article></body></html>"
    )
    assert all(text in article.text for text in (*SIGHTS, "The gulls go home."))
    assert article.captions == ("Photograph: Ann Lee",)


def test_a_story_with_a_gallery_is_no_photo_essay():
    pictures = "".join(f"<figure><img src=a><figcaption>{text}</figcaption></figure>" for text in SIGHTS)
    assert [label for _, label in captions(f"<p>{STORY}</p>" * 4 + pictures)] == ["caption"] * 3
