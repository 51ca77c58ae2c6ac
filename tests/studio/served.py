"""A studio served as the command serves it, and a client that may lie about who it is."""

import http.client
import json
import threading
from contextlib import contextmanager
from pathlib import Path
from time import monotonic

import pytest

from cleaner.worker_pool import WorkLimits

HARBOUR = Path(__file__).parent / "pages" / "harbour"
TOKEN = "a-token-that-nobody-guesses"  # noqa: S105
PATIENCE = 60


class Client:
    """Asks a studio, as whoever the arguments say."""

    def __init__(self, settings):
        self.settings = settings

    def ask(self, method, path, body=None, headers=None, token=TOKEN, host=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.settings.port, timeout=PATIENCE)
        try:
            connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
            given = {"Host": host or f"127.0.0.1:{self.settings.port}", **(headers or {})}
            if token:
                given.setdefault("Authorization", f"Bearer {token}")
            if body is not None:
                given.setdefault("Content-Length", str(len(body)))
            for name, value in given.items():
                connection.putheader(name, value)
            connection.endheaders(body)
            response = connection.getresponse()
            response.content = response.read()
            return response
        finally:
            connection.close()

    def get(self, path, **options):
        response = self.ask("GET", path, **options)
        assert response.status == 200, response.content
        return json.loads(response.content)

    def post(self, path, value, status=200, **options):
        headers = {"Content-Type": "application/json"}
        response = self.ask("POST", path, json.dumps(value).encode(), headers, **options)
        assert response.status == status, response.content
        return json.loads(response.content)

    def wait_until(self, holds):
        """The state of the studio once ``holds`` is true of it; the stream of changes says when to look."""
        deadline = monotonic() + PATIENCE
        connection = http.client.HTTPConnection("127.0.0.1", self.settings.port, timeout=PATIENCE)
        connection.request("GET", "/api/events", headers={"Authorization": f"Bearer {TOKEN}"})
        events = connection.getresponse()
        try:
            while monotonic() < deadline:
                state = self.get("/api/state")
                if holds(state):
                    return state
                events.readline()
        finally:
            connection.close()
        raise AssertionError("it did not happen in time")


def is_clean(state):
    return not state["reading"] and all(page["state"] != "waiting" for page in state["pages"])


@contextmanager
def serving(paths, **changes):
    server = pytest.importorskip("cleaner.studio.server", reason="the extra studio is not installed")
    from cleaner.studio.settings import StudioSettings

    settings = StudioSettings(**{"token": TOKEN, "port": 0, "jobs": 1, "limits": WorkLimits(20, 2000), **changes})
    prepared = server.prepare_server(paths, settings)
    thread = threading.Thread(target=prepared.server.run, kwargs={"sockets": [prepared.listening]})
    thread.start()
    try:
        yield Client(prepared.settings)
    finally:
        prepared.server.stop()
        thread.join()
