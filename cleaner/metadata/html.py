"""Metadata of an HTML page: the site's rule first, then structured data, then the page as shown."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from html import unescape
from typing import Any
from urllib.parse import urljoin

from cleaner import extraction
from cleaner.dom import Dom
from cleaner.metadata import dates, jsonld, lines, names, signals, sites, titles
from cleaner.metadata.signals import Head
from cleaner.model import Metadata, Moment
from cleaner.rulebook import SiteMetadata

_FIELDS = ("title", "authors", "published", "modified", "section", "tags", "description")
_TITLE_META = (
    "og:title",
    "twitter:title",
    "citation_title",
    "dc.title",
    "dcterms.title",
    "parsely-title",
    "sailthru.title",
)
_AUTHOR_META = (
    "citation_author", "parsely-author", "author", "article:author", "og:article:author", "byl", "sailthru.author",
    "dc.creator", "dcterms.creator", "dc:creator", "cxenseparse:author", "authors",
)  # fmt: skip
_FAMILY_FIRST = ("citation_author", "dc.creator", "dcterms.creator", "dc:creator")
_PUBLISHED_META = (
    "article:published_time", "og:article:published_time", "datepublished", "parsely-pub-date", "sailthru.date",
    "cxenseparse:recs:publishtime", "citation_publication_date", "citation_date", "dc.date.issued", "dc.date.created",
    "dcterms.created", "dcterms.issued", "dc.date", "dcterms.date", "publishdate", "pubdate", "publish_date",
    "publish-date", "publication_date", "ptime", "created", "date",
)  # fmt: skip
_MODIFIED_META = (
    "article:modified_time", "og:article:modified_time", "og:updated_time", "datemodified", "dcterms.modified",
    "last-modified", "lastmod",
)  # fmt: skip
_DESCRIPTION_META = ("og:description", "description", "twitter:description", "dc.description", "dcterms.abstract")
_SECTION_META = ("article:section", "og:article:section", "parsely-section", "section", "cxenseparse:category")
_TAG_META = ("article:tag", "og:article:tag", "parsely-tags", "sailthru.tags", "news_keywords", "keywords", "tags")
_SITE_META = (
    "og:site_name",
    "application-name",
    "apple-mobile-web-app-title",
    "publisher",
    "dc.publisher",
    "twitter:site",
)
_URL_DATE = re.compile(r"(?<!\d)((?:19|20)\d{2})([/_-]?)(0?[1-9]|1[0-2])\2(0?[1-9]|[12]\d|3[01])(?!\d)")


def read(
    dom: Dom, url: str | None, rules_metadata: SiteMetadata | None = None, *, said: Head | None = None
) -> Metadata:
    """What a page says about its article.

    ``url`` is its address where the caller knows it, ``said`` its head where the caller has gathered it already.
    """
    said = said or signals.head(dom)
    ruled = _ruled(dom, rules_metadata)
    timezone = rules_metadata.timezone if rules_metadata else None
    address = url or canonical(said)
    site = sites.host(address)
    own = _site_names(said, site)
    title = next(iter(ruled["title"]), None) or _title(said, own)
    authors = names.unique(name for line in ruled["authors"] for name in names.split(line)) or _authors(said, dom, own)
    if not title or not authors:
        fallback = extraction.metadata(dom.root, address)
        title = title or fallback.title
        authors = authors or tuple(filter(names.is_person, _people(fallback.authors, own)))
    return Metadata(
        url=address,
        site=site,
        title=title,
        authors=authors,
        published=_first_date(ruled["published"], timezone) or _published(said, dom, address, timezone),
        modified=_first_date(ruled["modified"], timezone) or _modified(said, dom, timezone),
        description=next(iter(ruled["description"]), None) or _description(said),
        section=next(iter(ruled["section"]), None) or _section(said),
        tags=names.unique(ruled["tags"]) or _tags(said),
    )


def _ruled(dom: Dom, rules: SiteMetadata | None) -> dict[str, list[str]]:
    """Texts that the rule's selectors match, by field; an element with a machine-readable date gives that."""
    found: dict[str, list[str]] = {}
    for field in _FIELDS:
        elements = dom.select(getattr(rules, field)) if rules else []
        texts = (e.get("datetime") or e.get("content") or signals.content(e) for e in elements)
        found[field] = [text for text in texts if text]
    return found


def canonical(said: Head) -> str | None:
    """The address that the page gives itself."""
    address = said.canonical or said.first("og:url")
    if address and not address.startswith(("http://", "https://")):
        address = urljoin(said.first("og:url") or "", address)
    return address if sites.host(address) else None


def _site_names(said: Head, site: str | None) -> frozenset[str]:
    """Everything the site goes by, as :func:`titles.key` writes it."""
    written = [value for name in _SITE_META for value in said.meta.get(name, ())]
    written += [str(org.get("name") or "") for org in said.values("publisher") if isinstance(org, dict)]
    written += [str(node.get("name") or "") for node in said.nodes if jsonld.types(node) & {"website", "organization"}]
    if site:
        labels = site.split(".")
        written += [site, *labels[:-1], ".".join(labels[-2:])]
    return frozenset(key for key in map(titles.key, written) if len(key) > 1)


