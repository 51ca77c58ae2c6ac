"""``POST /clean``: one page in, its article out."""

from __future__ import annotations

from datetime import date
from http import HTTPStatus
from time import monotonic

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from cleaner.article import Article
from cleaner.batch.records import InputDocument
from cleaner.render.output_formats import OutputFormat, encode_article
from cleaner.storage.run_files import Failure
from cleaner.studio.cleaning import CleaningService, CleanTask, Rules
from cleaner.studio.metrics import Metrics
from cleaner.studio.requests import read_body

JSON, MARKDOWN, PLAIN, HTML = "application/json", "text/markdown", "text/plain", "text/html"
_FORMS = {JSON: OutputFormat.JSONL, MARKDOWN: OutputFormat.MD, PLAIN: OutputFormat.TXT}
_STATUS = {"PageError": HTTPStatus.UNPROCESSABLE_ENTITY, "TimeLimitError": HTTPStatus.GATEWAY_TIMEOUT}
_SOURCE = "<request>"


class CleanRequest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The body of a request in JSON: a page, as HTML or as a dump."""

    html: str | None = None
    text: str | None = None
    url: str | None = None
    """Where the page came from; it selects the site's rules."""
    fetched: date | None = None
    """The day of its download."""


async def clean_request(request: Request, service: CleaningService, rules: Rules, metrics: Metrics) -> Response:
    """Clean the page in ``request``; answer in the form that ``Accept`` asks for, by default its row as JSON."""
    form = _choose_form(request.headers.get("accept", ""))
    document = await _read_document(request)
    start = monotonic()
    result = await run_in_threadpool(service.clean, CleanTask(document, rules))
    outcome = "cleaned" if isinstance(result, Article) else result.error
    metrics.add(outcome, monotonic() - start)
    if isinstance(result, Failure):
        status = _STATUS.get(result.error, HTTPStatus.INTERNAL_SERVER_ERROR)
        return JSONResponse({"error": result.message, "kind": result.error}, status)
    return Response(encode_article(result, _FORMS[form]), media_type=form)


def _choose_form(accept: str) -> str:
    """The first media type of ``accept`` that can be given, by its weight. Raises an HTTP error if there is none."""
    wanted: list[tuple[float, int, str]] = []
    for place, part in enumerate(accept.split(",") if accept.strip() else ["*/*"]):
        name, *parameters = (piece.strip() for piece in part.split(";"))
        weights = [value.removeprefix("q=") for value in parameters if value.startswith("q=")]
        try:
            weight = float(weights[0]) if weights else 1.0
        except ValueError:
            weight = 0.0
        wanted.append((-weight, place, name.lower()))
    for weight, _, name in sorted(wanted):
        found = JSON if name in ("*/*", "application/*") else MARKDOWN if name == "text/*" else name
        if weight < 0 and found in _FORMS:
            return found
    raise HTTPException(HTTPStatus.NOT_ACCEPTABLE, f"the answer is {', '.join(_FORMS)}")


async def _read_document(request: Request) -> InputDocument:
    declared = request.headers.get("content-type", HTML)
    media_type = declared.partition(";")[0].strip().lower()
    body = await read_body(request)
    if media_type == JSON:
        return _read_json(body)
    if media_type not in (HTML, PLAIN, "application/xhtml+xml", "application/octet-stream"):
        raise HTTPException(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, f"send {HTML}, {PLAIN} or {JSON}")
    query = request.query_params
    charset = next(
        (part.partition("=")[2].strip('" ') for part in declared.split(";")[1:] if "charset=" in part.lower()), None
    )
    fetched = query.get("fetched")
    try:
        day = date.fromisoformat(fetched) if fetched else None
    except ValueError:
        raise HTTPException(HTTPStatus.BAD_REQUEST, "`fetched` is not a date; write it as 2026-02-20") from None
    return InputDocument(id="page", path=_SOURCE, content=body, url=query.get("url"), charset=charset, fetched=day)


def _read_json(body: bytes) -> InputDocument:
    try:
        given = msgspec.json.decode(body, type=CleanRequest)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise HTTPException(HTTPStatus.BAD_REQUEST, f"the body is not as documented: {error}") from None
    if (given.html is None) == (given.text is None):
        raise HTTPException(HTTPStatus.BAD_REQUEST, "give exactly one of `html` and `text`")
    content = given.html if given.html is not None else given.text
    return InputDocument(id="page", path=_SOURCE, content=content, url=given.url, fetched=given.fetched)
