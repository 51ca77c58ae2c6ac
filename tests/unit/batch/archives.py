"""Records of web archives, made by hand."""

import gzip


def record(kind, body, *, number, url="", content_type="application/http; msgtype=response"):
    head = f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2023-05-01T10:00:00Z\r\n"
    head += (
        f"WARC-Record-ID: <urn:uuid:{number}>\r\nContent-Type: {content_type}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body + b"\r\n\r\n"


def http(body, headers="Content-Type: text/html", status="200 OK"):
    return f"HTTP/1.1 {status}\r\n{headers}\r\n\r\n".encode() + body


def response(number, body, headers="Content-Type: text/html", status="200 OK"):
    return record("response", http(body, headers, status), number=number, url=f"https://tea.example/{number}")


def chunked(body):
    return b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body)


RECORDS = [
    record("warcinfo", b"software: pen\r\n", number=0, content_type="application/warc-fields"),
    record("request", b"GET / HTTP/1.1\r\n\r\n", number=1, content_type="application/http; msgtype=request"),
    *(response(number, b"<p>Tea number %d" % number) for number in range(2, 12)),
    response(12, "<p>Thé".encode("cp1252"), "Content-Type: text/html; charset=windows-1252"),
    response(13, gzip.compress(b"<p>packed"), "Content-Type: text/html\r\nContent-Encoding: gzip"),
    response(
        14,
        chunked(gzip.compress(b"<p>both")),
        "Content-Type: text/html\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked",
    ),
    response(15, b"not found", status="404 Not Found"),
    response(16, b"\x89PNG", "Content-Type: image/png"),
    response(17, gzip.compress(b"damaged")[:10] + b"\x07" * 20, "Content-Type: text/html\r\nContent-Encoding: gzip"),
    record(
        "conversion", "Thé in plain text".encode(), number=18, url="https://tea.example/18", content_type="text/plain"
    ),
    record("resource", b"<p>as it is", number=19, content_type="text/html"),
]
