"""What somebody did is taken in whole before anything newer is looked at.

Streamlit lets a newer message end a run wherever it stands, in the callback that saves an answer too: on a busy machine
the answer was lost where a click on a link followed it closely. Runs follow each other in one thread
(`runner.fastReruns` is off), and from the moment a message is taken up until its callbacks are done, none ends another.
"""

from threading import local
from typing import Any

from streamlit.runtime.scriptrunner_utils.script_requests import ScriptRequest, ScriptRequests
from streamlit.runtime.state import SafeSessionState

_thread = local()


def keep_whole() -> None:
    """Change Streamlit so in this process, once."""
    if SafeSessionState.on_script_will_rerun is not _take_in:
        SafeSessionState.on_script_will_rerun = _take_in  # type: ignore[method-assign, assignment]
        ScriptRequests.on_scriptrunner_yield = _look_for_newer  # type: ignore[method-assign, assignment]


_take_in_until_ended = SafeSessionState.on_script_will_rerun
_look = ScriptRequests.on_scriptrunner_yield


def _take_in(state: SafeSessionState, *args: Any, **kwargs: Any) -> None:
    """Take over what the browser sent and call what waits for it."""
    _thread.takes_in = True
    try:
        _take_in_until_ended(state, *args, **kwargs)
    finally:
        _thread.takes_in = False


def _look_for_newer(requests: ScriptRequests) -> ScriptRequest | None:
    return None if getattr(_thread, "takes_in", False) else _look(requests)
