"""Static files as a browser likes them: compressed where it can read that, and kept as long as is safe."""

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
    """The files of a folder, with their compressed copies; `caching` is said of each. A file at the same place in the
    folder `instead` is sent in place of its own.

    Copies that were asked for stay in memory, some megabytes in all: reading a file means waiting for a thread, several
    times for each, and a first view asks for a hundred. So the files must not change while the server runs.
    """

    def __init__(self, folder: Path, compressed: Compressed, caching: str, instead: Path | None = None) -> None:
        super().__init__(directory=folder, follow_symlink=True)
        if instead:
            self.all_directories = [instead, *self.all_directories]
        self._compressed = compressed
        self._caching = {"Cache-Control": caching, "X-Content-Type-Options": "nosniff"}
        self._held: dict[str, tuple[bytes, dict[str, str]]] = {}

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The answer for one path: its compressed copy, or the file; a bare refusal where there is none.

        A part of a file is a part of the original.
        """
        request = Request(scope)
        packed = request.method in ("GET", "HEAD") and "range" not in request.headers and reads_gzip(request.headers)
        if packed and path not in self._held:
            await to_thread.run_sync(self._hold, path)
        if packed and path in self._held:
            return self._from_memory(path, request)
        try:
            response = await super().get_response(path, scope)
        except HTTPException as refused:
            return Response(status_code=refused.status_code, headers=refused.headers)
        response.headers.update(self._caching)
        if kind := KINDS.get(Path(path).suffix):
            response.headers["Vary"] = "Accept-Encoding"
            if isinstance(response, FileResponse):
                response.headers["Content-Type"] = kind
        return response

    def _hold(self, path: str) -> None:
        """Take the compressed copy of the file at `path` into memory, where there is one."""
        try:
            found, _ = self.lookup_path(path)
            kept = self._compressed.of(Path(found)) if found else None
        except (OSError, ValueError):
            return
        if kept:
            headers = FileResponse(kept, stat_result=kept.stat()).headers
            said = {name: headers[name] for name in ("etag", "last-modified", "content-length")}
            said |= {"Content-Type": KINDS[Path(found).suffix], "Content-Encoding": "gzip", "Vary": "Accept-Encoding"}
            self._held[path] = kept.read_bytes(), said | self._caching

    def _from_memory(self, path: str, request: Request) -> Response:
        content, said = self._held[path]
        headers = Headers(said)
        if self.is_not_modified(headers, request.headers):
            return NotModifiedResponse(headers)
        return Response(b"" if request.method == "HEAD" else content, headers=said)
