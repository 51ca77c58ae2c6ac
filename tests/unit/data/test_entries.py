"""Each entry of a data file changes the result of some case: what the code makes of it differs without the entry."""

import importlib.util
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import lru_cache
from types import ModuleType
from typing import Any, NamedTuple

import msgspec
import pytest

from cleaner import compiled, data
from cleaner.article import Metadata
from cleaner.classifier.keyword_index import KeywordIndex
from cleaner.data import file_types, input_types, language_types, markup_types, word_types
from cleaner.front_matter.headline_area import HeadlineArea
from cleaner.front_matter.marked_elements import MarkedElements
from cleaner.front_matter.page_head import PageHead
from cleaner.language import dates, detect, months
from cleaner.language.characters import normalize_phrase
from cleaner.model import Block
from cleaner.page import dom
from cleaner.page.notation.pieces import Piece, read_lines

BREAK = "\u2016"
CREDITS = {
    "|": "A bridge | AP",
    "(": "A bridge (AP)",
    ":": "Photo: Ann Lee",
    "©": "Foto © Ann Lee",
    "/": "Photo by/Ann Lee",
    " by ": "Photo by Ann Lee",
    "courtesy": "Photo courtesy Ann Lee",
    "credit": "Photo credit Ann Lee",
    "source": "Photo source Ann Lee",
    "getty": "A bridge, Getty Images",
    "shutterstock": "A bridge, Shutterstock",
    "unsplash": "A bridge, Unsplash",
    "pixabay": "A bridge, Pixabay",
    "istock": "A bridge, iStock",
    "alamy": "A bridge, Alamy",
    "alliance": "A bridge, picture alliance",
    "imago": "A bridge, imago images",
    "file p": "File photo of a bridge",
    "file i": "File image of a bridge",
    "representat": "Representative image of a bridge",
}
"""For each clue, a credit that no other clue finds."""


LONG = f"{'A bridge is built over the harbour. ' * 10}\n\n{'It will be open in spring. ' * 10}"
"""The text of an article, of two paragraphs."""


class Case(NamedTuple):
    """A list of a data file, and what is asked of the module that reads it about an entry of the list."""

    shape: type[data.DataFile]
    path: str
    module: str
    ask: Callable[[ModuleType, str], object]


def head(name: str, value: str) -> PageHead:
    return PageHead(meta={name: [value]}, node={}, nodes=(), canonical=None, page_title=None, headings=())


def element(attributes: str, tag: str = "p") -> Any:
    return dom.parse_html(f"<html><body><{tag} {attributes}>text</{tag}></body></html>").root.find(f".//{tag}")


def link(text: str, tag: str) -> Any:
    return dom.parse_html(f'<html><body><{tag}>A <a href="#b">{text}</a></{tag}></body></html>').root.find(".//a")


def stem(entry: str, rest: str = "x") -> str:
    return entry.removesuffix("*") + rest if entry.endswith("*") else entry


def cases(shape: type[data.DataFile], module: str, **asked: Callable[[ModuleType, str], object]) -> list[Case]:
    return [Case(shape, path.replace("__", "."), f"cleaner.{module}", ask) for path, ask in asked.items()]


def half(match: Any) -> tuple[bool, bool]:
    """Whether a time of day is marked as of the morning, and of the afternoon."""
    return bool(match and (match["am"] or match["am2"])), bool(match and (match["pm"] or match["pm2"]))


def marked(module: ModuleType, attributes: str, tag: str = "p") -> Any:
    return module.MarkedElements(dom.parse_html(f"<html><body><{tag} {attributes}>text</{tag}></body></html>"), None)


def sources(module: ModuleType, page_head: PageHead) -> Any:
    return module.DateSources(page_head, PAGE, MarkedElements(PAGE, None), EMPTY, None, None, module.DateStyle())


