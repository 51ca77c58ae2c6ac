import json
import os
import signal
import socket
import subprocess
import sys
from urllib.request import Request, urlopen

import pytest

TOKEN = "a-token-of-enough-characters"  # noqa: S105


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        ([], "name the pages"),
        (["no-such-folder"], "does not exist"),
        (["--api-only", "--jobs", "0"], "--jobs"),
        (["--api-only", "--port", "65536"], "--port"),
    ],
)
def test_wrong_usage_is_reported(cli, arguments, problem):
    result = cli("studio", *arguments)
    assert result.exit_code == 2
    assert problem in result.output


def test_a_short_token_is_refused(cli):
    result = cli("studio", "--api-only", env={"CLEANER_STUDIO_TOKEN": "short"})
    assert result.exit_code == 2
    assert "CLEANER_STUDIO_TOKEN has less than 16 characters" in result.output


def test_a_broken_rule_file_is_reported_before_the_server_starts(cli, tmp_path):
    (tmp_path / "a.example.toml").write_text("hosts = [")
    result = cli("studio", "--api-only", "--rules", tmp_path)
    assert result.exit_code == 2
    assert "a.example.toml" in result.output


def test_without_the_extra_it_says_what_to_install(cli, monkeypatch):
    monkeypatch.setitem(sys.modules, "cleaner.studio.server", None)
    result = cli("studio", "--api-only")
    assert result.exit_code == 2
    assert "pip install 'cleaner[studio]'" in result.output


def test_an_address_that_is_not_this_machine_s_is_reported(cli):
    result = cli("studio", "--api-only", "--host", "192.0.2.1", "--port", "0")
    assert result.exit_code == 2
    assert "cannot listen at 192.0.2.1" in result.output


def test_it_serves_until_it_is_stopped():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        command = [sys.executable, "-m", "cleaner", "studio", "--api-only", "--jobs", "1", "--port", str(port)]
        with subprocess.Popen(
            command, env={**os.environ, "CLEANER_STUDIO_TOKEN": TOKEN}, stdout=subprocess.PIPE, text=True
        ) as process:
            address = process.stdout.readline().strip()
            assert TOKEN not in address  # the variable has it; a log should not
            assert address != f"http://127.0.0.1:{port}/"  # that one is taken: the next free one is used
            request = Request(  # noqa: S310
                f"{address}clean", b"<p>The ferry crosses the sound.</p>", {"Authorization": f"Bearer {TOKEN}"}
            )
            request.add_header("Content-Type", "text/html")
            with urlopen(request, timeout=60) as response:  # noqa: S310
                assert json.load(response)["text"] == "The ferry crosses the sound."
            process.send_signal(signal.SIGINT)
            assert process.wait(timeout=30) in (0, 130)
