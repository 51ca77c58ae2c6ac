"""A dump's metadata is what the blocks with findings say together, and nothing that another judge guessed."""

from datetime import date

import pytest

import cleaner
from cleaner.article import Metadata
from cleaner.front_matter import dump_metadata
from cleaner.front_matter.findings import BELIEVED, Finding, collect_metadata
from cleaner.labels import Group, Label
from cleaner.model import Block, Verdict
from cleaner.rulebook import SiteMetadata


def labelled(lines):
    """Blocks of a table ``label | text``."""
    rows = [line.strip().split(" | ", 1) for line in lines.strip().splitlines()]
    return tuple(
        Block(index=at, line=at + 1, text=words, verdict=Verdict(Label(label), "front_matter", "as given"))
        for at, (label, words) in enumerate(rows)
    )


def findings_of(blocks, confidence=1.0):
    """A finding for each block whose label is about the article."""
    about = [b for b in blocks if b.verdict.label.group is Group.ABOUT or b.verdict.label is Label.DESCRIPTION]
    return [Finding(block.verdict.label, block.index, None, confidence, "as given") for block in about]


def read(blocks, rules=None, findings=None):
    found = findings_of(blocks) if findings is None else findings
    return collect_metadata(Metadata(), dump_metadata.read_dump_values(blocks, found, rules or SiteMetadata(), None))


STORY = labelled(
    """
    timestamp | February 20, 2026 12:22 pm (IST)
    share | Follow us:
    tags | World
    title | Old bridge closed
    description | Wind tore the railing away
    timestamp | September 05, 2023 06:49 am | Updated 06:50 am IST - WASHINGTON
    byline | AP
    byline | By Ann Lee
    paragraph | The old bridge over the harbour was closed.
    tags | Related Topics
    tags | Ports / Wind
    related | More stories
    timestamp | 1 May 2025
    """
)


def test_every_field_is_read_off_its_label():
    said = read(STORY, SiteMetadata(timezone="Asia/Kolkata"))
    assert (said.title, said.description) == ("Old bridge closed", "Wind tore the railing away")
    assert (said.authors, said.agency, said.place) == (("Ann Lee",), "AP", "WASHINGTON")
    assert (said.section, said.tags) == ("World", ("Ports", "Wind"))
    assert [str(said.published), str(said.modified)] == ["2023-09-05 06:49:00+05:30", "2023-09-05 06:50:00+05:30"]


def without(*texts):
    """The story without the lines that start so, its blocks numbered anew."""
    left = [f"{b.verdict.label} | {b.text}" for b in STORY if not b.text.startswith(texts)]
    return labelled("\n".join(left))


def test_the_clock_of_the_page_is_no_publication_date():
    assert read(without("September 05", "1 May")).published is None


def test_a_date_of_another_story_is_no_publication_date():
    assert read(without("February 20", "September 05")).published is None


def test_a_date_right_above_the_headline_counts():
    blocks = labelled(
        "timestamp | September 13, 2023\ntimestamp | 1 min read\ntitle | Old bridge closed\nparagraph | It was closed."
    )
    assert read(blocks).published == date(2023, 9, 13)


def test_a_date_right_below_the_body_counts():
    blocks = labelled("title | Old bridge closed\nparagraph | It was closed.\ntimestamp | Published 13 September 2023")
    assert read(blocks).published == date(2023, 9, 13)


def test_no_blocks_say_nothing():
    said = read(())
    assert (said.title, said.published, said.authors) == (None, None, ())


def test_reviewers_are_no_authors_and_a_name_alone_gives_way_to_a_byline():
    assert read(labelled("byline | Edited by Tom Fox\nbyline | Ann Lee")).authors == ("Ann Lee",)
    assert read(labelled("byline | Bo Ek\nbyline | By Ann Lee")).authors == ("Ann Lee",)