EMPTY = HeadlineArea((), ())
PAGE = dom.parse_html("<p>x</p>")
CASES = [
    *cases(
        word_types.Agencies,
        "language.line_patterns",
        names=lambda m, e: m.match_agency(e),
        before=lambda m, e: m.find_agency(f"Ann Lee {e} AFP"),
        in_brackets=lambda m, e: m.has_picture_credit(f"A bridge ({e} Photo)"),
        behind_bar=lambda m, e: m.has_picture_credit(f"A bridge | {stem(e)}"),
        picture_agencies=lambda m, e: m.has_picture_credit(f"A bridge, {e}"),
    ),
    *cases(
        markup_types.Pictures,
        "page.images",
        late_sources=lambda m, e: list(m.list_sources(element(f'{e}="/a.jpg"', "img"))),
        late_sets=lambda m, e: list(m.list_sources(element(f'{e}="/a.jpg 800w"', "img"))),
        placeholders=lambda m, e: list(m.list_sources(element(f'src="https://a.org/b{e}c"', "img"))),
        trackers=lambda m, e: m.is_ornament(element("", "img"), f"https://a.org/b{e}c"),
        ornaments=lambda m, e: m.is_ornament(element(f'class="{e}"', "img"), "https://a.org/b.jpg"),
        credits=lambda m, e: m.is_credit(element(f'class="{e}"', "span")),
    ),
    *cases(
        word_types.Agencies,
        "front_matter.dateline",
        short=lambda m, e: m.find_dateline([Block(index=0, text=f"【東京{e}】{'x' * 200}")]),
    ),
    *cases(
        language_types.DateWords,
        "language.date_patterns",
        clock__before_am=lambda m, e: half(m.TIME_OF_DAY.match(f"{e} 2:30")),
        clock__before_pm=lambda m, e: half(m.TIME_OF_DAY.match(f"{e} 2:30")),
        clock__after_am=lambda m, e: half(m.TIME_OF_DAY.match(f"2:30 {e}")),
        clock__after_pm=lambda m, e: half(m.TIME_OF_DAY.match(f"2:30 {e}")),
        clock__joins=lambda m, e: bool(m.AFTER.match(f" {e} 2:30")),
        clock__marks=lambda m, e: (m.TIME_OF_DAY.match(f"2:30 {e}").end(), m.TIME_OF_DAY.match(f"2:30 {e}")["zone"]),
    ),
    *cases(
        language_types.DateWords,
        "language.dates",
        order__month_first_zones=lambda m, e: m.find_order_of_zone(e).value,
        order__mixed_zones=lambda m, e: m.find_order_of_zone(e) is None,
        order__month_first_names=lambda m, e: m.find_dates(f"05/09/2024 2:30 {e}"),
    ),
    *cases(
        language_types.DateWords,
        "front_matter.date_order",
        order__month_first=lambda m, e: str(m._order_of_country(e)),
        order__mixed=lambda m, e: str(m._order_of_country(e)),
    ),
    *cases(
        language_types.DateWords,
        "language.calendars",
        jalali__months=lambda m, e: m.JALALI_MONTHS.get(e),
    ),
    *cases(
        language_types.Languages,
        "language.detect",
        alike__pairs=lambda m, e: e in m._WORDS.alike.pairs,
        unsure__languages=lambda m, e: e in m._WORDS.unsure.languages,
    ),
    *cases(word_types.Sections, "language.line_patterns", sections=lambda m, e: normalize_phrase(e) in m.SECTIONS),
    *cases(
        word_types.PersonNames,
        "language.person_names",
        particles=lambda m, e: m.is_person_name(f"Ann {e} Lee"),
        accounts=lambda m, e: m.is_account(stem(e)),
        jobs=lambda m, e: m.is_person_name(f"Ann {stem(e).title()}"),
        page_words=lambda m, e: m.is_person_name(f"Ann {e.title()}"),
    ),
    *cases(
        word_types.PersonNames,
        "language.byline_names",
        titles=lambda m, e: m.split_names(f"{e} Ann Lee"),
        academic_titles=lambda m, e: m.split_names(f"{e} Ann Lee"),
        placeholders=lambda m, e: m.split_names(f"Acme, {stem(e)}"),
        buttons=lambda m, e: m.split_names(f"Acme, {e} it"),
    ),
    *cases(
        word_types.LineWords,
        "language.date_lines",
        updated=lambda m, e: m.mentions_update(f"{e} 5"),
        published=lambda m, e: m.mentions_publication(f"{e} 5"),
        date_line=lambda m, e: m.parse_date_line(f"{e} {e} {e} {e} May 3, 2024"),
        spans__minutes=lambda m, e: m.parse_date_line(f"3 {e} read"),
        spans__read=lambda m, e: m.parse_date_line(f"3 min {e}"),
        spans__reading_time=lambda m, e: m.parse_date_line(f"{e}: 5"),
        spans__posted=lambda m, e: m.parse_date_line(f"{e} 2 hours ago"),
        spans__now=lambda m, e: m.parse_date_line(e),
        spans__before_ago=lambda m, e: m.parse_date_line(f"2 {e}s ago"),
        spans__behind_vor=lambda m, e: m.parse_date_line(f"vor 2 {e}"),
    ),
    *cases(
        word_types.LineWords,
        "language.line_patterns",
        caption__pictures=lambda m, e: m.has_picture_credit(f"{e} by Ann Lee"),
        caption__credited=lambda m, e: m.has_picture_credit(f"Photo {e} : Ann Lee"),
        caption__in_brackets=lambda m, e: m.has_picture_credit(f"A bridge ({e}: Ann Lee)"),
        caption__before_colon=lambda m, e: m.has_picture_credit(f"{e}: Ann Lee"),
        caption__stock=lambda m, e: m.has_picture_credit(f"{e} of a bridge"),
        caption__clues=lambda m, e: m.has_picture_credit(CREDITS[e]),
        tags__headings=lambda m, e: m.is_tag_heading(e),
        tags__leads=lambda m, e: m.is_tag_line(f"{e}: bridges"),
    ),
    *cases(
        word_types.LineWords,
        "language.byline_names",
        byline__before_credited=lambda m, e: bool(m.LEAD.match(f"{e} written by Ann Lee")),
        byline__credited=lambda m, e: m.LEAD.sub("", f"{e} by Ann Lee"),
        byline__credited_by=lambda m, e: m.LEAD.sub("", f"{e} der Redaktion"),
        byline__leads=lambda m, e: m.LEAD.sub("", f"{e}: Ann Lee"),
        byline__prepositions=lambda m, e: m.LEAD.sub("", f"{e} Ann Lee"),
        byline__possessives=lambda m, e: m.split_names(f"By {stem(e)} reporter Ann Lee"),
        byline__roles=lambda m, e: m.split_names(f"By {e} Ann Lee"),
        byline__before_one_word=lambda m, e: m.LEAD.sub("", f"{e} Ann"),
        byline__not_authors=lambda m, e: bool(m.EDITED.match(f"{stem(e)} Ann Lee")),
        byline__joints=lambda m, e: m.split_names(f"Ann Lee{BREAK}{e}{BREAK}Bo Ek"),
        byline__conjunctions=lambda m, e: m.split_names(f"Ann Lee {e} Bo Ek"),
        byline__glued=lambda m, e: m.split_names(f"Ann Lee{e}"),
        byline__last_words=lambda m, e: m.split_names(f"Ann Lee {e}"),
        byline__ends=lambda m, e: m.split_names(f"Ann Lee {e} it"),
        byline__networks=lambda m, e: m.split_names(f"Ann Lee {e} it"),
        byline__posted=lambda m, e: m.extract_credited_names(f"{e} on by Ann Lee"),
        byline__posted_on=lambda m, e: m.extract_credited_names(f"updated {e} by Ann Lee"),
        chinese_byline__author=lambda m, e: m.find_chinese_signature([f"{e}：王小明"]),
        chinese_byline__reporter=lambda m, e: m.find_chinese_signature([f"{e} 王小明"]),
        chinese_byline__behind_reporter=lambda m, e: m.find_chinese_signature([f"记者 王小明{e}，今天"]),
        chinese_byline__behind_korean=lambda m, e: m.find_chinese_signature([f"김민서 {e}"]),
        chinese_byline__editor=lambda m, e: m.find_chinese_signature([f"{e}：王小明"]),
    ),
    *cases(
        word_types.LineWords,
        "language.byline_forms",
        byline__portraits=lambda m, e: m.read_named_lines(f"{e} Mara Finch"),
        byline__behind_portrait=lambda m, e: m.read_named_lines(f"Mara Finch {e}"),
        byline__before_jobs=lambda m, e: m.read_named_lines(f"Mara Finch {e.title()} Editor"),
        byline__bio_leads=lambda m, e: m.read_named_lines(f"{e} Mara Finch", bio=True),
        byline__bio_verbs=lambda m, e: m.read_named_lines(f"Mara Finch {e} here, in the town by the sea", bio=True),
    ),
    *cases(
        word_types.LineWords,
        "classifier.pointers",
        pointers=lambda m, e: e in m._LEADS,
        other_stories=lambda m, e: e in m._LISTS,
    ),
    *cases(
        word_types.LineWords,
        "classifier.comment_threads",
        reply=lambda m, e: e in m._REPLY,
    ),
    *cases(
        word_types.LineWords,
        "front_matter.authors",
        byline__card_labels=lambda m, e: m._read_card_author(
            PageHead({"twitter:label1": [e], "twitter:data1": ["A"]}, {}, (), "", "", ())
        ),
    ),
    *cases(
        input_types.DumpMarks,
        "page.notation.page_header",
        header_fields=lambda m, e: m.split_header(read_lines(f"{e} The wall\nMarkdown Content:\nThe wall")),
        header_ends=lambda m, e: m.split_header(read_lines(f"Title: The wall\n{e}\nThe wall")),
        mail_fields=lambda m, e: m.split_mail_header(read_lines(f"{e} The wall\n" * 3 + "\nThe wall")),
        list_headings=lambda m, e: m.split_header(
            read_lines(f"Title: The wall\nMarkdown Content:\nThe wall\n\n{e}\n- [Old wall](/old)")
        ),
    ),
    *cases(
        input_types.DumpMarks,
        "page.notation.browser_marks",
        reference_headings=lambda m, e: m.find_references(read_lines(f"The wall\n{e}\n1. https://wall.example")),
        reference_parts=lambda m, e: m.find_references(read_lines(f"References\n{e}\n1. https://wall.example")),
        placeholders=lambda m, e: m.remove_placeholders(f"The wall {e}"),
    ),
    *cases(
        input_types.DumpMarks,
        "page.notation.embedded",
        frames=lambda m, e: m.split_embedded(read_lines(f"{e} https://wall.example")),
    ),
    *cases(
        input_types.DumpMarks,
        "page.notation.remnants",
        scripts=lambda m, e: m.is_remnant(f"{{{e}(1)}};"),
        styles=lambda m, e: m.is_remnant(f"{e} {{;}}"),
        data=lambda m, e: m.is_remnant(f"{{wall{e}door}}"),
        edit_links=lambda m, e: m.strip_edit_links([Piece(1, f"The wall [{e}]")]),
    ),
    *cases(
        word_types.LineWords,
        "front_matter.titles",
        not_headline__title_parts=lambda m, e: m.choose_title((), (f"A bridge is built | {e}",), None, ()),
    ),
    *cases(
        word_types.LineWords,
        "front_matter.headline_evidence",
        not_headline__first_words=lambda m, e: bool(m._BREADCRUMB.search(f"{e} of it")),
        not_headline__last_words=lambda m, e: bool(m._BREADCRUMB.search(f"Acme {e}")),
    ),
    *cases(
        word_types.LineWords,
        "classifier.text_features",
        spans__behind_number=lambda m, e: m._has_span(f"5 {e}"),
        spans__before_number=lambda m, e: m._has_span(f"{e} 5"),
    ),
    *cases(
        word_types.Keywords,
        "classifier.keyword_features",
        share_bar__networks=lambda m, e: m.measure_keywords([Block(index=0, text=e)]).tolist(),
        share_bar__around=lambda m, e: m.measure_keywords([Block(index=0, text=e)]).tolist(),
    ),
    *cases(
        markup_types.ElementNames,
        "front_matter.html_findings",
        boxes__author=lambda m, e: m._is_bio(f"/div.{e.replace(' ', '-')}"),
    ),
    *cases(
        markup_types.ElementNames,
        "front_matter.paywall",
        boxes__paywall_classes=lambda m, e: len(element(f'class="{e}x"').xpath(f"..{m._WALLS[1:]}")),
        boxes__paywall_ids=lambda m, e: len(element(f'id="{e}x"').xpath(f"..{m._WALLS[1:]}")),
    ),
    *cases(
        markup_types.ElementNames,
        "front_matter.headline_area",
        aside__path=lambda m, e: bool(m._ASIDE.search(f"/body/div.{e}/p")),
    ),
    *cases(
        markup_types.ElementNames,
        "front_matter.marked_elements",
        aside__names=lambda m, e: marked(m, f'class="{e}"').is_in_aside(element(f'class="{e}"')),
        aside__except=lambda m, e: marked(m, f'class="{e}"').is_in_aside(element(f'class="{e}"')),
        others__byline=lambda m, e: m.rank_byline(element(f'class="author-{e}"')),
        others__byline_names=lambda m, e: m.rank_byline(element(f'class="{e}"')),
        others__date_names=lambda m, e: m.classify_class(e) & m.DATE,
        others__date_attributes=lambda m, e: marked(m, f'class="date" {e}="1714720500"', "time").find_dates(),
        others__date=lambda m, e: marked(m, f'class="{e}" datetime="2024-05-03"', "time").find_dates(),
    ),
    *cases(
        markup_types.ElementNames,
        "front_matter.shown_headings",
        headings__logo=lambda m, e: m.is_logo(element(f'class="{e.replace(" ", "-")}"', "h1")),
        headings__kicker=lambda m, e: m.read_heading(
            dom.parse_html(f'<h1><i class="{e.replace(" ", "-")}">Bridge</i> It opens</h1>').root.find(".//h1")
        ),
    ),
    *cases(
        markup_types.HeadTags,
        "front_matter.html_metadata",
        meta__title=lambda m, e: m._find_title(head(e, "A bridge is built"), frozenset(), ()),
        meta__description=lambda m, e: m._find_description(head(e, "A bridge")),
        meta__site=lambda m, e: m._collect_site_keys(head(e, "Bridge News"), None),
    ),
    *cases(
        markup_types.HeadTags,
        "front_matter.topics",
        meta__section=lambda m, e: m.find_section(head(e, "Bridges")),
        meta__tags=lambda m, e: m.find_tags(head(e, "Bridges"), PAGE),
        section__placeholders=lambda m, e: m.find_section(head("article:section", e)),
    ),
    *cases(
        markup_types.HeadTags,
        "front_matter.page_addresses",
        meta__image=lambda m, e: m.read_addresses(head(e, "https://bridge.example/a.jpg"), PAGE, None).image,
    ),
    *cases(
        markup_types.HeadTags,
        "front_matter.page_head",
        parsely__keys=lambda m, e: (
            m.read_page_head(dom.parse_html(f"""<p>x</p><meta name="parsely-page" content='{{"{e}": "Ann"}}'>""")).meta
        ),
    ),
    *cases(
        markup_types.HeadTags,
        "front_matter.authors",
        meta__authors=lambda m, e: m._read_meta_authors(head(e, "Ann Lee")),
        meta__family_name_first=lambda m, e: m._read_meta_authors(head(e, "Lee, Ann")),
    ),
    *cases(
        markup_types.HeadTags,
        "front_matter.publication_dates",
        meta__published=lambda m, e: m.find_published(sources(m, head(e, "2024-05-03"))),
        meta__modified=lambda m, e: m.find_modified(sources(m, head(e, "2024-05-03"))),
        json_ld__published_elsewhere=lambda m, e: bool(m._SCRIPT_DATE.search(f'"{stem(e)}": "2024-05-03"')),
        json_ld__modified_elsewhere=lambda m, e: bool(m._SCRIPT_UPDATE.search(f'"{stem(e)}": "2024-05-03"')),
    ),
    *cases(
        markup_types.HeadTags,
        "front_matter.jsonld",
        json_ld__types=lambda m, e: m.find_article_node([{"@type": e}]),
        json_ld__nested=lambda m, e: len(m.parse_nodes([json.dumps({e: {"@type": "Article"}})])),
        json_ld__lists=lambda m, e: m.parse_nodes([json.dumps({e: {"@type": "Article"}})]),
        json_ld__rescued=lambda m, e: m.parse_nodes([f'{{"@type": "Article", "{e}": "A bridge", oops']),
    ),
]
CASES += [
    *cases(
        markup_types.UnseenText,
        "page.class_names",
        **{
            f"classes__{name}": lambda m, e: m.classify_element(element(f'class="{e.replace(" ", "-")}"'))
            for name in markup_types.UnseenClasses.__struct_fields__
        },
    ),
    *cases(
        markup_types.UnseenText,
        "page.link_notes",
        links__back_arrows=lambda m, e: m.is_mark_link(link(e, "p")),
        links__own_anchors=lambda m, e: m.is_mark_link(link(e, "h2")),
        new_window=lambda m, e: m.is_new_window_note(e),
    ),
    *cases(
        word_types.PictureCredits,
        "front_matter.captions",
        before_colon=lambda m, e: m.ends_with_credit(f"A bridge. {e.capitalize()}: Ann Lee"),
        before_name=lambda m, e: m.ends_with_credit(f"A bridge. {e.capitalize()} Ann Lee"),
        behind_name=lambda m, e: m.ends_with_credit(f"桥头，李安{e}"),
    ),
    *cases(word_types.FunctionWords, "classifier.scrambled_text", words=lambda m, e: m._share_frequent(e)),
    *cases(
        markup_types.ScriptKeys,
        "page.rich_text",
        keys__headlines=lambda m, e: m.read_headline({e: "A bridge"}),
        keys__types=lambda m, e: m.RichText().write_block({e: "image", "text": LONG}, 0),
        keys__texts=lambda m, e: m.RichText().write_block({"type": "paragraph", e: LONG}, 0),
        keys__addresses=lambda m, e: m.RichText().write_block({"title": "A bridge", e: "/a", "text": LONG}, 0),
        **{
            f"types__{name}": lambda m, e: m.RichText().write_block({"type": e, "text": LONG}, 0)
            for name in markup_types.NodeTypes.__struct_fields__
        },
    ),
    *cases(
        markup_types.ScriptKeys,
        "page.script_values",
        keys__not_articles=lambda m, e: list(m.find_articles({e: LONG})),
    ),
    *cases(
        input_types.FileKinds,
        "page.file_kinds",
        kind=lambda m, e: (
            [m.find_binary_kind(bytes(at) + e.encode("latin-1") + bytes(400)) for at in (0, 4, 8, 34)],
            m.find_binary_kind(e.encode("latin-1")),
            [m.find_named_kind(name) for name in (e, f"x{e}")],
            m._PLURALS,
        ),
    ),
    *cases(
        input_types.RowFields,
        "batch.rows",
        **{
            ours: lambda m, e, ours=ours: getattr(m.select_fields({e: "x"}, m.FieldNames()), ours)
            for ours in ("html", "text", "url", "id", "fetched")
        },
        inner=lambda m, e: m.make_document(m.InputRow(html={e: "x"}), "place"),
    ),
    *cases(
        word_types.PageTypes,
        "classifier.page_signs",
        error_titles=lambda m, e: m._says_error(e),
        consent_phrases=lambda m, e: m._CONSENT.find_matches(f" {e} "),
        listing_titles=lambda m, e: m._has_listing_name(Metadata(), f"{e} boats"),
        listing_paths=lambda m, e: m._has_listing_name(Metadata(url=f"https://a.example/{e}/boats"), None),
        forum_paths=lambda m, e: m.is_forum((), Metadata(url=f"https://a.example/{e}/1")),
        forum_words=lambda m, e: m.is_forum(tuple(Block(index=n, text=e) for n in range(3)), Metadata()),
    ),
]
KINDS = [
    f"kinds.{kind}.{place}"
    for kind in data.load_data(markup_types.ElementNames).kinds
    for place in markup_types.Hints.__struct_fields__
]
CASES += [
    Case(
        markup_types.ElementNames,
        path,
        "cleaner.classifier.box_tree",
        lambda m, e: [m._classify_names(names) for names in (e, f"x{e}", f"{e}x")],
    )
    for path in KINDS
]


