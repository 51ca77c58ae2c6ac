"""The article of one page, printed: from a file, standard input or the web."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

PAGE = """<html><head><title>Tea in the hills</title></head><body><article><h1>Tea in the hills</h1>
<figure><img src="/hill.jpg" alt="A hill"></figure>
<p>The farmers of the hills have grown <a href="/tea">tea</a> for <b>two hundred</b> years, and a good day is 10<sup>6</sup> leaves.</p>
<p>They pick it by hand in the morning, when the leaves are still wet, and carry it to the caf\u00e9 by noon.</p>
</article></body></html>"""


class Site(BaseHTTPRequestHandler):
    """A site with a page in Latin 1, a redirection to it, and a picture."""

    def do_GET(self):
        if self.path == "/moved":
            self.send_response(301)
            self.send_header("Location", "/page")
            self.end_headers()
        elif self.path == "/missing":
            self.send_error(404)
        else:
            self.send_response(200)
            kind = "image/png" if self.path == "/picture" else "text/html; charset=iso-8859-1"
            self.send_header("Content-Type", kind)
            self.end_headers()
            self.wfile.write(PAGE.encode("latin-1"))

    def log_message(self, *_):
        pass


@pytest.fixture
def site():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_file_and_standard_input_give_the_same(cli, tmp_path):
    (tmp_path / "page.html").write_text(PAGE, encoding="utf-8")
    of_file = cli("clean", tmp_path / "page.html", "--format", "md")
    of_stream = cli("clean", "-", "--out", "-", "--format", "md", input=PAGE.encode())
    body = of_file.stdout.split("---\n\n", 1)[1]
    assert body == of_stream.stdout.split("---\n\n", 1)[1]
    assert "**two hundred** years, and a good day is 10⁶ leaves." in body


def test_optional_fields_are_asked_for(cli):
    row = json.loads(cli("clean", "-", input=PAGE.encode()).stdout)
    assert not row.keys() & {"markdown", "html", "images", "comments"}
    columns = ("--with", "markdown", "--with", "images")
    row = json.loads(cli("clean", "-", *columns, "--no-links", "--no-images", input=PAGE.encode()).stdout)
    assert "grown tea for **two hundred** years" in row["markdown"]
    assert "hill.jpg" not in row["markdown"]
    assert [image["alt"] for image in row["images"]] == ["A hill"]


def test_page_of_the_web_follows_redirections(cli, site):
    row = json.loads(cli("clean", f"{site}/moved", "--with", "markdown").stdout)
    assert row["url"] == f"{site}/page"
    assert "caf\u00e9" in row["text"]
    assert f"[tea]({site}/tea)" in row["markdown"]
    assert "caf\u00e9" in cli("explain", f"{site}/page").stdout


@pytest.mark.parametrize(("path", "why"), [("missing", "404"), ("picture", "image/png")])
def test_answer_that_is_no_page(cli, site, path, why):
    result = cli("clean", f"{site}/{path}", "--format", "md")
    assert result.exit_code == 3
    assert why in result.stderr
    assert result.stdout == ""


@pytest.mark.parametrize("options", [["--format", "parquet"], ["--format", "md"]])
def test_many_pages_are_printed_as_rows_only(cli, tmp_path, options):
    rows = [{"id": str(n), "text": f"Tea {n}\n\nThe leaves are picked by hand in spring."} for n in range(2)]
    (tmp_path / "many.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    result = cli("clean", tmp_path / "many.jsonl", "--out", "-", *options)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "--out DIR" in result.stderr
    assert len(cli("clean", tmp_path / "many.jsonl", "--out", "-").stdout.splitlines()) == 2


def test_results_of_a_folder_need_a_folder(cli, tmp_path):
    result = cli("clean", tmp_path)
    assert result.exit_code == 2
    assert "--out DIR" in result.stderr
