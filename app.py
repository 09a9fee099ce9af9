"""Needlewise: launcher and Streamlit script in one. Start it with `streamlit run app.py` or `python app.py`."""

import pathlib

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

if get_script_run_ctx(suppress_warning=True) is None:  # imported by a server, or run by Python
    from training.ui import incidents, launching
    from training.web import lifespan, middleware, routes

    launching.prepare()
    app = st.App(
        pathlib.Path(__file__).resolve(),
        routes=routes,
        middleware=middleware,
        lifespan=lifespan,
        on_script_error=incidents.report,
    )
    if __name__ == "__main__":
        app.run(config=launching.options())
else:  # run by Streamlit for one visitor's page
    from training.ui.main import render

    render()
