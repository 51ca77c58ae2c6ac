"""Who may ask the studio for what: Host, Origin and token of every request, and the headers of every response."""

from __future__ import annotations

from collections.abc import Mapping
from hmac import compare_digest, digest
from http import HTTPStatus

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from cleaner.studio.settings import LOOPBACK, StudioSettings

APP_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; frame-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
)
"""The app loads its own files and asks its own server; markup made of text is refused by the browser."""
_FRAME_POLICY = (
    "sandbox allow-same-origin; default-src 'none'; style-src 'unsafe-inline'; img-src data:{pictures}; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)
_HEADERS = {
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), clipboard-read=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
OPEN_PATHS = frozenset({"/", "/health", "/openapi.json"})
"""Paths that need no token: the shell of the app and its files have nothing of the pages in them."""
STATIC = "/static/"
FRAME = "/frame/"


def frame_policy(*, pictures: bool) -> str:
    """Return the policy of a page in a frame: no script, and no address unless the person wants ``pictures``."""
    return _FRAME_POLICY.format(pictures=" http: https:" if pictures else "")


def make_ticket(token: str, number: int, *, pictures: bool) -> str:
    """Return what opens the frame of one page: a frame cannot send the token, and must not know it."""
    return digest(token.encode(), f"frame:{number}:{pictures}".encode(), "sha256").hex()


def is_ticket(ticket: str, token: str, number: int, *, pictures: bool) -> bool:
    """Whether ``ticket`` opens this frame."""
    return compare_digest(ticket.encode(), make_ticket(token, number, pictures=pictures).encode())


class Guard:
    """Refuses requests with a foreign Host or Origin, or without the token; adds the headers of safety to all responses.

    A page on the web that makes its own name lead to this machine (DNS rebinding) has a foreign Host; a page that posts to
    this server has a foreign Origin; neither knows the token. Nothing is kept in cookies, which other servers on the same
    machine would be sent.
    """

    def __init__(self, app: ASGIApp, settings: StudioSettings) -> None:
        self._app = app
        self._token = settings.token.encode()
        names = (*LOOPBACK, settings.host, *settings.allowed_hosts)
        self._hosts = frozenset(name.lower() for host in names for name in (host, f"{host}:{settings.port}"))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                _add_headers(MutableHeaders(scope=message), _HEADERS)
            await send(message)

        if refusal := self._refuse(scope, headers):
            await refusal(scope, receive, send_guarded)
        else:
            await self._app(scope, receive, send_guarded)

    def _refuse(self, scope: Scope, headers: Headers) -> JSONResponse | None:
        hosts = headers.getlist("host")
        if len(hosts) != 1 or hosts[0].lower() not in self._hosts:
            return _error(HTTPStatus.MISDIRECTED_REQUEST, "this server has another name; see --allow-host")
        for origin in headers.getlist("origin"):
            if origin.lower().partition("://")[2] not in self._hosts:
                return _error(HTTPStatus.FORBIDDEN, "requests from other sites are refused")
        if headers.get("sec-fetch-site") == "cross-site" and scope["path"] != "/":
            return _error(HTTPStatus.FORBIDDEN, "requests from other sites are refused")
        path = scope["path"]
        if path in OPEN_PATHS or path.startswith((STATIC, FRAME)):  # a frame has its ticket
            return None
        scheme, _, token = headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not compare_digest(token.strip().encode(), self._token):
            refusal = _error(HTTPStatus.UNAUTHORIZED, "send the token that the server printed: Authorization: Bearer …")
            refusal.headers["WWW-Authenticate"] = "Bearer"
            return refusal
        return None


def _add_headers(headers: MutableHeaders, added: Mapping[str, str]) -> None:
    for name, value in added.items():
        headers.setdefault(name, value)
    headers.setdefault("Content-Security-Policy", APP_POLICY)
    headers.setdefault("X-Frame-Options", "DENY")


def _error(status: HTTPStatus, problem: str) -> JSONResponse:
    return JSONResponse({"error": problem}, status)
