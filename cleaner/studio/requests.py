"""Reading request bodies within limits, and errors as responses."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from functools import wraps
from http import HTTPStatus
from typing import TypeAlias, TypeVar

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from cleaner.errors import CleanerError, PageError, RuleError
from cleaner.studio.cleaning import BusyError
from cleaner.studio.saving import ConflictError
from cleaner.studio.settings import BODY_SECONDS, MAX_BODY_BYTES

T = TypeVar("T")
Endpoint: TypeAlias = Callable[[Request], Awaitable[Response]]


async def read_body(request: Request) -> bytes:
    """Return the body. Raises an HTTP error for one that is too large, or that does not arrive in time."""
    declared = request.headers.get("content-length", "0")
    if declared.isdigit() and int(declared) > MAX_BODY_BYTES:
        raise HTTPException(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"over the limit of {MAX_BODY_BYTES:,} bytes")
    parts: list[bytes] = []
    size = 0
    try:
        async with asyncio.timeout(BODY_SECONDS):
            async for part in request.stream():
                size += len(part)
                if size > MAX_BODY_BYTES:
                    raise HTTPException(
                        HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"over the limit of {MAX_BODY_BYTES:,} bytes"
                    )
                parts.append(part)
    except TimeoutError:
        problem = f"the request did not arrive within {BODY_SECONDS:g} seconds"
        raise HTTPException(HTTPStatus.REQUEST_TIMEOUT, problem) from None
    return b"".join(parts)


async def read_json(request: Request, shape: type[T]) -> T:
    """Return the body as ``shape``. Raises an HTTP error for a body that is not."""
    try:
        return msgspec.json.decode(await read_body(request), type=shape)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise HTTPException(HTTPStatus.BAD_REQUEST, f"the body is not as documented: {error}") from None


def answer_json(value: object, status: int = HTTPStatus.OK) -> Response:
    """Return ``value`` as JSON."""
    return Response(msgspec.json.encode(value), status, media_type="application/json")


def reporting_errors(endpoint: Endpoint) -> Endpoint:
    """Turn errors of pages, rules and files into responses that say what is wrong."""

    @wraps(endpoint)
    async def answered(request: Request) -> Response:
        try:
            return await endpoint(request)
        except (HTTPException, BusyError, ConflictError, CleanerError, KeyError, IndexError) as error:
            return _answer_error(error)

    return answered


def _answer_error(error: Exception) -> Response:
    headers = {"Retry-After": "1"} if isinstance(error, BusyError) else None
    if isinstance(error, HTTPException):
        return JSONResponse({"error": error.detail}, error.status_code)
    if isinstance(error, RuleError):
        shown = {"error": f"{error.problem}. {error.remedy}", "key": error.key}
        return JSONResponse(shown, HTTPStatus.UNPROCESSABLE_ENTITY)
    status, problem = next((status, problem) for kind, status, problem in _ANSWERS if isinstance(error, kind))
    return JSONResponse({"error": problem or getattr(error, "problem", str(error))}, status, headers)


_ANSWERS: tuple[tuple[type[Exception], HTTPStatus, str], ...] = (
    (BusyError, HTTPStatus.SERVICE_UNAVAILABLE, "all processes are busy; try again"),
    (ConflictError, HTTPStatus.CONFLICT, ""),
    (PageError, HTTPStatus.UNPROCESSABLE_ENTITY, ""),
    (LookupError, HTTPStatus.NOT_FOUND, "there is no such page or block"),
    (CleanerError, HTTPStatus.INTERNAL_SERVER_ERROR, ""),
)
