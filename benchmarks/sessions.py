"""Sessions of a Streamlit runtime in this process, without a browser or a network: what one run of a script costs.

Everything of Streamlit's that belongs to a run is the real thing: the runtime with its loop, the session with its
state and queue, the thread of the script. Only the websocket is missing; its end here keeps the messages. What is
measured is `ScriptRunner._run_script` in the thread of the script: from the request to the last message, by the clock
on the wall and by the processor time of that thread alone.
"""

import asyncio
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from streamlit.runtime import Runtime, RuntimeConfig
from streamlit.runtime.memory_media_file_storage import MemoryMediaFileStorage
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import script_runner
from streamlit.runtime.session_manager import SessionClient

SLOWEST_SECONDS = 300


@dataclass(frozen=True)
class Ran:
    """One run of a script: seconds on the wall, seconds of the processor, what was sent."""

    wall: float
    processor: float
    messages: tuple[ForwardMsg, ...]


class Client(SessionClient):
    """The browser's end: keeps what comes."""

    def __init__(self) -> None:
        self.messages: list[ForwardMsg] = []
        self.finished = threading.Event()

    def write_forward_msg(self, msg: ForwardMsg) -> None:
        """Keep it; the run is over with its last message."""
        self.messages.append(msg)
        if msg.WhichOneof("type") == "script_finished" and msg.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
            self.finished.set()


class Session:
    """One open screen."""

    def __init__(self, loop: asyncio.AbstractEventLoop, script: Path, state: Mapping[str, Any]) -> None:
        self._loop, self._client = loop, Client()
        self._id = self._on_loop(lambda: self._connect(script))
        self._session = Runtime.instance().get_app_session(self._id)
        self._page_hash = ""
        for name, value in state.items():
            self._session.session_state[name] = value

    def _connect(self, script: Path) -> str:
        """What the runtime does for a browser, but for a script of our choice."""
        runtime = Runtime.instance()
        runtime._main_script_path = str(script)
        return runtime.connect_session(self._client, {})

    def _on_loop(self, ask: Callable[[], Any]) -> Any:
        async def asked() -> Any:
            return ask()

        return asyncio.run_coroutine_threadsafe(asked(), self._loop).result(SLOWEST_SECONDS)

    def open(self, page: str, query: str = "") -> Ran:
        """Come by a link to the page at the path `page`."""
        return self._run(BackMsg(rerun_script={"page_name": page, "query_string": query}))

    def look_again(self, change: Callable[[list[WidgetState]], None] = lambda _: None) -> Ran:
        """Run again as after a click; `change` may change the widgets' values, as a person does."""
        states = self._session.session_state.get_widget_states()
        change(states)
        again = {"page_script_hash": self._page_hash, "widget_states": {"widgets": states}}
        return self._run(BackMsg(rerun_script={**again, "query_string": self._session._client_state.query_string}))

    def _run(self, asked: BackMsg) -> Ran:
        self._client.messages.clear()
        self._client.finished.clear()
        _times.clear()
        self._on_loop(lambda: Runtime.instance().handle_backmsg(self._id, asked))
        if not self._client.finished.wait(SLOWEST_SECONDS):
            raise SystemExit("a run did not end")
        while self._session._scriptrunner is not None:
            time.sleep(0.0005)
        messages = tuple(self._client.messages)
        self._page_hash = next(m.navigation.page_script_hash for m in messages if m.HasField("navigation"))
        return Ran(sum(one[0] for one in _times), sum(one[1] for one in _times), messages)

    def close(self) -> None:
        """The tab is closed."""
        self._on_loop(lambda: Runtime.instance().close_session(self._id))


_times: list[tuple[float, float]] = []


@contextmanager
def _timed() -> Iterator[None]:
    """Within the block every run of a script leaves its times in `_times`."""
    run = script_runner.ScriptRunner._run_script

    def timed(self: Any, asked: Any) -> None:
        wall, processor = time.perf_counter(), time.thread_time()
        try:
            run(self, asked)
        finally:
            _times.append((time.perf_counter() - wall, time.thread_time() - processor))

    script_runner.ScriptRunner._run_script = timed
    try:
        yield
    finally:
        script_runner.ScriptRunner._run_script = run


@contextmanager
def running() -> Iterator[Callable[..., Session]]:
    """A runtime while the block runs; gives what opens a session: `opened(script, **state)`."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()

    async def start() -> Runtime:
        storage, uploads = MemoryMediaFileStorage("/media"), MemoryUploadedFileManager("/upload")
        runtime = Runtime(RuntimeConfig(__file__, storage, uploads))
        await runtime.start()
        return runtime

    async def stop(runtime: Runtime) -> None:
        runtime.stop()
        await runtime.stopped

    runtime = asyncio.run_coroutine_threadsafe(start(), loop).result(SLOWEST_SECONDS)
    try:
        with _timed():
            yield lambda script, **state: Session(loop, script, state)
    finally:
        asyncio.run_coroutine_threadsafe(stop(runtime), loop).result(SLOWEST_SECONDS)
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        Runtime._instance = None
