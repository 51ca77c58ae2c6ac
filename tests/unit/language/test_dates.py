"""Human dates become moments; what is no date becomes nothing."""

import sys
import unicodedata
from datetime import date, datetime, timedelta, timezone

import pytest

from cleaner.language import dates

INDIA = "Asia/Kolkata"

WRITTEN = """
2023-09-05                                   | 2023-09-05
2023-09-05T22:43:00+05:30                    | 2023-09-05T22:43:00+05:30
2021-06-14T08:00:00.000Z                     | 2021-06-14T08:00:00+00:00
2005-5-7 21:23:57                            | 2005-05-07T21:23:57
2023/09/05                                   | 2023-09-05
Sep 05, 2023, at 10:43 pm                    | 2023-09-05T22:43:00
13 September 2023                            | 2023-09-13
5. September 2023                            | 2023-09-05
le 5 septembre 2023 à 14h30                  | 2023-09-05T14:30:00
5 de septiembre de 2023 a las 10:30          | 2023-09-05T10:30:00
5 сентября 2023, 12:10                       | 2023-09-05T12:10:00
2023年9月5日 12:30                           | 2023-09-05T12:30:00
05.09.2023, 15:30 Uhr                        | 2023-09-05T15:30:00
Tue, 05 Sep 2023 10:43:00 +0000              | 2023-09-05T10:43:00+00:00
Fri Sep 05 10:43:00 UTC 2025                 | 2025-09-05T10:43:00+00:00
Fri May 3 9:05:07 GMT 2024                   | 2024-05-03T09:05:07+00:00
May 3 25:61 2024                             | 2024-05-03
Updated 1:22 PM EDT, Mon November 6, 2023    | 2023-11-06T13:22:00-04:00
September 5, 2023 at 12:15 a.m. CEST         | 2023-09-05T00:15:00+02:00
Posted on July 1st, 2024 by the desk         | 2024-07-01
1693890000                                   | 2023-09-05T05:00:00+00:00
25/12/2023                                   | 2023-12-25
12/25/2023                                   | 2023-12-25
१३ सितंबर २०२३                                | 2023-09-13
5 กันยายน 2566 เวลา 14:30 น.                  | 2023-09-05T14:30:00
๕ ก.ย. ๒๕๖๖                                   | 2023-09-05
۱۴ شهریور ۱۴۰۲ - ۱۴:۳۰                        | 2023-09-05T14:30:00
1402/06/14                                   | 2023-09-05
令和5年9月5日 午後2時30分                      | 2023-09-05T14:30:00
民國112年9月5日                               | 2023-09-05
民國 112/09/05                               | 2023-09-05
2023년 9월 5일 오후 2시 30분                  | 2023-09-05T14:30:00
2023. 9. 5. 14:30                            | 2023-09-05T14:30:00
2023年9月5日 下午2:30                         | 2023-09-05T14:30:00
2023年9月5日（火）14時30分                    | 2023-09-05T14:30:00
5 de setembre de 2023 - 14.30h               | 2023-09-05T14:30:00
5 d'agost de 2023                            | 2023-08-05
2023. szeptember 5., kedd 14:30              | 2023-09-05T14:30:00
2023 m. rugsėjo 5 d. 14:30                   | 2023-09-05T14:30:00
2023. gada 5. septembris, 14:30              | 2023-09-05T14:30:00
5.9.2023 klo 14.30                           | 2023-09-05T14:30:00
5 Eylül 2023 Salı 14:30                      | 2023-09-05T14:30:00
5 tháng 9, 2023                              | 2023-09-05
5 سبتمبر 2023 2:30 م                         | 2023-09-05T14:30:00
5 أيلول/سبتمبر 2023                          | 2023-09-05
5 أيلول / سبتمبر 2023                        | 2023-09-05
٢٥ / ١٢ / ٢٠٢٣                               | 2023-12-25
8 मई 2024                                     | 2024-05-08
8 மே 2024                                     | 2024-05-08
Mara Finch/May 8, 2024                       | 2024-05-08
5 בספטמבר 2023, 14:30                        | 2023-09-05T14:30:00
5 सितंबर 2023, अपराह्न 2:30                   | 2023-09-05T14:30:00
5 Σεπτεμβρίου 2023, 2:30 μ.μ.                | 2023-09-05T14:30:00
5 сентября 2023, 14:30 (МСК)                 | 2023-09-05T14:30:00+03:00
1693890000000                                | 2023-09-05T05:00:00+00:00
/Date(1693890000000)/                        | 2023-09-05T05:00:00+00:00
2566-09-05T08:00:00+07:00                    | 2023-09-05T08:00:00+07:00
09/05/2023 2:30 PM EDT                       | 2023-09-05T14:30:00-04:00
Monday, 03/04/2023                           | 2023-04-03
25/12/23                                     | 2023-12-25
"""
NO_DATES = [
    "",
    "1 hour ago",
    "vor 2 Stunden",
    "yesterday",
    "5 min read",
    "2018",
    "10 Best of 2023",
    "03/04/2024",
    "03/04/24",
    "0001-01-01T00:00:00Z",
    "12 May 1403",
    "iPhone 12 Pro 2021",
    "31 February 2024",
    "12 September",
    "Friday",
    "version 10.11.12",
    "v10.11.12",
    "10.11.12.13",
    "45.11.12",
    "9999-12-31",
]


