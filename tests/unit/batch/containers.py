"""Files that hold pages, or none, made by hand."""

import base64
import bz2
import gzip
import io
import json
import lzma
import quopri
import tarfile
import zipfile

from . import archives

TEXT = "The old ferry carried its last lorry over the river on Tuesday, a little after the tide had turned."
PAGE = f"<!DOCTYPE html><html><head><title>Ferry</title></head><body><p>{TEXT}</p></body></html>"
PARAGRAPHS = f"<p>{TEXT}</p><p>{TEXT}</p>"


def zipped(**files):
    return zipped_files({name.replace("__", "/").replace("_", "."): data for name, data in files.items()})


def zipped_files(files):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return stream.getvalue()


def tarred(files, mode="w"):
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode=mode) as archive:
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            if data is None:
                info.type, info.linkname = tarfile.SYMTYPE, "/etc/hosts"
                archive.addfile(info)
            else:
                info.size = len(data)
                archive.addfile(info, io.BytesIO(data))
    return stream.getvalue()


def saved_page():
    """A page as a browser saves it in one file, with a frame before it and a picture behind it."""
    body = quopri.encodestring(PAGE.encode()).decode().replace("\n", "\r\n")
    parts = [
        "Content-Type: text/html\r\nContent-Location: https://ads.example/frame\r\n\r\n<p>A frame",
        (
            "Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n"
            f"Content-Location: https://tea.example/a\r\n\r\n{body}"
        ),
        "Content-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=",
    ]
    head = (
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://tea.example/a\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="--x"\r\n\r\n'
    )
    return (head + "".join(f"----x\r\n{part}\r\n" for part in parts) + "----x--\r\n").encode()


def message():
    """A message with a part of plain text and one of HTML in another encoding."""
    body = base64.encodebytes(PAGE.replace("ferry", "fährry").encode("latin-1")).decode()
    return (
        "Received: from a by b\nFrom: A <a@tea.example>\nSubject: Ferry\nDate: Tue, 10 Sep 2024 06:30:00 +0000\n"
        'Message-ID: <1@tea.example>\nMIME-Version: 1.0\nContent-Type: multipart/alternative; boundary="b"\n\n'
        f"--b\nContent-Type: text/plain\n\nplain\n--b\nContent-Type: text/html; charset=iso-8859-1\n"
        f"Content-Transfer-Encoding: base64\n\n{body}\n--b--\n"
    ).encode()


def feed(*entries):
    items = "".join(
        f"<item><title>Ferry</title><link>https://tea.example/{n}</link>{e}</item>" for n, e in enumerate(entries)
    )
    return (
        f'<?xml version="1.0"?><rss version="2.0" xmlns:content="c"><channel><title>Tea</title>{items}</channel></rss>'
    )


FULL = f"<content:encoded><![CDATA[{PARAGRAPHS}]]></content:encoded>"
ATOM = (
    '<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>Ferry</title><link href="https://tea.example/a"/>'
    f'<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">{PARAGRAPHS}</div></content></entry></feed>'
)


def arc():
    def record(url, kind, body):
        content = b"HTTP/1.1 200 OK\r\nContent-Type: " + kind + b"\r\n\r\n" + body
        return b"%s 10.0.0.1 20240910063000 %s %d\n%s\n" % (url, kind, len(content), content)

    version = b"1 0 Crawler\nURL IP-address Archive-date Content-type Archive-length\n"
    head = b"filedesc://a.arc 0.0.0.0 20240910063000 text/plain %d\n%s\n" % (len(version), version)
    pages = [record(b"http://tea.example/%d" % n, b"text/html", PAGE.encode()) for n in range(2)]
    return head + pages[0] + record(b"http://tea.example/p.png", b"image/png", b"\x89PNG\0") + pages[1]


ROWS = "".join(json.dumps({"id": name, "html": PAGE}) + "\n" for name in "ab").encode()
WARC = b"".join(archives.response(number, PAGE.encode()) for number in (1, 2))
SITE = {
    "site/a.html": PAGE.encode(),
    "img.png": b"\x89PNG\r\n\x1a\n\0",
    "rows.jsonl": ROWS,
    "../../b.htm": PAGE.encode(),
    ".c.html": PAGE.encode(),
}