def at(tables: Any, path: str) -> Any:
    for key in path.split("."):
        tables = tables[key]
    return tables


def entries(value: Any) -> Iterator[str]:
    """The words of a list, of a text letter by letter, and of tables of them."""
    for inner in value.values() if isinstance(value, dict) else value:
        if isinstance(inner, str):
            yield inner
        else:
            yield from entries(inner)


def without(value: Any, entry: str) -> Any:
    if isinstance(value, dict):
        return {key: without(inner, entry) for key, inner in value.items()}
    if isinstance(value, str):
        return value.replace(entry, "")
    return [inner if isinstance(inner, str) else without(inner, entry) for inner in value if inner != entry]


@contextmanager
def executed(name: str, file: data.DataFile) -> Iterator[ModuleType]:
    """The module ``name``, executed anew as if ``file`` were the data file of its shape."""
    load, twins = data.load_data, list(compiled.TWINS)
    spec = importlib.util.find_spec(name)
    again = importlib.util.spec_from_file_location(f"again_{name}", spec.origin)
    module = importlib.util.module_from_spec(again)
    sys.modules[module.__name__] = module  # dataclasses look their module up
    data.load_data = lambda shape: file if shape is type(file) else load(shape)
    try:
        again.loader.exec_module(module)
        yield module
    finally:
        data.load_data = load
        compiled.TWINS[:] = twins
        sys.modules.pop(module.__name__, None)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.shape.NAME}: {case.path}")
