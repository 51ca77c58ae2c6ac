"""A dump's metadata is what its labelled blocks say, whoever labelled them."""

from datetime import date

from cleaner.front_matter import dump_metadata
from cleaner.labels import Label
from cleaner.model import Block, Verdict
from cleaner.rulebook import SiteMetadata


def labelled(lines):
    """Blocks of a table ``label | text``."""
    rows = [line.strip().split(" | ", 1) for line in lines.strip().splitlines()]
    return tuple(
        Block(index=at, line=at + 1, text=words, verdict=Verdict(Label(label), "someone", "as given"))
        for at, (label, words) in enumerate(rows)
    )


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
    said = dump_metadata.read(STORY, "https://www.example.org/a", SiteMetadata(timezone="Asia/Kolkata"))
    assert (said.title, said.description, said.site) == (
        "Old bridge closed",
        "Wind tore the railing away",
        "example.org",
    )
    assert (said.authors, said.agency, said.place) == (("Ann Lee",), "AP", "WASHINGTON")
    assert (said.section, said.tags) == ("World", ("Ports", "Wind"))
    assert [str(said.published), str(said.modified)] == ["2023-09-05 06:49:00+05:30", "2023-09-05 06:50:00+05:30"]


def test_the_clock_of_the_page_is_no_publication_date():
    without_date = tuple(block for block in STORY if block.index not in (5, 12))
    assert dump_metadata.read(without_date).published is None


def test_a_date_of_another_story_is_no_publication_date():
    assert dump_metadata.read(tuple(block for block in STORY if block.index not in (0, 5))).published is None


def test_a_date_right_above_the_headline_counts():
    blocks = labelled(
        "timestamp | September 13, 2023\ntimestamp | 1 min read\ntitle | Old bridge closed\nparagraph | It was closed."
    )
    assert dump_metadata.read(blocks).published == date(2023, 9, 13)


def test_a_date_right_below_the_body_counts():
    blocks = labelled("title | Old bridge closed\nparagraph | It was closed.\ntimestamp | Published 13 September 2023")
    assert dump_metadata.read(blocks).published == date(2023, 9, 13)


def test_no_blocks_say_nothing():
    said = dump_metadata.read(())
    assert (said.title, said.published, said.authors) == (None, None, ())


def test_reviewers_are_no_authors_and_a_name_alone_gives_way_to_a_byline():
    assert dump_metadata.read(labelled("byline | Edited by Tom Fox\nbyline | Ann Lee")).authors == ("Ann Lee",)
    assert dump_metadata.read(labelled("byline | Bo Ek\nbyline | By Ann Lee")).authors == ("Ann Lee",)
