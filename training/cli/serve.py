"""Serve the app: Streamlit pages and our own routes in one process."""

import argparse
import os
import socket
import sys
from pathlib import Path

from training.core.refusal import Refusal

ROOT = Path(__file__).resolve().parents[2]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("--port", type=int, default=int(os.environ.get("PORT") or 8501), metavar="PORT", help="(8501)")
    parser.add_argument("--host", default="localhost", help="the address to listen on (localhost: this machine only)")
    parser.add_argument("--data-dir", type=Path, help="where the data lie (NEEDLEWISE_DATA_DIR, else ./data)")


def run(arguments: argparse.Namespace) -> int:
    """Become the server; returns only where it cannot start."""
    if arguments.data_dir:
        os.environ["NEEDLEWISE_DATA_DIR"] = str(arguments.data_dir)
    return serve(arguments.port, arguments.host)


def serve(port: int, host: str = "localhost") -> int:
    """Replace this process by the server, so that signals reach it. Raises Refusal where the port is taken."""
    _must_be_free(host, port)
    os.environ["PORT"] = str(port)
    shown = "localhost" if host in {"localhost", "127.0.0.1", "0.0.0.0", "::"} else host  # noqa: S104 - only compared
    print(f"Needlewise serves on http://{shown}:{port}  (stop it with Ctrl+C)", flush=True)
    os.chdir(ROOT)
    os.execv(  # noqa: S606 - our own interpreter and our own script
        sys.executable,
        [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port), "--server.address", host],
    )


def _must_be_free(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise Refusal(
                f"Cannot serve on port {port}: {error.strerror}. Choose another: PORT={port + 1} make run"
            ) from error