@pytest.mark.parametrize("confidence", [BELIEVED - 0.01, BELIEVED])
def test_one_threshold_decides(confidence):
    blocks = labelled("title | Old bridge closed\nparagraph | It was closed.")
    said = read(blocks, findings=findings_of(blocks, confidence))
    assert said.title == ("Old bridge closed" if confidence >= BELIEVED else None)


def test_a_label_without_a_finding_gives_no_title_and_no_tags():
    said = read(STORY, findings=())
    assert (said.title, said.tags) == (None, ())


def test_the_surest_of_two_titles_counts():
    blocks = labelled("title | Old bridge\ntitle | Old bridge closed\nparagraph | It was closed.")
    said = read(blocks, findings=[Finding(Label.TITLE, index, None, 0.6 + 0.1 * index, "") for index in (0, 1)])
    assert said.title == "Old bridge closed"


def test_a_name_may_be_between_the_headline_and_the_date():
    lines = (
        "Kurier Rzeczny", "Strona główna", "Wiadomości", "Sport", "Zaloguj się", "Odnowiona przystań znów otwarta", "Jan Nowak",
        "12 maja 2024, 10:15",
        "Ponad sto osób przyszło w sobotę na otwarcie odnowionej przystani, która przez trzy lata była zamknięta z powodu powodzi.",
        "Burmistrz powiedział, że prace kosztowały mniej, niż zakładano, i że pierwszy statek wypłynie jeszcze w tym miesiącu.",
        "Na ścianie przystani powstanie też tablica z poziomem wody z każdej powodzi od 1903 roku.", "Udostępnij", "Czytaj także",
        "Nowy most będzie gotowy jesienią",
    )  # fmt: skip
    article = cleaner.clean("\n".join(lines))
    assert (article.title, article.authors) == ("Odnowiona przystań znów otwarta", ("Jan Nowak",))


def test_the_first_line_of_a_wrapped_paragraph_is_no_headline():
    dump = (
        "The harbour was dredged in spring, and the old pier was re-\nopened after two winters. Boats land there again\n"
        "in the morning, and the ferry company has hired nine people.\n\n"
        "The council expects that the number of visitors will rise by a tenth in the coming year.\n"
    )
    assert cleaner.clean(dump).title is None


VIETNAMESE = (
    "Cây cầu cũ qua bến cảng sẽ đóng cửa ba tháng để sửa chữa, ủy ban thị trấn cho biết hôm thứ Hai sau cuộc họp.",
    "Người dân sẽ đi thuyền miễn phí từ sáng sớm đến mười giờ tối, và chợ cá vẫn mở cửa như mọi ngày trong tuần.",
)
GERMAN = (
    "Die alte Brücke über den Hafen bleibt drei Monate lang gesperrt, wie der Rat der Stadt am Montag mitgeteilt hat.",
    "Bis dahin fährt eine Fähre, die nichts kostet, und der Fischmarkt bleibt an allen Tagen der Woche geöffnet.",
)
ENGLISH = (
    "The old bridge over the harbour will be closed for three months, the council of the town said on Monday evening.",
    "Until then a ferry will run at no charge, and the fish market stays open on all days of the week as it did before.",
)


@pytest.mark.parametrize(
    ("paragraphs", "line", "url", "expected"),
    [
        (VIETNAMESE, "12/03/2024", None, date(2024, 3, 12)),
        (GERMAN, "12/03/2024", None, date(2024, 3, 12)),
        (ENGLISH, "12/03/2024", None, None),
        (ENGLISH, "12/03/2024", "https://courier.example.uk/bridge", date(2024, 3, 12)),
        (ENGLISH, "12/03/2024", "https://courier.example.com/bridge", None),
        ((*ENGLISH, "Tide tables 11/28/2023"), "12/03/2024", None, date(2024, 12, 3)),
        ((*ENGLISH, "Tide tables 28/11/2023"), "12/03/2024", None, date(2024, 3, 12)),
    ],
    ids=["Vietnamese", "German", "English", "a country", "no country", "month first elsewhere", "day first elsewhere"],
)
def test_day_and_month_in_numbers_have_the_order_of_the_page(paragraphs, line, url, expected):
    dump = "\n\n".join(("Old bridge closed for repairs until June", line, *paragraphs))
    assert cleaner.clean(dump, url=url).published == expected


