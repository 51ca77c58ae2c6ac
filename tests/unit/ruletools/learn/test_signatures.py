import pytest

from cleaner.model import Kind, Page
from cleaner.ruletools.learn.signatures import propose_signatures

FOREIGN = {"hill.example": "Hill Post Share this", "sea.example": "Sea Mail Share this", "fen.example": "Fen News"}


def dumps(*texts):
    return [Page(id=str(at), source=str(at), content=text, kind=Kind.TEXT) for at, text in enumerate(texts)]


@pytest.mark.parametrize(
    ("others", "found"),
    [
        pytest.param({}, [], id="nothing to tell it from"),
        pytest.param(FOREIGN, ["Weather on the pier"], id="what no other site has"),
        pytest.param({**FOREIGN, "fen.example": "Weather on the pier"}, [], id="what another site has"),
    ],
)
def test_lines_of_every_dump(others, found):
    pages = dumps(
        "Weather on the pier\nOne\nShare this\nSince 1911 and on", "Weather on the pier\nShare this\nSince 1911 and on"
    )
    assert propose_signatures(pages, others, "courier.example") == found


def test_lines_with_the_name_of_the_site_do_by_themselves():
    pages = dumps("The Lake-Courier\nWeather on the pier", "Weather on the pier\nThe Lake-Courier")
    assert propose_signatures(pages, {}, "courier.example") == ["The Lake-Courier"]


def test_a_line_that_one_dump_lacks_is_none():
    assert propose_signatures(dumps("The Courier of Holm\nA", "A\nB"), FOREIGN, "courier.example") == []


def test_one_dump_is_not_enough():
    assert propose_signatures(dumps("The Courier of Holm"), FOREIGN, "courier.example") == []
