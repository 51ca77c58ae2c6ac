import time

import pytest

from cleaner.model import Kind
from cleaner.page.decode import detect_kind


@pytest.mark.parametrize("piece", ["<!-- a -->\n", "<!-- a --> <!--", "<?xml a?> ", "<?xml ", " "])
def test_what_stands_before_a_page_takes_time_in_proportion(piece):
    start = time.perf_counter()
    assert detect_kind(piece * 20_000 + "Tea is picked by hand.") is Kind.TEXT
    assert time.perf_counter() - start < 5  # it doubled with each comment


def test_comments_before_a_page_do_not_hide_it():
    assert detect_kind("<?xml version='1.0'?>\n<!-- a -->\n<!-- b -->\n<!doctype html>Tea") is Kind.HTML
