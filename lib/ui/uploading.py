"""Which sessions may send files: those that show an inspector where to choose one, as long as they are signed in."""

import logging
import os

from streamlit.runtime.scriptrunner import get_script_run_ctx

from lib import accounts, settings
from lib.clock import now
from lib.store import StoreUnavailable
from lib.ui import source
from lib.ui.of_sessions import OfSessions

_log = logging.getLogger(__name__)
_tokens: OfSessions[str] = OfSessions()
"""What a session's browser showed to say who it is."""


def admit(token: str | None) -> None:
    """From now on this session may send files while `token` is an inspector's."""
    _tokens.remember(token)


def allowed(session: str) -> bool:
    """Whether the session of this name may send a file now: asked by the server before it reads one."""
    token = _tokens.known(session)
    if token is None:
        return False
    chosen = settings.load(os.environ)
    try:
        accounts.require_inspector(source.store_of(chosen), token, now(), chosen.session_minutes)
    except accounts.NotAllowed:
        return False
    except StoreUnavailable as error:
        _log.warning("Chưa nhận được một tệp tải lên: không biết ai gửi", exc_info=error)
        return False
    return True


def let_go() -> None:
    """Keep no file that this session sent: it was published, or whoever sent it has left."""
    context = get_script_run_ctx()
    if context is not None:
        context.uploaded_file_mgr.remove_session_files(context.session_id)