def test_each_entry_changes_a_result(case):
    file = data.load_data(case.shape)
    whole = msgspec.to_builtins(file)
    dead = []
    with executed(case.module, file) as module:
        for entry in entries(at(whole, case.path)):
            tables = msgspec.to_builtins(file)
            *outer, key = case.path.split(".")
            holder = at(tables, ".".join(outer)) if outer else tables
            holder[key] = without(holder[key], entry)
            with executed(case.module, msgspec.convert(tables, case.shape)) as less:
                if repr(case.ask(module, entry)) == repr(case.ask(less, entry)):
                    dead.append(entry)
    assert not dead


@pytest.mark.parametrize(
    ("label", "labels"),
    [
        pytest.param(label, labels, id=f"{name}: {label}")
        for name, labels in (
            (
                "keywords.toml",
                {k: data.flatten_words(v) for k, v in data.load_data(word_types.Keywords).labels.items()},
            ),
        )
        for label in labels
    ],
)
def test_each_keyword_decides_a_line(label, labels):
    find = lexicon(tuple(labels.items())).find_ranks
    dead = []
    for keyword in labels[label]:
        less = KeywordIndex({**labels, label: [other for other in labels[label] if other != keyword]})
        lines = [f" {keyword.removesuffix('*')} ", *([f" {stem(keyword, 'qx')} "] if keyword.endswith("*") else [])]
        picked = [(line, line.split(), 1) for line in lines]
        if find(picked) == less.find_ranks(picked):
            dead.append(keyword)
    assert not dead


