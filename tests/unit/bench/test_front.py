import pytest

from bench.front import strip_front

PAGE = """<html><head><title>Ferry back in service &ndash; The Daily Buoy</title>
<meta property="og:title" content="Why the ferry is back"></head>
<body><h1>A <em>ferry</em> returns</h1><h2>A quiet week</h2></body></html>"""
BODY = "The ferry sailed again.\nCrowds stood on the pier."


@pytest.mark.parametrize(
    "front",
    [
        "",
        "Ferry back in service\n",
        "FERRY BACK IN SERVICE\nBy Ida Quill\n",
        "A ferry returns\n",
        "Why the ferry is back\nNovember 4, 2012 | 7:46 AM\n",
        "Ferry back in service\nPosted by Ida Quill\n12/4/2012\n",
    ],
)
def test_title_byline_and_date_come_off_the_front(front):
    assert strip_front(front + BODY, PAGE) == BODY


@pytest.mark.parametrize(
    "gold",
    [
        "The ferry\nsailed again.",
        "A quiet week\nwas had by all.",
        f"By {'and by ' * 10}the end of the day no ferry had sailed.\n{BODY}",
        f"{BODY}\nBy Ida Quill",
        "Ferry back in service",
    ],
    ids=[
        "two words of the title",
        "a section's heading",
        "a long line",
        "a byline at the end",
        "front and nothing else",
    ],
)
def test_all_else_stays(gold):
    assert strip_front(gold, PAGE) == gold
