import gzip
import io
import zlib
from datetime import date
from hashlib import sha512

import pytest

from cleaner.batch import http_responses, warc_files
from cleaner.batch.records import InputDocument
from cleaner.storage.run_files import Failure
from cleaner.storage.streams import zstd

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
    damaged = gzip.compress(b"damaged")[:10] + b"\x07" * 20
    (failed,) = read(response(1, damaged, "Content-Type: text/html\r\nContent-Encoding: gzip"))
    assert "encoding is damaged" in failed.message


@pytest.mark.parametrize("encoding", ["gzip", "identity"])
def test_page_over_the_limit_is_not_unpacked(monkeypatch, encoding):
    for module in (warc_files, http_responses):
        monkeypatch.setattr(module, "MAX_SIZE", 1000)
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


def deflated(body):
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(body) + packer.flush()


@pytest.mark.parametrize(
    ("encodings", "body"),
    [
        ("Content-Encoding: gzip", b"<p>tea"),
        ("Content-Encoding: br", b"<p>tea"),
        ("Content-Encoding: deflate", b"<p>tea"),
        ("Transfer-Encoding: chunked", b"<p>tea"),
        ("Content-Encoding: deflate", deflated(b"<p>tea")),
        ("Content-Encoding: deflate", zlib.compress(b"<p>tea")),
        ("Content-Encoding: gzip, gzip", gzip.compress(gzip.compress(b"<p>tea", mtime=0), mtime=0)),
        ("Content-Encoding: gzip", zstd.compress(b"<p>tea")),
        ("Content-Encoding: utf-8", b"<p>tea"),
        ("Content-Encoding: gzip\r\nTransfer-Encoding: chunked", gzip.compress(b"<p>tea", mtime=0)),
    ],
)
def test_payload_is_read_whatever_its_headers_say(encodings, body):
    (page,) = read(response(1, body, f"Content-Type: text/html\r\n{encodings}"))
    assert page.content == b"<p>tea"


def test_payload_that_was_cut_is_read_as_far_as_it_goes():
    packed = gzip.compress(b"<p>" + sha512(b"tea").digest() + b"".join(sha512(b"%d" % n).digest() for n in range(600)))
    (page,) = read(response(1, packed[:-9000], "Content-Type: text/html\r\nContent-Encoding: gzip"))
    assert page.content.startswith(b"<p>")
    assert 20_000 < len(page.content) < 80_000


@pytest.mark.parametrize(
    ("kind", "body", "is_page"),
    [
        ("", b"<p>tea", True),
        ("application/octet-stream", b"<!doctype html><p>tea", True),
        ("application/octet-stream", b"\0\1", False),
        ("application/xml", b"<?xml version='1.0'?><html><p>tea", True),
        ("application/xml", b"<rss>", False),
        ("TEXT/HTML; charset=x", b"<p>tea", True),
        ("application/json", b"<html>", False),
    ],
)
def test_type_of_a_payload(kind, body, is_page):
    assert bool(read(response(1, body, f"Content-Type: {kind}" if kind else "X: y"))) == is_page


def test_address_in_angle_brackets_and_redirects():
    bracketed = response(1, b"<p>tea").replace(b"https://tea.example/1\r", b"<https://tea.example/1>\r")
    redirect = response(2, b"<p>moved", "Content-Type: text/html\r\nLocation: /a", status="301 Moved")
    revisit = record("revisit", http(b""), number=3, url="https://tea.example/3")
    (page,) = read(bracketed + redirect + revisit)
    assert page.url == "https://tea.example/1"
