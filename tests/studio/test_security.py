"""Attempts to get past each wall of the studio's server."""

import http.client
import json
import re
import socket
from urllib.parse import quote

import pytest

from tests.studio.served import HARBOUR, TOKEN, serving

READ = [
    "/api/state",
    "/api/pages/0",
    "/api/pages/0/evidence",
    "/api/events",
    "/api/rules/harbourpost.example",
    "/metrics",
]
WRITE = ["/clean", "/api/proposals", "/api/preview", "/api/save", "/api/undo", "/api/labelled"]
OPEN = ["/", "/health", "/openapi.json", "/static/main.js"]


@pytest.mark.parametrize("path", READ)
def test_nothing_of_the_pages_is_read_without_the_token(looking, path):
    for token in (None, "", "wrong", TOKEN[:-1], TOKEN + "x"):
        response = looking.ask("GET", path, token=token)
        assert response.status == 401
        assert response.headers["WWW-Authenticate"] == "Bearer"
        assert b"lanterns" not in response.content


@pytest.mark.parametrize("path", WRITE)
def test_nothing_is_done_without_the_token(looking, path):
    assert looking.ask("POST", path, b"{}", token=None).status == 401
    assert looking.ask("POST", f"{path}?token={TOKEN}", b"{}", token=None).status == 401
    assert looking.ask("POST", path, b"{}", {"Cookie": f"token={TOKEN}"}, token=None).status == 401
    assert looking.ask("POST", path, b"{}", {"Authorization": f"Basic {TOKEN}"}, token=None).status == 401


@pytest.mark.parametrize("path", OPEN)
def test_the_shell_has_nothing_of_the_pages_and_not_the_token(looking, path):
    response = looking.ask("GET", path, token=None)
    assert response.status == 200
    assert TOKEN.encode() not in response.content
    assert b"harbour" not in response.content.lower()


@pytest.mark.parametrize(
    "host",
    ["evil.example", "evil.example:{port}", "127.0.0.1.evil.example", "127.0.0.1:1", "", "localhost@evil.example"],
)
@pytest.mark.parametrize("path", ["/", "/health", "/api/state", "/static/main.js"])
def test_another_host_is_refused_even_with_the_token(looking, path, host):
    response = looking.ask("GET", path, host=host.format(port=looking.settings.port) or "-")
    assert response.status == 421


def test_two_hosts_or_none_are_refused(looking):
    for lines in ("", "Host: 127.0.0.1\r\nHost: evil.example\r\n"):
        with socket.create_connection(("127.0.0.1", looking.settings.port), timeout=10) as raw:
            raw.sendall(f"GET /health HTTP/1.1\r\n{lines}Connection: close\r\n\r\n".encode())
            assert raw.recv(100).split()[1] in (b"400", b"421")


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost", "LOCALHOST", "[::1]"])
def test_names_of_loopback_are_accepted(looking, name):
    assert looking.ask("GET", "/health", host=f"{name}:{looking.settings.port}").status == 200


def test_a_name_that_was_allowed_is_accepted_and_no_other():
    with serving([HARBOUR / "ferry.html"], allowed_hosts=("cleaner.internal",)) as client:
        assert client.ask("GET", "/health", host="cleaner.internal").status == 200
        assert client.ask("GET", "/health", host="other.internal").status == 421


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},
        {"Origin": "http://127.0.0.1.evil.example"},
        {"Sec-Fetch-Site": "cross-site"},
    ],
)
def test_requests_from_other_sites_are_refused_even_with_the_token(looking, headers):
    assert looking.ask("POST", "/clean", b"<p>Tea.</p>", headers).status == 403
    assert looking.ask("GET", "/api/state", headers=headers).status == 403


def test_no_site_is_ever_allowed_by_cors(looking):
    response = looking.ask("OPTIONS", "/clean", headers={"Origin": "https://evil.example"})
    assert response.status == 403
    assert not [name for name in response.headers if name.lower().startswith("access-control")]


@pytest.mark.parametrize("path", ["/", "/api/state", "/static/main.js", "/nowhere"])
def test_every_answer_has_the_headers(looking, path):
    headers = looking.ask("GET", path).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "require-trusted-types-for 'script'" in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in headers
    assert "Server" not in headers


def test_a_frame_opens_with_its_own_ticket_only(looking):
    plain, pictures = looking.get("/api/pages/0")["tickets"]
    assert looking.ask("GET", f"/frame/0?ticket={plain}", token=None).status == 200
    for path in (
        "/frame/0",
        f"/frame/0?ticket={TOKEN}",
        f"/frame/1?ticket={plain}",
        f"/frame/0?pictures=1&ticket={plain}",
        f"/frame/0?ticket={pictures}",
        "/frame/0?ticket=%00%ff",
    ):
        assert looking.ask("GET", path, token=None).status == 401


