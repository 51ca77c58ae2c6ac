"""Pages that say themselves that they are no articles."""

import pytest

import cleaner
from cleaner.flags import Flag

STORY = "The old chain ferry at Lower Brannock carried its last lorry on Tuesday morning, a little after the tide had turned."
MENU = "<nav><ul><li><a href='/'>Home</a></li><li><a href='/news'>News</a></li><li><a href='/sport'>Sport</a></li></ul></nav>"


def clean(title, body, url=None):
    page = f"<!doctype html><html><head><title>{title}</title></head><body>{MENU}<main>{body}</main></body></html>"
    return cleaner.clean(page, url)


def teasers(count):
    return "".join(
        f"<article><h2><a href='/2024/{n}'>Ferry number {n} leaves the harbour for the last time</a></h2>"
        f"<p>{STORY}</p><span>{n + 1} Sep 2024</span></article>"
        for n in range(count)
    )


ARTICLE = f"<article><h1>Ferry ends</h1><p>{STORY}</p><p>{STORY.replace('last', 'first')} The council decides in May.</p></article>"

LONG_ARTICLE = ARTICLE.replace(
    "</article>",
    "".join(
        f"<p>{text}</p>"
        for text in (
            "The chain had worn through its third wheel in a year, and the only smith who could cast a new one retired at Easter.",
            "Until then the ferry will carry walkers and bicycles, said the harbour master, who has a bicycle and a stiff knee.",
            "Farmers on the far bank, who sell their eggs on this one, have asked for a boat with an engine, or at least with a mast.",
            "A bridge was first proposed in 1911. The plans hang in the ferry house, above the kettle, and nobody has moved them.",
        )
    )
    + "</article>",
)

CONSENT = "".join(
    f"<p>{text}</p>"
    for text in (
        "We and our partners store information on your device, such as cookies, to show you content that you may like.",
        "With your permission we and our partners may use precise location data. You may change your preferences below.",
        "Strictly necessary cookies are always active, as the site would not work without them and cannot go without.",
        "Other cookies let us count visits and find out which pages are read most, so that we can improve them for all.",
    )
)


@pytest.mark.parametrize(
    ("title", "body", "url", "expected"),
    [
        ("404 Not Found", "<h1>Page not found</h1><p>The page you are looking for may have been moved.</p>", None, "error"),
        ("Ledger", "<h1>Seite nicht gefunden</h1><p>Bitte prüfen Sie die Adresse der Seite.</p>", None, "error"),
        ("Access Denied", "<h1>Access Denied</h1><p>You have no permission to see this page.</p>", None, "error"),
        ("503 Service Temporarily Unavailable", "<center><h1>503 Service Temporarily Unavailable</h1></center>", None, "error"),
        ("Just a moment...", "<h1>a.example</h1><p>Checking your browser before you go on.</p>", None, "error"),
        ("Page introuvable | Le Journal", "<p>Cette page a peut-être été déplacée.</p>", None, "error"),
        ("Ledger", "<noscript>You need to enable JavaScript to run this app.</noscript><div id='root'></div>", None, "error"),
        ("Before you continue", "<h1>Before you continue</h1><p>We use cookies. Accept all, or reject all.</p>", None, "error"),
        ("The Ledger", CONSENT, None, "error"),
        ("The Ledger", teasers(12), "https://a.example/", "home"),
        ("The Ledger", teasers(12), None, "listing"),
        ("Ferries Archives", f"<h1>Ferries</h1>{teasers(8)}", "https://a.example/category/ferries", "listing"),
        ("Tag: ferries", f"<h1>Tag: ferries</h1>{teasers(5)}", "https://a.example/tag/ferries/", "listing"),
    ],
)  # fmt: skip
def test_a_page_that_is_no_article(title, body, url, expected):
    article = clean(title, body, url)
    assert article.page_type == expected
    assert Flag.NOT_AN_ARTICLE in article.flags


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("Ferry ends", ARTICLE),
        (
            "How the page that was not found came back",
            ARTICLE.replace("Ferry ends", "How the page that was not found came back"),
        ),
        ("404 Not Found", LONG_ARTICLE),
        ("Ferry ends", ARTICLE + teasers(8)),
        ("Ferry ends", ARTICLE + "<p>We use cookies on the ferry as bait, said the captain, and they bite.</p>"),
    ],
)
def test_an_article_stays_one(title, body):
    article = clean(title, body, "https://a.example/2024/ferry-ends")
    assert article.page_type == "article"
    assert Flag.NOT_AN_ARTICLE not in article.flags
