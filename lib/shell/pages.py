"""A page or script that is held ready, plain and compressed, and sent again and again."""

import gzip
from hashlib import sha256

from starlette.requests import Request
from starlette.responses import Response

from lib.shell.files import reads_gzip


class Ready:
    """`content` as an answer of this kind, with what is said of caching it."""

    def __init__(self, content: str, kind: str, caching: str = "no-cache", status: int = 200) -> None:
        self._plain = content.encode()
        self._packed = gzip.compress(self._plain, 9, mtime=0)
        self._tag = sha256(self._plain).hexdigest()[:20]
        self._status = status
        self._headers = {"Content-Type": f"{kind}; charset=utf-8", "Cache-Control": caching, "Vary": "Accept-Encoding"}

    def answer(self, request: Request) -> Response:
        """Packed for whoever can read that; 304 for whoever has it already."""
        packed = reads_gzip(request.headers)
        headers = self._headers | {"ETag": f'"{self._tag}-gz"' if packed else f'"{self._tag}"'}
        if self._status == 200 and headers["ETag"] in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        if packed:
            headers["Content-Encoding"] = "gzip"
        content = self._packed if packed else self._plain
        headers["Content-Length"] = str(len(content))
        return Response(b"" if request.method == "HEAD" else content, self._status, headers)