@pytest.mark.parametrize("row", WRITTEN.strip().splitlines(), ids=lambda row: row.split("|")[0].strip())
def test_a_written_date_is_read(row):
    text, expected = (part.strip() for part in row.split("|"))
    moment = dates.parse_date(text)
    assert moment is not None
    assert moment.isoformat() == expected


@pytest.mark.parametrize("text", NO_DATES)
def test_no_date_is_made_up(text):
    assert dates.parse_date(text) is None


def test_a_day_stays_a_day_and_a_time_makes_a_datetime():
    assert type(dates.parse_date("13 September 2023", INDIA)) is date
    assert type(dates.parse_date("13 September 2023 06:49 am")) is datetime


def test_a_naive_time_gets_the_zone_of_the_site():
    moment = dates.parse_date("Sep 05, 2023, at 10:43 pm", INDIA)
    assert isinstance(moment, datetime)
    assert moment.utcoffset() == timedelta(hours=5, minutes=30)


def test_the_zone_in_the_text_beats_that_of_the_site():
    moment = dates.parse_date("Sep 05, 2023 10:43 GMT", INDIA)
    assert moment == datetime(2023, 9, 5, 10, 43, tzinfo=timezone.utc)  # noqa: UP017


@pytest.mark.parametrize(
    ("zone", "offset"), [(None, None), (INDIA, timedelta(hours=5, minutes=30)), ("America/New_York", None)]
)
def test_an_ambiguous_abbreviation_means_the_zone_of_the_site_or_nothing(zone, offset):
    moment = dates.parse_date("Sep 05, 2023 10:43 am IST", zone)
    assert isinstance(moment, datetime)
    assert moment.utcoffset() == offset


def test_an_unknown_zone_is_ignored():
    assert dates.parse_date("Sep 05, 2023 10:43", "Atlantis/Center") == datetime(2023, 9, 5, 10, 43)  # noqa: DTZ001


@pytest.mark.parametrize(("zone", "month"), [("America/New_York", 3), ("Europe/London", 4), ("America/Sao_Paulo", 4)])
def test_the_zone_settles_which_number_is_the_month(zone, month):
    moment = dates.parse_date("03/04/2024", zone)
    assert moment is not None
    assert moment.month == month


def test_all_dates_of_a_text_are_found_where_they_stand():
    text = "May 3, 2024 | Updated 4 May 2024 10:00"
    assert [text[found.start : found.end].strip() for found in dates.find_dates(text)] == [
        "May 3, 2024",
        "4 May 2024 10:00",
    ]


def test_a_zone_of_a_country_with_both_orders_settles_nothing():
    assert dates.parse_date("03/04/2024", "America/Toronto") is None


def test_the_order_of_the_page_counts_before_its_zone():
    assert dates.parse_date("03/04/2024", "Europe/London", dates.DateOrder.MONTH_FIRST) == date(2024, 3, 4)


def test_digits_of_every_script_are_read():
    zeros = [chr(code) for code in range(0x100, sys.maxunicode) if unicodedata.decimal(chr(code), -1) == 0]
    assert len(zeros) > 60
    for zero in zeros:
        written = "2023-09-05".translate({ord("0") + value: chr(ord(zero) + value) for value in range(10)})
        assert dates.parse_date(written) == dates.parse_date("2023-09-05"), f"U+{ord(zero):X}"


@pytest.mark.parametrize(
    ("text", "order", "is_open"),
    [
        ("25/12/2023", dates.DateOrder.DAY_FIRST, False),
        ("Posted 25 / 12 / 2023", dates.DateOrder.DAY_FIRST, False),
        ("12-25-2023", dates.DateOrder.MONTH_FIRST, False),
        ("12/25/23", dates.DateOrder.MONTH_FIRST, False),
        ("3/4/2023", None, True),
        ("3 / 4 / 2023", None, True),
        ("and/or 3-4 of 2023", None, False),
    ],
)
def test_the_order_that_a_date_of_numbers_shows(text, order, is_open):
    assert (dates.find_order(text), dates.is_order_open(text)) == (order, is_open)
