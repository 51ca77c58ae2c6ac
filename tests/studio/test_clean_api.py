"""``POST /clean`` and what is around it."""

import json
import re

import pytest

import cleaner
from cleaner import fields
from cleaner.studio.metrics import Metrics
from cleaner.worker_pool import WorkLimits
from tests.studio.served import HARBOUR, serving

PAGE = (HARBOUR / "ferry.html").read_bytes()
ADDRESS = "https://harbourpost.example/2025/ferry"
DUMP = b"Ferry timetable changes\n\nThe ferry to the outer islands will leave forty minutes earlier from the first of April."


def clean(client, body=PAGE, content_type="text/html", accept=None, query=""):
    headers = {"Content-Type": content_type, **({"Accept": accept} if accept else {})}
    return client.ask("POST", f"/clean{query}", body, headers)


def test_it_gives_the_row_that_the_library_gives(looking):
    response = clean(looking, query=f"?url={ADDRESS}")
    assert response.headers["Content-Type"] == "application/json"
    article = cleaner.clean(PAGE, ADDRESS).to_dict()
    assert json.loads(response.content) == article | {"path": "<request>"}


@pytest.mark.parametrize(
    ("accept", "media_type", "start"),
    [
        (None, "application/json", b"{"),
        ("*/*", "application/json", b"{"),
        ("text/markdown", "text/markdown; charset=utf-8", b"---\n"),
        ("text/plain", "text/plain; charset=utf-8", b"The ferry to the outer islands"),
        ("text/*", "text/markdown; charset=utf-8", b"---\n"),
        ("application/json;q=0.5, text/plain", "text/plain; charset=utf-8", b"The ferry"),
        ("image/png, application/json;q=0.1", "application/json", b"{"),
    ],
)
def test_accept_chooses_the_form(looking, accept, media_type, start):
    response = clean(looking, accept=accept)
    assert response.headers["Content-Type"] == media_type
    assert response.content.startswith(start)


@pytest.mark.parametrize(
    "body",
    [
        {"html": PAGE.decode(), "url": ADDRESS},
        {"text": DUMP.decode(), "url": ADDRESS, "fetched": "2025-03-07"},
    ],
)
def test_json_has_the_page_and_its_address(looking, body):
    row = json.loads(clean(looking, json.dumps(body).encode(), "application/json").content)
    assert row["url"] == ADDRESS
    assert row["kind"] == next(iter(body))
    assert "forty minutes earlier" in row["text"]


def test_a_dump_is_known_by_its_content(looking):
    assert json.loads(clean(looking, DUMP, "text/plain").content)["kind"] == "text"


def test_the_charset_of_the_request_counts(looking):
    body = "<p>Der Fährmann fährt über den Sund, jeden Morgen um sechs.</p>".encode("latin-1")
    assert "Fährmann" in json.loads(clean(looking, body, "text/html; charset=latin-1").content)["text"]


@pytest.mark.parametrize(
    ("body", "content_type", "accept", "query", "status", "problem"),
    [
        (b"", "text/html", None, "", 422, "empty"),
        (b"\x00\x01\x02\xff" * 200, "text/html", None, "", 422, "not a text"),
        (b"<script>1</script>", "text/html", None, "", 422, "no text"),
        (b"{", "application/json", None, "", 400, "not as documented"),
        (b'{"html": "a", "text": "b"}', "application/json", None, "", 400, "exactly one"),
        (b"{}", "application/json", None, "", 400, "exactly one"),
        (b'{"html": "a", "file": "/etc/passwd"}', "application/json", None, "", 400, "unknown field"),
        (PAGE, "image/png", None, "", 415, "send"),
        (PAGE, "text/html", "image/png", "", 406, "the answer is"),
        (PAGE, "text/html", None, "?fetched=yesterday", 400, "not a date"),
    ],
)
def test_errors_say_what_is_wrong(looking, body, content_type, accept, query, status, problem):
    response = clean(looking, body, content_type, accept, query)
    assert response.status == status
    assert problem in json.loads(response.content)["error"]


def test_a_page_over_its_time_ends_in_time_and_the_next_one_is_cleaned():
    slow = b"<div>" * 150 + b"<p>word <b>word</b> " * 60_000
    with serving([], api_only=True, limits=WorkLimits(0.3, 2000)) as client:
        response = clean(client, slow)
        assert response.status == 504
        assert "0.3 seconds" in json.loads(response.content)["error"]
    with serving([], api_only=True) as client:
        assert clean(client).status == 200


def test_metrics_count_pages(looking):
    before = looking.ask("GET", "/metrics").content.decode()
    clean(looking)
    clean(looking, b"")
    text = looking.ask("GET", "/metrics").content.decode()

    def read(text, name):
        return next((float(line.split()[-1]) for line in text.splitlines() if line.startswith(name)), 0)

    for name in ('cleaner_pages_total{outcome="cleaned"}', 'cleaner_pages_total{outcome="PageError"}'):
        assert read(text, name) == read(before, name) + 1
    assert read(text, "cleaner_page_seconds_count") == read(before, "cleaner_page_seconds_count") + 2
    assert read(text, "cleaner_workspace_pages") == 6


def test_buckets_of_the_histogram_add_up():
    metrics = Metrics()
    for seconds in (0.01, 0.2, 100):
        metrics.add("cleaned", seconds)
    text = metrics.write(jobs=1, waiting=0, pages=0)
    assert 'bucket{le="0.05"} 1' in text
    assert 'bucket{le="0.25"} 2' in text
    assert 'bucket{le="60"} 2' in text
    assert 'bucket{le="+Inf"} 3' in text


def test_openapi_describes_every_field_and_answer(looking):
    document = looking.get("/openapi.json", token=None)
    article = document["components"]["schemas"]["Article"]["properties"]
    assert list(article) == [field.name for field in fields.FIELDS]
    answers = document["paths"]["/clean"]["post"]["responses"]
    assert set(answers) == {"200", "400", "401", "403", "406", "408", "413", "415", "421", "422", "500", "503", "504"}
    assert document["components"]["schemas"]["CleanRequest"]["properties"].keys() == {"html", "text", "url", "fetched"}
    text = json.dumps(document)
    for name in set(re.findall(r'"#/components/schemas/(\w+)"', text)):
        assert name in document["components"]["schemas"]
