import gzip
import io
from datetime import date

import pytest

from cleaner.batch import warc_files
from cleaner.batch.records import InputDocument
from cleaner.storage.run_files import Failure

from .archives import RECORDS, http, record, response

PACKINGS = {
    "plain": b"".join(RECORDS),
    "by record": b"".join(map(gzip.compress, RECORDS)),
    "as a whole": gzip.compress(b"".join(RECORDS)),
}


def read(data):
    return [found for found, _ in warc_files.read_warc(io.BytesIO(data), "a.warc", (0, 0))]


@pytest.mark.parametrize("packing", PACKINGS)
def test_pages_are_read_and_all_else_is_passed_over(packing):
    found = read(PACKINGS[packing])
    assert [(type(each), each.path.split(":")[1]) for each in found if isinstance(each, Failure)] == [(Failure, "18")]
    pages = {each.id: each for each in found if isinstance(each, InputDocument)}
    assert list(pages) == [str(number) for number in (*range(2, 15), 18, 19)]
    assert pages["2"] == InputDocument(
        id="2",
        path="a.warc:3",
        content=b"<p>Tea number 2",
        url="https://tea.example/2",
        fetched=date(2023, 5, 1),
    )
    assert (pages["12"].content, pages["12"].charset) == (b"<p>Th\xe9", "windows-1252")
    assert [pages[number].content for number in ("13", "14", "19")] == [b"<p>packed", b"<p>both", b"<p>as it is"]
    assert pages["18"].content.decode() == "Thé in plain text"


@pytest.mark.parametrize(
    "status",
    ["199 Odd", "300 Multiple Choices", "301 Moved Permanently", "304 Not Modified", "500 Internal Server Error"],
)
def test_only_answers_that_went_well_are_pages(status):
    moved = response(1, b"<p>This page has moved to another address.", status=status)
    assert [each.id for each in read(moved + response(2, b"<p>tea", status="203 Non-Authoritative Information"))] == [
        "2"
    ]


def test_damaged_encoding_fails_alone():
    (failed,) = read(response(1, b"no gzip", "Content-Type: text/html\r\nContent-Encoding: gzip"))
    assert "encoding is damaged" in failed.message


@pytest.mark.parametrize("encoding", ["gzip", "identity"])
def test_page_over_the_limit_is_not_unpacked(monkeypatch, encoding):
    monkeypatch.setattr(warc_files, "MAX_SIZE", 1000)
    body = gzip.compress(bytes(10**6)) if encoding == "gzip" else bytes(10**6)
    huge = response(1, body, f"Content-Type: text/html\r\nContent-Encoding: {encoding}")
    failed, good = read(huge + response(2, b"<p>tea"))
    assert failed.message == "over the limit of 1,000 bytes"
    assert good.content == b"<p>tea"


@pytest.mark.parametrize("cut", range(20, 340, 20))
@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_file_that_was_cut_off_says_so(cut, pack):
    whole, last = pack(response(1, b"<p>tea")), pack(response(2, b"<p>" + b"tea and milk, " * 20))
    first, *rest = read(whole + last[:-cut])
    assert first.content == b"<p>tea"
    assert all(each.message == "the file was cut off within this record" for each in rest if isinstance(each, Failure))
    # What was lost is the end of a page, its blank lines, or so much that no record can be seen.
    lost = not rest or isinstance(rest[0], Failure)
    assert lost or rest[0].content.endswith(b"tea and milk, ")


def test_garbage_between_records_costs_nothing():
    first, second = read(response(1, b"a") + b"garbage\r\nmore of it\r\n\r\n" + response(2, b"b"))
    assert (first.id, second.id) == ("1", "2")


def test_file_without_records_is_no_archive():
    (failed,) = read(b"<p>a page, not an archive" * 50)
    assert failed.message == "not a WARC file: it contains no record"


def test_record_without_id_is_called_by_its_place():
    bare = record("response", http(b"a"), number=1).replace(b"WARC-Record-ID: <urn:uuid:1>\r\n", b"")
    (document,) = read(bare)
    assert document.id == "a.warc:1"
