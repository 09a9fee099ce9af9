"""A window without a screen: it speaks Streamlit's websocket as a browser does, to put a running app under load."""

import asyncio
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Self
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect

PATIENCE = 60.0
DRAWN = frozenset(
    {
        ForwardMsg.FINISHED_SUCCESSFULLY,
        ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY,
        ForwardMsg.FINISHED_WITH_COMPILE_ERROR,
    }
)


class PageFailed(Exception):
    """The page showed an exception, or a widget that should be there was not."""


@dataclass(frozen=True, slots=True)
class Widget:
    """A widget as the page sent it; `fragment` is the part of the page that is drawn again for it, empty for all."""

    id: str
    kind: str
    label: str
    options: tuple[str, ...]
    fragment: str


@dataclass(slots=True)
class Window:
    """One open window of the app at `url`; use it in an `async with`, `open` it, then `choose`."""

    url: str
    page: str = ""
    query: str = ""
    cookies: Mapping[str, str] = field(default_factory=dict)
    widgets: dict[str, Widget] = field(default_factory=dict, init=False)
    _states: dict[str, WidgetState] = field(default_factory=dict, init=False)
    _known: dict[str, ForwardMsg] = field(default_factory=dict, init=False)
    _script: str = field(default="", init=False)
    _socket: ClientConnection | None = field(default=None, init=False)

    async def __aenter__(self) -> Self:
        parts = urlsplit(self.url)
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        self._socket = await connect(
            f"ws://{parts.netloc}/_stcore/stream",
            origin=self.url,
            subprotocols=["streamlit", "no-token"],  # a browser sends its XSRF token as the second one
            additional_headers={"Cookie": cookie} if cookie else None,
            compression=None,
            max_size=None,
            ping_interval=None,
            open_timeout=PATIENCE,
        )
        return self

    async def __aexit__(self, *_exception: object) -> None:
        if self._socket:
            await self._socket.close()

    async def open(self) -> float:
        """Load the page; gives the seconds until it was drawn."""
        return await self._run("")

    async def choose(self, widget: Widget, option: str) -> float:
        """Choose an option of a radio and wait until the page (or the widget's fragment) is drawn again; seconds."""
        self._states[widget.id] = WidgetState(id=widget.id, string_value=option)
        return await self._run(widget.fragment)

    def radio(self) -> Widget:
        """Give the page's first radio. Raises PageFailed where there is none."""
        for widget in self.widgets.values():
            if widget.kind == "radio":
                return widget
        raise PageFailed(f"no radio on the page; there are {[each.label for each in self.widgets.values()]}")

    async def _run(self, fragment: str) -> float:
        asked = self._ask(fragment).SerializeToString()
        began = time.perf_counter()
        await self._live.send(asked)
        while True:
            message = ForwardMsg.FromString(await asyncio.wait_for(self._live.recv(), PATIENCE))
            if self._take_in(message):
                return time.perf_counter() - began

    @property
    def _live(self) -> ClientConnection:
        if self._socket is None:
            raise RuntimeError("use the window in an `async with`")
        return self._socket

    def _ask(self, fragment: str) -> BackMsg:
        message = BackMsg()
        run = message.rerun_script
        run.query_string, run.fragment_id = self.query, fragment
        run.page_script_hash, run.page_name = self._script, "" if self._script else self.page
        run.context_info.timezone, run.context_info.locale = "UTC", "en-GB"
        run.context_info.url = f"{self.url}/{self.page}"
        run.widget_states.widgets.extend(self._states.values())
        run.widget_states.SetInParent()
        return message

    def _take_in(self, message: ForwardMsg) -> bool:
        """Note what a message brings; True where it says that the run is over."""
        kind = message.WhichOneof("type")
        if kind == "new_session":
            self._script = message.new_session.page_script_hash
        elif kind == "ref_hash":
            self._take_delta(self._known[message.ref_hash])
        elif kind == "delta":
            if message.metadata.cacheable:
                self._known[message.hash] = message
            self._take_delta(message)
        return kind == "script_finished" and message.script_finished in DRAWN

    def _take_delta(self, message: ForwardMsg) -> None:
        element = message.delta.new_element
        kind = element.WhichOneof("type")
        if kind is None:
            return
        if kind == "exception":
            raise PageFailed(f"{element.exception.type}: {element.exception.message}")
        body = getattr(element, kind)
        if getattr(body, "id", ""):
            self.widgets[body.id] = _widget(kind, body, message.delta.fragment_id)


def _widget(kind: str, body: Any, fragment: str) -> Widget:
    options = getattr(body, "options", ())
    names = tuple(each if isinstance(each, str) else each.content for each in options)
    return Widget(body.id, kind, getattr(body, "label", ""), names, fragment)
