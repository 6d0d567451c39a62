"""Static files as a browser likes them: compressed where it can read that, and kept as long as is safe."""

import os
from pathlib import Path

from anyio import to_thread
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.staticfiles import NotModifiedResponse, StaticFiles
from starlette.types import Scope

from lib.shell.compressed import KINDS, Compressed

FOR_GOOD = "public, immutable, max-age=31536000"
"""For names that change with their content."""
A_WEEK = "public, max-age=604800"


def reads_gzip(headers: Headers) -> bool:
    """Whether whoever asks says that gzip may be sent."""
    for offer in headers.get("accept-encoding", "").split(","):
        coding, _, weight = offer.replace(" ", "").lower().partition(";q=")
        if coding in ("gzip", "*"):
            return weight.strip("0.") != "" or not weight
    return False


class Files(StaticFiles):
    """The files of a folder, with their compressed copies; `caching` is said of each."""

    def __init__(self, folder: Path, compressed: Compressed, caching: str) -> None:
        super().__init__(directory=folder, follow_symlink=True)
        self._compressed = compressed
        self._caching = caching

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The answer for one path: the file, or its compressed copy; a bare refusal where there is none."""
        try:
            response = await super().get_response(path, scope)
        except HTTPException as refused:
            return Response(status_code=refused.status_code, headers=refused.headers)
        original = Path(self.lookup_path(path)[0])
        if kind := KINDS.get(original.suffix):
            response = await self._smaller(original, scope) or response
            response.headers["Vary"] = "Accept-Encoding"
            if isinstance(response, FileResponse):
                response.headers["Content-Type"] = kind
        response.headers["Cache-Control"] = self._caching
        response.headers["X-Content-Type-Options"] = "nosniff"
        return response

    async def _smaller(self, original: Path, scope: Scope) -> Response | None:
        """The compressed copy as an answer. Not for a part of a file: what is meant is a part of the original."""
        headers = Request(scope).headers
        if "range" in headers or not reads_gzip(headers):
            return None
        kept = await to_thread.run_sync(self._compressed.of, original)
        if kept is None:
            return None
        answer = FileResponse(kept, stat_result=await to_thread.run_sync(os.stat, kept))
        answer.headers["Content-Encoding"] = "gzip"
        return NotModifiedResponse(answer.headers) if self.is_not_modified(answer.headers, headers) else answer