@lru_cache(maxsize=4)
def lexicon(labels: tuple[tuple[str, tuple[str, ...]], ...]) -> KeywordIndex:
    return KeywordIndex(dict(labels))


@pytest.mark.parametrize(("script", "given"), [("zh", "小明"), ("ko", "민수")])
def test_each_surname_makes_a_name(script, given):
    file = data.load_data(word_types.PersonNames)
    surnames = getattr(file.surnames, script)
    few = msgspec.structs.replace(file, surnames=word_types.Surnames("王", "김"))
    name = "cleaner.language.person_names"
    with executed(name, file) as module, executed(name, few) as less:
        assert all(module.is_person_name_alone(f"{surname}{given}") for surname in surnames)
        assert sum(less.is_person_name_alone(f"{surname}{given}") for surname in surnames) == 1


def test_each_name_of_a_month_makes_a_date():
    for month in data.load_data(language_types.Months).month:
        for name in (*month.cldr, *month.extra):
            assert [found.moment.month for found in dates.find_dates(f"3 {name} 2024")] == [month.number], name


def test_each_name_of_a_weekday_orders_day_and_month():
    for weekday in data.load_data(language_types.Months).weekday:
        day = date(2024, 9, 9 + weekday.number)  # 9 September is a Monday
        for name in weekday.cldr:
            text = f"{name} {day:%d/%m/%Y}"
            if day.day <= 12:
                assert [found.moment for found in dates.find_dates(text)] == [day], name
            assert months.WEEKDAYS[name] == weekday.number


