"""Screens without a browser: a websocket as a browser opens it, and files sent through it."""

import socket
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect

from lib.panels import address as addresses
from lib.session_route import COOKIE


def browser(address: str) -> str:
    """The cookie that tells one browser from another."""
    with urllib.request.urlopen(f"{address}_stcore/health") as health:
        return health.headers["Set-Cookie"].split(";")[0]


@contextmanager
def screen(
    address: str, token: str = "", page: str = addresses.UPDATE, *, cookie: str = "", taken_from: str = ""
) -> Iterator[str]:
    """A page that stays open, of whoever the cookie `token` stands for; gives its session once the page was drawn.

    cookie: of its browser, else a new one. taken_from: the session that it says was its own before.
    """
    place = urllib.parse.urlsplit(address).netloc
    cookies = [cookie or browser(address), *([f"{COOKIE}={token}"] if token else [])]
    with connect(
        f"ws://{place}/_stcore/stream",
        subprotocols=["streamlit", "none", taken_from] if taken_from else ["streamlit"],
        additional_headers={"Cookie": "; ".join(cookies)},
        origin=address.strip("/"),
        max_size=None,
    ) as opened:
        asked = BackMsg()
        asked.rerun_script.page_name = page
        opened.send(asked.SerializeToString())
        session = ""
        while True:
            said = ForwardMsg.FromString(opened.recv())
            if said.HasField("new_session"):
                session = said.new_session.initialize.session_id
            if said.HasField("script_finished"):
                break
        yield session


def upload(address: str, session: str, data: bytes, name: str = "so.xlsx") -> bytes:
    """A browser's upload into a session, headers and all."""
    cookie = browser(address)
    part = f'--x\r\nContent-Disposition: form-data; name="f"; filename="{name}"\r\n\r\n'.encode()
    body = part + data + b"\r\n--x--\r\n"
    head = [
        f"PUT /_stcore/upload_file/{session}/tep HTTP/1.1",
        f"Host: {urllib.parse.urlsplit(address).netloc}",
        "Connection: close",
        "Content-Type: multipart/form-data; boundary=x",
        f"Content-Length: {len(body)}",
        f"Cookie: {cookie}",
        f"X-Xsrftoken: {cookie.partition('=')[2]}",
    ]
    return "\r\n".join(head).encode() + b"\r\n\r\n" + body


def answer(address: str, sent: bytes) -> int:
    """The status that is answered to what was sent."""
    place = urllib.parse.urlsplit(address)
    with socket.create_connection((place.hostname, place.port)) as whole:
        whole.sendall(sent)
        return int(whole.recv(1024).split()[1])
