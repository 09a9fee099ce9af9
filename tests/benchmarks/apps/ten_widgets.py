"""For comparison: a page of ten empty widgets, served as well as Streamlit can serve it."""

import gc
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx


def draw() -> None:
    """Draw one widget of each common kind; nothing is done with what they say."""
    st.radio("Radio", ["A", "B", "C", "D"], index=None)
    st.checkbox("Checkbox")
    st.toggle("Toggle")
    st.selectbox("Select box", ["A", "B", "C", "D"])
    st.multiselect("Multiselect", ["A", "B", "C", "D"])
    st.pills("Pills", ["A", "B", "C", "D"])
    st.slider("Slider", 0, 10)
    st.text_input("Text")
    st.number_input("Number")
    st.button("Button")


@asynccontextmanager
async def tuned(_server: object) -> AsyncIterator[None]:
    """Do what our own server does at its start: freeze what is loaded, and send small packets at once."""
    for each in gc.get_objects():
        with suppress(OSError, ReferenceError):
            if isinstance(each, socket.socket) and each.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN):
                each.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    gc.collect()
    gc.freeze()
    yield


if get_script_run_ctx(suppress_warning=True) is None:
    app = st.App(Path(__file__).resolve(), lifespan=tuned)
else:
    draw()