def test_a_date_between_headline_and_text_counts_whatever_is_around_it():
    lines = f"""
        title | Old bridge closed
        navigation | Home
        byline | Ann Lee, 5 September 2023, 12 comments so far
        navigation | News
        paragraph | {ENGLISH[0]}
        paragraph | {ENGLISH[1]}
        """
    title = [Finding(Label.TITLE, 0, None, 1.0, "as given")]
    assert read(labelled(lines), findings=title).published == date(2023, 9, 5)
    said = lines.replace("navigation | News", "byline | Posted on 6 September 2023 by the harbour office")
    assert read(labelled(said), findings=title).published == date(2023, 9, 6)


def test_a_caption_between_the_first_text_and_the_date_does_not_hide_it():
    blocks = labelled(
        f"""
        title | Old bridge closed
        paragraph | Wind tore the railing away
        caption | The bridge on Monday
        timestamp | September 13, 2023
        paragraph | {ENGLISH[0]}
        paragraph | {ENGLISH[1]}
        related | Boats for visitors
        related | 1 May 2021
        """
    )
    found = [Finding(Label.TITLE, 0, None, 1.0, "as given")]
    assert read(blocks, findings=found).published == date(2023, 9, 13)


def test_an_article_that_only_says_when_it_was_changed_is_of_that_day():
    dump = "\n\n".join(("Old bridge closed for repairs until June", "By Ann Lee", "Updated: May 3, 2024", *ENGLISH))
    said = cleaner.clean(dump)
    assert (said.published, said.modified) == (date(2024, 5, 3), date(2024, 5, 3))


@pytest.mark.parametrize("clock", ["February 20, 2026 12:22 pm (IST)", "Friday, 20 February 2026", "20.02.2026"])
@pytest.mark.parametrize("line", ["By Ann Lee, 3 May 2024", "3 May 2024"])
def test_the_clock_of_a_whole_page_gives_way_to_the_date_line(clock, line):
    menu = "* Home\n* News\n* Sport\n* Weather\n* Harbour"
    dump = "\n\n".join((clock, menu, "Old bridge closed for repairs until June", line, *ENGLISH))
    assert cleaner.clean(dump).published == date(2024, 5, 3)
    without_line = "\n\n".join((clock, menu, "Old bridge closed for repairs until June", *ENGLISH))
    assert cleaner.clean(without_line).published is None


@pytest.mark.parametrize(
    ("above", "authors"),
    [
        ("By\n\nDaniel Reed\n\n14 May 2024", ("Daniel Reed",)),
        ("Written by:\n\nDaniel Reed", ("Daniel Reed",)),
        ("posted on 2023-12-19 23:30 by Rafael Antonio Reed", ("Rafael Antonio Reed",)),
        ("Posted on December 18, 2023 Posted by John Reed 59 Comments", ("John Reed",)),
        ("By\n\nMore stories from the coast", ()),
        ("Guide by Mara Finch Former Harbour Reporter", ("Mara Finch",)),
        ("12 comments | Mara Finch | Last Updated: March 11, 2024", ("Mara Finch",)),
        ("Mara Finch May 3, 2024", ("Mara Finch",)),
        ("Medically reviewed by Ada Moss, RN — Written by Mara Finch, MS — Updated on May 3, 2024", ("Mara Finch",)),
        ("May 3, 2024/0 Comments/in Harbour News /by Mara Finch", ("Mara Finch",)),
        ("By John E. Reed", ("John E. Reed",)),
        ("13.05.24 20:19 von Mara Finch Lesezeit: 4 Min.", ("Mara Finch",)),
        ("Headshot of Mara Finch\n\nMara Finch\n\nMay 3, 2024", ("Mara Finch",)),
        ("May 3, 2024\n\nMara Finch, senior reporter of the harbour desk", ("Mara Finch",)),
        ("Words: Mara Finch. Pictures: Bo Ek", ("Mara Finch",)),
    ],
)
def test_authors_of_dumps(above, authors):
    dump = "\n\n".join(("Old bridge closed for repairs until June", above, *ENGLISH))
    assert cleaner.clean(dump).authors == authors


