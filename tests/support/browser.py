"""A real browser that shows a page of ours, and says what it did."""

import html
import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any, NamedTuple

CHROMIUM = shutil.which("chromium")
FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--disable-quic", "--enable-logging=stderr"),
)
# Chromium's own window is never narrower than 500: a frame is. It is asked once it has loaded.
FRAME = """<!DOCTYPE html><meta charset="utf-8"><title>nothing</title><link rel="icon" href="data:,">
<script>
async function ask(frame) {{
  const page = frame.contentDocument, view = frame.contentWindow;
  const rest = () => new Promise((done) => setTimeout(done, 20));
  document.title = JSON.stringify(await (async () => {{ {script} }})());
}}
</script>
<iframe src="/page.html{query}" width="{width}" height="800" style="border:0" onload="ask(this)"></iframe>
"""


class Seen(NamedTuple):
    """What the browser answered, what it asked the server for, and what it complained of."""

    answer: Any
    requests: list[str]
    console: list[str]


def look(page: str, script: str, folder: Path, *, width: int = 1280, query: str = "") -> Seen:
    """Show a page in a frame of a width, and return what a script finds in ``page`` and ``view``.

    Args:
        page: the HTML.
        script: the body of an async function; ``await rest()`` lets the page do what it has put off.
        folder: for the browser's profile.
        width: of the frame, in CSS pixels.
        query: of the page's address, with its question mark.
    """
    frame = FRAME.format(script=script, query=query, width=width)
    with _serving({"/frame.html": frame, "/page.html": page}) as (address, requests):
        run = subprocess.run(
            [
                *(CHROMIUM or "chromium", *FLAGS, "--virtual-time-budget=4000"),
                *(f"--user-data-dir={folder / 'profile'}", "--dump-dom", f"{address}/frame.html"),
            ],
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
    found = re.search(r"<title>(.*?)</title>", run.stdout, re.DOTALL)
    assert found, run.stderr[-2000:]
    console = [line for line in run.stderr.splitlines() if "CONSOLE" in line]
    assert found[1] != "nothing", console
    return Seen(json.loads(html.unescape(found[1])), requests, console)


@contextmanager
def _serving(pages: dict[str, str]) -> Iterator[tuple[str, list[str]]]:
    """Serve pages on the loopback, and note each request."""
    requests: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            requests.append(self.path)
            made = pages.get(self.path.partition("?")[0])
            self.send_response(200 if made else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write((made or "").encode())

        def log_message(self, *_args: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}", requests
        server.shutdown()
        thread.join()
