"""The studio: a local web app for looking at cleaned pages and making rules by pointing, and an HTTP API.

Needs the extra ``studio``: Starlette and uvicorn, which only this package imports.
"""
