import pytest

from bench import composed
from bench.composed import Recipe


def test_pieces_are_between_what_precedes_and_what_follows():
    text = Recipe(before="<ul>", piece="<li>{n}", after="</ul>").compose(24)
    assert text == "<ul><li>1<li>2<li>3</ul>"


def test_nested_pieces_are_closed():
    assert Recipe(piece="<b>", close="</b>").compose(21) == "<b><b><b></b></b></b>"


def test_braces_are_those_of_a_format():
    assert Recipe(piece="{{a", close="}}").compose(3) == "{a}"


@pytest.mark.parametrize("name", composed.load_recipes())
def test_every_recipe_has_about_the_size_that_is_asked_for(name):
    text = composed.compose(name, 20_000)
    assert text == composed.compose(name, 20_000)
    assert 20_000 <= len(text) < 23_000


def test_a_piece_is_measured_with_its_close():
    assert Recipe(piece="<b>", close="</b>").measure_piece() == 7
