import cleaner

SENTENCES = (
    "The old pier will open again in spring, two winters after the storm broke it, the council said on Monday.",
    "Engineers drove forty new piles into the bed of the harbour, each of them longer than a bus.",
    "The county pays two thirds of the cost, the town the rest, as the fishermen had asked since autumn.",
)
NEXT = (
    "Parking at the hospital will cost a third more from July, the trust that owns the car park said.",
    "The machines cost more to empty than some of them take, and the weekly ticket will go up as well.",
    "A petition against the new charges had four thousand names by Tuesday night, most of them from visitors.",
)


def article(title: str, sentences: tuple[str, ...], tag: str = "h1") -> str:
    return f'<article class="story"><{tag} class="headline">{title}</{tag}>{"".join(f"<p>{s}</p>" for s in sentences)}</article>'


def clean(body: str) -> cleaner.Article:
    head = '<head><title>Old pier to reopen</title><meta property="og:title" content="Old pier to reopen"></head>'
    return cleaner.clean(f"<html>{head}<body>{body}</body></html>")


def test_the_article_that_follows_is_another_story():
    found = clean(article("Old pier to reopen", SENTENCES) + article("Hospital parking to cost more", NEXT))
    assert found.text == "\n\n".join(SENTENCES)
    assert {block.verdict.label for block in found.removed if block.text in NEXT} == {"related"}


def test_entries_of_a_live_blog_belong_to_the_story():
    entries = article("Two piles are in", SENTENCES, "h2") + article("The county pays", NEXT, "h2")
    found = clean(f'<h1 class="headline">Old pier to reopen</h1>{entries}')
    assert all(sentence in found.text for sentence in (*SENTENCES, *NEXT))


def test_a_page_is_not_emptied_for_a_headline_alone():
    found = clean(article("Old pier to reopen", ()) + article("Old pier to reopen in spring", SENTENCES))
    assert all(sentence in found.text for sentence in SENTENCES)


def part(title: str, byline: str, sentences: tuple[str, ...]) -> str:
    return f'<div class="part"><h1>{title}</h1>{byline}{"".join(f"<p>{s}</p>" for s in sentences)}</div>'


def test_the_story_that_follows_in_an_element_of_the_same_class_is_another():
    byline = "<p>By Ann Lee, 14 May 2024</p>"
    parts = part("Old pier to reopen", byline, SENTENCES) + part("Hospital parking to cost more", byline, NEXT)
    assert clean(f"<div>{parts}</div>").text == "\n\n".join(SENTENCES)


def test_parts_without_a_byline_belong_to_the_story():
    parts = part("Old pier to reopen", "", SENTENCES) + part("What it costs", "", NEXT)
    assert all(sentence in clean(f"<div>{parts}</div>").text for sentence in (*SENTENCES, *NEXT))