def test_each_era_has_its_years():
    for era in data.load_data(language_types.DateWords).era:
        assert dates.parse_date(
            f"{era.name}{2000 - era.start}年5月3日" if era.start < 1999 else f"{era.name}元年5月3日"
        ) == date(max(2000, era.start + 1), 5, 3)


def test_each_foreign_letter_counts():
    for language, letters in data.load_data(language_types.Languages).foreign.items():
        assert len(detect._FOREIGN[language].findall(letters)) == len(letters)


def test_each_script_has_its_language():
    for script in data.load_data(language_types.Languages).script:
        for span in (span.encode().decode("unicode_escape") for span in script.ranges):
            letters = "".join(chr(code) for code in range(ord(span[0]), ord(span[-1]) + 1) if chr(code).isalpha())
            found, pure = detect._find_script_languages(letters, None)
            assert found[0] in script.languages
            assert pure == 1


def test_every_list_has_a_case():
    covered = {(case.shape, case.path) for case in CASES}
    lists = {
        (shape, path)
        for shape in file_types.DataFile.__subclasses__()
        if shape.__module__.startswith(f"{data.__name__}.")
        for path in paths(msgspec.to_builtins(data.load_data(shape)))
    }
    missing = {
        (shape.NAME, path)
        for shape, path in lists
        if not any(shape is done and f"{path}.".startswith(f"{start}.") for done, start in covered)
    }
    # The tests above, tests/unit/page/test_encoding.py and tests/unit/page/test_originals.py; learned weights are no lists.
    elsewhere = ("labels", "month", "weekday", "era", "script", "foreign", "surnames", "bias", "weights", "threshold")
    elsewhere += ("language", "before_address", "in_query", "rewritten_host")
    assert not [(name, path) for name, path in missing if path.split(".")[0] not in elsewhere]


def paths(tables: dict[str, Any], start: str = "") -> Iterator[str]:
    for key, value in tables.items():
        if isinstance(value, dict):
            yield from paths(value, f"{start}{key}.")
        else:
            yield f"{start}{key}"
