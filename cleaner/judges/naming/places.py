"""What the elements around a dropped block say it is, by their tags, classes, ids, roles and labels."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from cleaner.dom import Box
from cleaner.judges.naming.lexicon import Lexicon
from cleaner.labels import Label
from cleaner.model import Block

_NAMES = Lexicon(
    {
        Label.COMMENTS: """
        comment*, kommentar*, commentaire*, comentario*, disqus, respond, talkback, livefyre, replies, reply,
        vuukle, guestbook
    """,
        Label.CONSENT: """
        cookie*, consent*, gdpr, dsgvo, onetrust, cookielaw, ccpa
    """,
        Label.NEWSLETTER: """
        newsletter*, enews*, subscribe*, signup, mailchimp, mc4wp, optin, mailing*, hubspot, mailpoet, klaviyo,
        inbox
    """,
        Label.SHARE: """
        share*, sharing, social*, addthis, addtoany, sharedaddy, sharethis, like, follow*,
        bookmark*, socials, teilen, swp, retweet*
    """,
        Label.DONATION: """
        donat*, spenden
    """,
        Label.PAYWALL: """
        paywall*, login*, signin, logout, regwall, piano, pelcro, account*, tinypass, suscribe*,
        userlogin
    """,
        Label.ADVERTISEMENT: """
        ad, ads, advert*, adsense, dfp, sponsor*, anzeige*, werbung, publicidad, reklama, advertorial*, taboola,
        outbrain, zergnet
    """,
        Label.RELATED: """
        related*, relacionad*, recommend*, recirc*, trending, popular, latest, recent*, teaser*, similar,
        mostread, readmore, upnext, prevnext, previous next, prev next, post navigation, most read,
        most viewed, most popular, read more, read next, more stories, more news, more articles, must reads, mas
        leid*, ultimas noticias, also like, news list, other stories, top stories, headlines, headlinelist,
        story list, newslist, aktuelles, verwandt*, weiterlesen, topstories, rss widget, featured posts,
        articles list, post list, latestposts, popularposts, carousel posts, crp, jp relatedposts, most list, must read, yarpp, td
        module, rpwe, wpnbha
    """,
        Label.TICKER: """
        newsticker, ticker*, breaking news, breakingnews, marquee, eilmeldung*
    """,
        Label.AUTHOR_BIO: """
        author bio, author box, authorbox, author info, author about, about author, author description, abh*,
        bio, biography, saboxplugin
    """,
        Label.LEGAL: """
        copyright*, legal*, disclaimer*, imprint, impressum, copy right, privacy policy
    """,
        Label.TAGS: """
        tags, taglist, tag list, tag links, post tags, tag cloud, tagcloud, keywords, topics, cat links, entry
        categories, post categories, tag meta, schlagwort*, entry tags, etiquetas, tagged, filed under, article
        tags
    """,
        Label.PROMO: """
        promo*, cta, marketing, popup, offer*, app download, download app, appbanner, shop, product*, pricing,
        testimonial*, webinar, banner cta, lead form, demo
    """,
        Label.CAPTION: """
        caption*, figcaption, wp caption, credit, photo credit, image credit, bildunterschrift, bildtext
    """,
        Label.BYLINE: """
        byline*, author, authors, vcard, writer
    """,
        Label.TIMESTAMP: """
        timestamp, datetime, dateline, date, pubdate, published, posted on, time
    """,
        Label.DESCRIPTION: """
        standfirst, dek, subhead, subtitle, subheadline, lede
    """,
        Label.NAVIGATION: """
        nav, navbar, navi, navigation*, menu*, submenu*, megamenu*, breadcrumb*, pagination, pager, paging,
        sitemap, topbar, toolbar, dropdown*, mainnav, subnav*, footernav, offcanvas, hamburger, skip, toc, table
        of contents, search*, categories, archive*, language*, lang, localization, locale, tabs, tabbar,
        colophon, masthead, flyout, navlist, topnav, leftnav, sidenav, links, quicklinks, blogroll, drawer,
        branding, filter*, breadcrump, rubriken, ressorts
    """,
    }
)
"""Words of the classes, ids and names of elements; of several kinds that an element's names speak of, the first counts."""
_TAGS = {
    "h1": Label.TITLE,
    "nav": Label.NAVIGATION,
    "figcaption": Label.CAPTION,
    "option": Label.NAVIGATION,
    "select": Label.NAVIGATION,
}
_OUTLYING_TAGS = frozenset({"footer", "header", "aside", "menu", "dialog"})
_OUTLYING = re.compile(r" (?:footer|header|sidebar|aside|widget|rail|topbar|colophon)\w* ")
# Of no weight inside one of the other kinds: a comment's date is a part of the comments.
_SMALL = frozenset(
    {
        Label.TITLE,
        Label.BYLINE,
        Label.TIMESTAMP,
        Label.TAGS,
        Label.CAPTION,
        Label.DESCRIPTION,
        Label.AUTHOR_BIO,
        Label.NAVIGATION,
        Label.PROMO,
    }
)
# Called so for their looks or their site's trade, whatever is in them.
_LOOSE = frozenset({Label.NAVIGATION, Label.PROMO})
# Whatever stands inside one of these belongs to it.
WHOLE = frozenset({Label.COMMENTS, Label.CONSENT})
_ROLES = {
    "navigation": Label.NAVIGATION,
    "menu": Label.NAVIGATION,
    "menubar": Label.NAVIGATION,
    "search": Label.NAVIGATION,
    "tablist": Label.NAVIGATION,
}
_OUTLYING_ROLES = frozenset({"contentinfo", "banner", "complementary", "dialog", "alertdialog"})
_WRAPPER = 0.3
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_GAP = re.compile(r"[^a-z0-9äöüéñ]+")