def test_a_thai_dump_has_a_date_although_no_mark_ends_its_sentences():
    text = "กำแพงริมฝั่งเหนือของท่าเรือสร้างเสร็จเมื่อวันพุธ ช้ากว่ากำหนดเก้าเดือน แต่ทางจังหวัดกล่าวว่ายังอยู่ในงบประมาณ วิศวกรรู้จักมันดี"
    page = f"ข่าว\n\nกำแพงฝั่งเหนือสร้างเสร็จแล้ว\n\n8 พฤษภาคม 2567\n\n{text}\n\n{text[20:]}{text[:20]}"
    assert cleaner.clean(page.encode()).published == date(2024, 5, 8)


def test_a_line_about_the_author_below_the_text_names_the_author():
    dump = "\n\n".join(
        (*ENGLISH, "About the author", "Mara Finch is a harbour reporter for the Courier.", "Related stories")
    )
    assert cleaner.clean(f"Old bridge closed for repairs until June\n\n{dump}").authors in {("Mara Finch",), ()}


@pytest.mark.parametrize("separator", ["\n\n", "\n"])
def test_a_name_behind_a_dash_signs_the_text_above_it(separator):
    page = ("Old bridge closed for repairs until June", *ENGLISH, "— Mara Finch", "More stories from the coast")
    assert cleaner.clean(separator.join(page)).authors == ("Mara Finch",)


@pytest.mark.parametrize("credit", ["Photograph: Bo Ek/The Courier", "(Picture: B. Ek)", "© County Archive"])
def test_a_credit_at_the_end_of_a_line_of_a_dump_shows_a_caption(credit):
    caption = f"Isla Brand, 81, has mended nets since she was nine. {credit}"
    page = ("Old bridge closed for repairs until June", ENGLISH[0], caption, *ENGLISH[1:])
    assert cleaner.clean("\n".join(page)).captions == (caption,)


def test_the_agency_behind_the_name_in_a_byline():
    page = ("Old bridge closed for repairs until June", "By Mara Finch, correspondent in Tarn, with AFP", *ENGLISH)
    assert cleaner.clean("\n\n".join(page)).agency == "AFP"


@pytest.mark.parametrize(
    ("headline", "paragraph", "line", "authors"),
    [
        (
            "पुराना पुल तीन महीने के लिए बंद",
            "पुराना पुल तीन महीने तक बंद रहेगा, नगर परिषद ने सोमवार को बैठक के बाद कहा। तब तक नाव बिना शुल्क के चलेगी।",
            "द्वारा रवि कुमार",
            ("रवि कुमार",),
        ),
        (
            "إغلاق الجسر القديم فوق الميناء",
            "سيغلق الجسر القديم فوق الميناء لمدة ثلاثة أشهر، كما قال مجلس المدينة يوم الاثنين بعد الاجتماع الطويل.",
            "بقلم سامي حداد",
            ("سامي حداد",),
        ),
        (
            "港口旧桥将关闭三个月进行维修",
            "港口上的旧桥将关闭三个月，市议会星期一在会议后表示，在此期间渡船将免费运行，鱼市照常营业。",
            "记者 王小明 李华",
            ("王小明", "李华"),
        ),
    ],
)
def test_authors_of_dumps_in_other_scripts(headline, paragraph, line, authors):
    dump = "\n\n".join((headline, line, "2024-05-03", paragraph, f"{paragraph} {paragraph}"))
    assert cleaner.clean(dump).authors == authors
