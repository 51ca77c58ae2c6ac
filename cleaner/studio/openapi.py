"""The description of the HTTP API, in OpenAPI 3.1."""

from __future__ import annotations

from typing import Any

import msgspec

from cleaner import __version__
from cleaner.fields import FIELDS, Field, ValueType
from cleaner.studio.api_clean import HTML, JSON, MARKDOWN, PLAIN, CleanRequest
from cleaner.studio.settings import MAX_BODY_BYTES

_TYPES: dict[ValueType, dict[str, Any]] = {
    ValueType.STRING: {"type": ["string", "null"]},
    ValueType.NUMBER: {"type": ["number", "null"]},
    ValueType.STRINGS: {"type": "array", "items": {"type": "string"}},
    ValueType.COUNTS: {"type": "object", "additionalProperties": {"type": "integer"}},
}
_PROBLEMS = {
    "400": "the body is not as documented",
    "401": "the token is missing or wrong",
    "403": "the request comes from another site",
    "406": "`Accept` names no form that can be given",
    "408": "the body did not arrive in time",
    "413": f"the body is over the limit of {MAX_BODY_BYTES:,} bytes",
    "415": "the body is of another type",
    "421": "the Host header is not a name of this server",
    "422": "the page cannot be cleaned: it is empty, not text, or over a limit",
    "500": "the process that cleaned the page died, or ran out of memory",
    "503": "all processes are busy; try again after `Retry-After` seconds",
    "504": "the page took longer than its limit",
}
"""Answers of ``POST /clean`` besides 200."""


def describe_api() -> dict[str, Any]:
    """Return the OpenAPI document of the endpoints that other programs may call."""
    (_, schemas) = msgspec.json.schema_components([CleanRequest], ref_template="#/components/schemas/{name}")
    return {
        "openapi": "3.1.0",
        "info": {"title": "cleaner", "version": __version__, "license": {"name": "Apache-2.0"}},
        "paths": {
            "/clean": {"post": _describe_clean()},
            "/health": {"get": _describe_open("Whether the server runs", JSON)},
            "/metrics": {"get": _describe_open("Counts and times for Prometheus", PLAIN, guarded=True)},
            "/openapi.json": {"get": _describe_open("This document", JSON)},
        },
        "components": {
            "schemas": {**schemas, "Article": _describe_article(), "Problem": _PROBLEM},
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }


_PROBLEM = {"type": "object", "properties": {"error": {"type": "string"}}, "required": ["error"]}


def _describe_clean() -> dict[str, Any]:
    body = {"schema": {"type": "string"}}
    text = {"schema": {"type": "string"}}
    row = {"schema": {"$ref": "#/components/schemas/Article"}}
    answers = {code: _describe_problem(meaning) for code, meaning in _PROBLEMS.items()}
    return {
        "summary": "Clean one page",
        "operationId": "clean",
        "security": [{"token": []}],
        "parameters": [
            _describe_query("url", "where the page came from; it selects the site's rules"),
            _describe_query("fetched", "the day of its download, as 2026-02-20"),
        ],
        "requestBody": {
            "required": True,
            "description": "HTML or a flattened dump, distinguished by content; or JSON. The parameters are for the former.",
            "content": {HTML: body, PLAIN: body, JSON: {"schema": {"$ref": "#/components/schemas/CleanRequest"}}},
        },
        "responses": {
            "200": {
                "description": "the article, in the form that `Accept` names",
                "content": {JSON: row, MARKDOWN: text, PLAIN: text},
            },
            **answers,
        },
    }


def _describe_query(name: str, meaning: str) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": False, "description": meaning, "schema": {"type": "string"}}


def _describe_problem(meaning: str) -> dict[str, Any]:
    content = {JSON: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {"description": meaning, "content": content}


def _describe_open(summary: str, media_type: str, *, guarded: bool = False) -> dict[str, Any]:
    answers: dict[str, Any] = {"200": {"description": summary, "content": {media_type: {}}}}
    if guarded:
        answers["401"] = _describe_problem(_PROBLEMS["401"])
    return {"summary": summary, "responses": answers, "security": [{"token": []}] if guarded else []}


def _describe_article() -> dict[str, Any]:
    return {"type": "object", "properties": {field.name: _describe_field(field) for field in FIELDS}}


def _describe_field(field: Field) -> dict[str, Any]:
    return {**_TYPES[field.type], "description": field.meaning}