class Place(NamedTuple):
    """What the elements around a block say."""

    label: Label | None = None
    outlying: bool = False
    """Inside a header, footer, sidebar or the like."""


_NOWHERE = Place()


def places(
    blocks: Sequence[Block], dropped: Iterable[int], kept: Iterable[Block], boxes: Sequence[Box]
) -> dict[int, Place]:
    """The place of each dropped block. Elements around much of what is kept say nothing of what is dropped."""
    if not blocks[0].path:
        return dict.fromkeys(dropped, _NOWHERE)  # a dump has no elements
    by_path = dict.fromkeys(("", *_wrappers(kept)), _NOWHERE)
    by_box: dict[int, Place] = {}
    found = {}
    for index in dropped:
        place = _by_path(blocks[index].path, by_path)
        if place.label is None and boxes:
            place = _within(place, _by_attributes(boxes[index], by_box))
        found[index] = place
    return found


def _wrappers(kept: Iterable[Block]) -> frozenset[str]:
    """Paths of the elements that hold a good share of the characters kept."""
    sizes: Counter[str] = Counter()
    for block in kept:
        sizes[block.path] += len(block.text)
    total = sum(sizes.values())
    around: Counter[str] = Counter()
    for path, size in sizes.items():
        around.update(dict.fromkeys(_upwards(path), size))
    return frozenset(path for path, size in around.items() if size >= _WRAPPER * total)


def _upwards(path: str) -> Iterator[str]:
    """``path`` and the paths of all elements around it."""
    while path:
        yield path
        path = path.rpartition("/")[0]


def _by_path(path: str, known: dict[str, Place]) -> Place:
    place = known.get(path)
    if place is None:
        outer, _, step = path.rpartition("/")
        place = known[path] = _within(_by_path(outer, known), _of_step(step))
    return place


def _by_attributes(box: Box, known: dict[int, Place]) -> Place:
    place = known.get(box.number)
    if place is None:
        place = _NOWHERE if box.parent is None else _by_attributes(box.parent, known)
        role, said = box.element.get("role"), box.element.get("aria-label")
        if (role or said) and box.element.tag not in ("body", "html"):
            place = _within(place, _of_attributes(role or "", said or ""))
        known[box.number] = place
    return place


def _within(outer: Place, inner: Place) -> Place:
    """An element's place, from the place of the one around it and from what its own names say."""
    if inner == _NOWHERE:
        return outer
    outlying = outer.outlying or inner.outlying
    if outer.label is None or inner.label is None:
        return Place(outer.label or inner.label, outlying)
    stays = outer.label in WHOLE or (inner.label in _SMALL and outer.label not in _LOOSE)
    if outer.label is Label.NAVIGATION:
        stays = inner.label in _SMALL
    return Place(outer.label if stays else inner.label, outlying)


@lru_cache(maxsize=1 << 16)
def _of_step(step: str) -> Place:
    tag = step.partition("#")[0].partition(".")[0]
    if tag in ("html", "body", "main"):
        return _NOWHERE
    names = _spaced(step[len(tag) :])
    outlying = tag in _OUTLYING_TAGS or _OUTLYING.search(names) is not None
    return Place(_TAGS.get(tag) or _NAMES.find(names), outlying)


@lru_cache(maxsize=1 << 12)
def _of_attributes(role: str, said: str) -> Place:
    return Place(_ROLES.get(role) or (_NAMES.find(_spaced(said)) if said else None), role in _OUTLYING_ROLES)


def _spaced(names: str) -> str:
    if not names.islower():
        names = _CAMEL.sub(" ", names).lower()
    return f" {_GAP.sub(' ', names).strip()} "