def _title(said: Head, own: frozenset[str]) -> str | None:
    heads = [_plain(value) for value in said.values("headline")]
    heads += [value for name in _TITLE_META for value in said.meta.get(name, ())[:1]]
    return titles.choose(said.headings, [head for head in heads if head], said.page_title, own)


def _plain(value: Any) -> str:
    text = re.sub(r"<[^<>]+>", "", unescape(unescape(value))) if isinstance(value, str) else ""
    return " ".join(text.split())


def _authors(said: Head, dom: Dom, own: frozenset[str]) -> tuple[str, ...]:
    """The people named; where none is, the site itself or another organization, if it is named as the author."""
    people, organizations = _json_authors(said)
    structured = (people, _meta_authors(said))
    found = _first_people(structured, own)
    if any(map(names.is_person, found)):
        return found
    shown = signals.bylines(dom)
    visible = [_people([line], own) for line in (*shown, *_bylines_near(signals.near_headline(dom)))]
    person = next((seen for seen in visible if any(map(names.is_person, seen))), ())
    anyone = next(filter(None, visible[: len(shown)]), ())
    return person or found or _first_people(structured, ()) or names.unique(organizations) or anyone


def _bylines_near(texts: Sequence[str]) -> Iterator[str]:
    """Texts that say "By …", then names alone next to a date."""
    yield from (line for line in texts if names.LEAD.match(line))
    for at, line in enumerate(texts):
        if names.is_person(line) and any(map(dates.find, texts[max(0, at - 1) : at + 2])):
            yield line


def _first_people(sources: Iterable[Sequence[str]], own: Collection[str]) -> tuple[str, ...]:
    return next(filter(None, (_people(lines, own) for lines in sources)), ())


def _people(lines: Sequence[str], own: Collection[str]) -> tuple[str, ...]:
    return names.without_jobs(names.unique(name for line in lines for name in names.split(line, own)))


def _json_authors(said: Head) -> tuple[list[str], list[str]]:
    people: list[str] = []
    organizations: list[str] = []
    for author in said.values("author") or said.values("creator"):
        kinds = jsonld.types(author) if isinstance(author, dict) else frozenset[str]()
        named = author.get("name") if isinstance(author, dict) else author
        organization = any("organization" in kind for kind in kinds) and "person" not in kinds
        for name in named if isinstance(named, list) else [named]:
            if plain := _plain(name):
                (organizations if organization else people).append(plain)
    return people, organizations


def _meta_authors(said: Head) -> list[str]:
    for name in _AUTHOR_META:
        values = [value for value in said.meta.get(name, ()) if "://" not in value]
        if values:
            return [_turned(value) for value in values] if name in _FAMILY_FIRST else values
    return []


def _turned(name: str) -> str:
    """``Lee, Ann`` as ``Ann Lee``."""
    family, comma, given = name.partition(",")
    return f"{given.strip()} {family.strip()}" if comma and "," not in given else name


def _published(said: Head, dom: Dom, url: str | None, timezone: str | None) -> Moment | None:
    sources = (
        lambda: _structured(said, "datePublished", _PUBLISHED_META),
        lambda: (stamp for stamp in signals.stamps(dom) if not lines.is_update(stamp)),
        lambda: _url_dates(url),
        lambda: (line for line in signals.near_headline(dom) if not lines.is_update(line)),
    )
    found = (_first_date(source(), timezone) for source in sources)
    return next(filter(None, found), None) or dates.guess(dom.root, url)


def _modified(said: Head, dom: Dom, timezone: str | None) -> Moment | None:
    structured = _first_date(_structured(said, "dateModified", _MODIFIED_META), timezone)
    return structured or _first_date(filter(lines.is_update, signals.near_headline(dom)), timezone)


def _structured(said: Head, field: str, meta_names: Sequence[str]) -> Iterator[str]:
    yield from (value for value in said.values(field) if isinstance(value, str))
    yield from (value for name in meta_names for value in said.meta.get(name, ())[:1])


def _url_dates(url: str | None) -> list[str]:
    match = _URL_DATE.search(url or "")
    return ["-".join((match[1], match[3].zfill(2), match[4].zfill(2)))] if match else []


def _first_date(texts: Iterable[str], timezone: str | None) -> Moment | None:
    return next((moment for text in texts if (moment := dates.parse(text, timezone))), None)


def _description(said: Head) -> str | None:
    return said.first(*_DESCRIPTION_META) or next((d for d in map(_plain, said.values("description")) if d), None)


def _section(said: Head) -> str | None:
    sections = [_plain(value) for value in said.values("articleSection")]
    return said.first(*_SECTION_META) or next(filter(None, sections), None)


def _tags(said: Head) -> tuple[str, ...]:
    for values in (*(said.meta.get(name, ()) for name in _TAG_META), said.values("keywords")):
        words = [_plain(word) for value in values if isinstance(value, str) for word in _split_tags(value, len(values))]
        if tags := names.unique(filter(None, words)):
            return tags
    return ()


def _split_tags(value: str, count: int) -> list[str]:
    """One value that lists several tags, or one tag of several values, which may hold a comma itself."""
    return [value] if count > 1 else re.split(r"\s*[,;]\s*", value)