FILES = {
    # name: content, places of the pages, kinds of what is skipped
    "noext": (PAGE, [""], []),
    "a.php": (PAGE, [""], []),
    "a.aspx": (PAGE, [""], []),
    "a.shtml": (PAGE, [""], []),
    "index.html?p=1": (PAGE, [""], []),
    "a.xhtml": ('<?xml version="1.0"?>\n' + PAGE, [""], []),
    "a.js.html": (PAGE, [""], []),
    "page.js": (PAGE, [""], []),
    "12345": (f"Ferry\n\n{TEXT}\n", [""], []),
    "saved.gz": (PAGE, [""], []),
    "packed.html": (gzip.compress(PAGE.encode()), [""], []),
    "tail.gz": (gzip.compress(PAGE.encode()) + b"junk", [""], []),
    "two.gz": (gzip.compress(PAGE[:40].encode()) + gzip.compress(PAGE[40:].encode()), [""], []),
    "a.xz": (lzma.compress(PAGE.encode()), [""], []),
    "a.bz2": (bz2.compress(PAGE.encode()), [""], []),
    "a.mhtml": (saved_page(), [""], []),
    "mail-without-suffix": (message(), [""], []),
    "a.eml": (message(), [""], []),
    "array.json": (json.dumps([{"url": "u", "body": PAGE}, {"url": "v", "body": PAGE}]), [":1", ":2"], []),
    "lines.json": ("[\n" + ",\n".join([json.dumps({"html": PAGE})] * 3) + "\n]", [":1", ":2", ":3"], []),
    "one.json": (json.dumps({"maintext": TEXT, "title": "Ferry"}, indent=2), [""], []),
    "posts.json": (json.dumps([{"id": 7, "content": {"rendered": PARAGRAPHS}}]), [":1"], []),
    "feed.json": (json.dumps({"version": "1", "items": [{"content_html": PARAGRAPHS}]}), [":1"], []),
    "pretty": (2 * json.dumps({"html": PAGE}, indent=1), [":1", ":2"], []),
    "rows": (ROWS, [":1", ":2"], []),
    "rows16.jsonl": (ROWS.decode().encode("utf-16"), [":1", ":2"], []),
    "a.csv": ("id,html\n1,<p>a\n2,<p>b\n", [":1", ":2"], []),
    "semicolons.csv": ('\ufeffid;text;x\r\n1;"a\r\nb";\r\n', [":1"], []),
    "tabs": ("url\ttext\nu\tTea is picked by hand.\n", [":1"], []),
    "wide.csv": ("id,html\n1,<p>ä\n".encode("utf-16"), [":1"], []),
    "a.rss": (feed(FULL, FULL), [":1", ":2"], []),
    "mixed.xml": (feed(FULL, "<description>short</description>"), [":1"], ["feed entry"]),
    "atom.xml": (ATOM, [":1"], []),
    "a.arc": (arc(), [":2", ":4"], []),
    "a.arc.gz": (gzip.compress(arc()), [":2", ":4"], []),
    "a.warc": (WARC, [":1", ":2"], []),
    "whole.warc.xz": (lzma.compress(WARC), [":1", ":2"], []),
    "a.wacz": (
        zipped_files({"datapackage.json": "{}", "archive/a.warc": WARC, "pages/pages.jsonl": ROWS}),
        ["/archive/a.warc:1", "/archive/a.warc:2"],
        [],
    ),
    "a.zip": (
        zipped_files(SITE),
        ["/site/a.html", "/rows.jsonl:1", "/rows.jsonl:2", "/b.htm"],
        ["picture", "hidden file"],
    ),
    "a.tar": (tarred({"a.html": PAGE.encode(), "link": None}), ["/a.html"], ["link"]),
    "a.tgz": (tarred({"a.html": PAGE.encode(), "w.warc": WARC}, "w:gz"), ["/a.html", "/w.warc:1", "/w.warc:2"], []),
    "nested.tar.xz": (tarred({"in.zip": zipped(a_html=PAGE)}, "w:xz"), ["/in.zip/a.html"], []),
    "summaries.rss": (feed("<description>short</description>"), [], ["feed"]),
    "sitemap.xml": ('<?xml version="1.0"?><urlset><url><loc>u</loc></url></urlset>', [], ["sitemap"]),
    "other.xml": ('<?xml version="1.0"?><note>x</note>', [], ["XML file"]),
    "a.svg": ("<svg xmlns='x'><g/></svg>", [], ["picture"]),
    "package.json": (json.dumps({"name": "x", "version": "1"}), [], ["data file"]),
    "settings.json": (json.dumps({"content": ["./src/*.js"], "theme": {}}), [], ["data file"]),
    "words.json": ('["a", "b"]', [], ["data file"]),
    "prices.csv": ("name,price\nTea,3\n", [], ["table"]),
    "a.docx": (zipped_files({"[Content_Types].xml": "x", "word/a.xml": "x"}), [], ["office document"]),
    "a.epub": (zipped_files({"mimetype": "application/epub+zip", "a.xhtml": PAGE}), [], ["e-book"]),
    "a.jar": (zipped_files({"META-INF/MANIFEST.MF": "x"}), [], ["program"]),
    "a.png": (b"\x89PNG\r\n\x1a\n\0", [], ["picture"]),
    "a.pdf": (b"%PDF-1.4\n", [], ["PDF file"]),
    "a.mp4": (b"\0\0\0\x18ftypmp42", [], ["video"]),
    "a.woff2": (b"wOF2\0\1\0\0", [], ["font"]),
    "a.7z": (b"7z\xbc\xaf\x27\x1c\0\4", [], ["archive"]),
    "a.js": ("let a = '<p>b</p>'; function f() {}", [], ["script"]),
    "a.css": ("body { color: red }", [], ["style sheet"]),
    "a.sh": ("#!/bin/sh\necho", [], ["program"]),
    "robots.txt": ("User-agent: *\n", [], ["data file"]),
    "a.dat": (bytes(range(256)) * 8, [], ["binary file"]),
    "empty.html": (b"", [], ["empty file"]),
    "blank.txt": (b" \n\n", [], ["empty file"]),
}