def test_a_frame_is_sandboxed_and_loads_nothing(looking):
    plain, pictures = looking.get("/api/pages/0")["tickets"]
    policy = looking.ask("GET", f"/frame/0?ticket={plain}").headers["Content-Security-Policy"]
    assert "sandbox allow-same-origin;" in policy
    assert "script-src" not in policy  # the default, 'none'
    assert "http" not in policy
    assert "frame-ancestors 'self'" in policy
    policy = looking.ask("GET", f"/frame/0?pictures=1&ticket={pictures}").headers["Content-Security-Policy"]
    assert re.search(r"img-src data: http: https:;", policy)
    assert "allow-scripts" not in policy


@pytest.mark.parametrize(
    "path",
    [
        "/static/../settings.py",
        "/static/%2e%2e/settings.py",
        "/static/..%2fsettings.py",
        "/static//etc/passwd",
        "/static/%2fetc%2fpasswd",
        "/api/rules/..%2f..%2fpyproject",
        "/api/pages/-1",
        "/api/pages/99999999999999999999",
    ],
)
def test_no_other_file_is_read(looking, path):
    response = looking.ask("GET", path)
    assert response.status == 404 or json.loads(response.content).get("text") == ""


@pytest.mark.parametrize(
    "site", ["../evil", "a/b", "..", ".hidden", "a\\b", "c:d", "", "a\0b", "a\nb", "a b", "x" * 300, "a..b", "a."]
)
def test_nothing_is_written_outside_the_folder(studio, site):
    change = {"table": "drop", "label": "promo", "matcher": {"line": "Tea"}, "why": "tea"}
    draft = {"site": site, "changes": [change], "marks": {"0": {"0": "promo"}}, "cases": [0]}
    answer = studio.post("/api/save", draft, status=422)
    assert "not a host name" in answer["error"]
    assert not studio.settings.rules.exists()


def test_a_body_over_the_limit_is_refused_before_it_is_sent(looking):
    headers = {"Content-Length": str(1 << 40)}
    assert looking.ask("POST", "/clean", b"", headers).status == 413


def test_a_body_that_does_not_say_its_length_is_refused_at_the_limit(looking, monkeypatch):
    monkeypatch.setattr("cleaner.studio.requests.MAX_BODY_BYTES", 1000)
    connection = http.client.HTTPConnection("127.0.0.1", looking.settings.port, timeout=20)
    parts = iter([b"x" * 600] * 3)
    connection.request("POST", "/clean", parts, {"Authorization": f"Bearer {TOKEN}"}, encode_chunked=True)
    assert connection.getresponse().status == 413
    connection.close()


def test_a_body_that_does_not_arrive_is_refused(looking, monkeypatch):
    monkeypatch.setattr("cleaner.studio.requests.BODY_SECONDS", 0.05)
    assert looking.ask("POST", "/clean", b"", {"Content-Length": "10"}).status == 408


def test_connections_that_send_no_head_are_closed(monkeypatch):
    """Silent ones, half a head, and half a second head: none of them keeps the place of another."""
    from cleaner.studio import settings

    monkeypatch.setattr(settings, "HEAD_SECONDS", 0.3)
    monkeypatch.setattr(settings, "KEEP_ALIVE_SECONDS", 1)
    with serving([HARBOUR]) as client:
        whole = f"GET /health HTTP/1.1\r\nHost: 127.0.0.1:{client.settings.port}\r\n\r\n".encode()
        for sent in (b"", whole[:20], whole + whole[:20]):
            with socket.create_connection(("127.0.0.1", client.settings.port), timeout=20) as connection:
                connection.sendall(sent)
                while connection.recv(4096):
                    pass
        assert client.get("/health")["status"] == "ok"


@pytest.mark.parametrize("number", ["9" * 5000, "-1", "1e3", "٣"])
def test_numbers_that_are_none_are_not_found(looking, number):
    assert looking.ask("GET", f"/api/pages/{quote(number)}").status == 404


def test_a_body_nested_without_end_is_refused(looking):
    nested = b'{"table":"drop","replaces":' * 50_000 + b"null" + b"}" * 50_000
    body = b'{"site":"a.example","change":' + nested + b"}"
    assert looking.ask("POST", "/api/proposals", body, {"Content-Type": "application/json"}).status == 400


def test_an_api_alone_has_no_app():
    with serving([], api_only=True) as client:
        assert client.ask("GET", "/health").status == 200
        assert client.ask("GET", "/").status == 404
        assert client.ask("GET", "/api/state").status == 404
        assert client.ask("POST", "/clean", b"<p>The ferry crosses the sound.</p>").status == 200
