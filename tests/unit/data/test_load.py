"""Data files are decoded strictly, and once."""

import msgspec
import pytest

from cleaner import data
from cleaner.data.language_types import Months
from cleaner.data.word_types import Sections, Surnames
from cleaner.language import dates


def test_a_file_is_read_once():
    assert data.load_data(Sections) is data.load_data(Sections)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('[sections]\nen = ["news"]\n[more]\nen = ["x"]', "unknown field `more`"),
        ('[sections]\nenglish = ["news"]', "matching regex"),
        ("[sections]\nen = [5]", "Expected `str`, got `int`"),
        ("", "missing required field `sections`"),
        ('[sections]\nen = ["news", "sport", "news"]', "repeated: news"),
        ('[sections]\nen = ["news"]\nde = ["news"]', "repeated: news"),
    ],
)
def test_what_has_another_form_is_refused(text, fault):
    with pytest.raises((ValueError, msgspec.ValidationError), match=fault):
        data.decode_data(text, Sections)


def test_a_letter_twice_is_refused():
    class Letters(data.DataFile, frozen=True):
        NAME = "letters.toml"

        surnames: Surnames

    with pytest.raises(ValueError, match="repeated: b"):
        data.decode_data('[surnames]\nzh = "abb"\nko = "a"', Letters)


def test_no_name_is_that_of_two_months():
    names = [name for month in data.load_data(Months).month for name in (*month.cldr, *month.extra)]
    assert len(names) == len(set(names))
    assert [month.number for month in data.load_data(Months).month] == list(range(1, 13))


@pytest.mark.parametrize(
    "text", ["23 Març 2020", "10. marts 2020", "13 gusht 2020", "03 يونيو 2020", "7. listopada 2020"]
)
def test_months_of_many_languages_are_known(text):
    assert dates.find_dates(text)


@pytest.mark.parametrize("text", ["iPhone 12 Pro 2021", "20 Julie 2012", "Office 16 Mac 2019", "55 LED 2020"])
def test_a_word_that_is_a_month_elsewhere_makes_no_date(text):
    assert not dates.find_dates(text)
