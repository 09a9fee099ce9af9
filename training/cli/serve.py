"""Serve the app: Streamlit pages and our own routes in one process."""

import argparse
import os
import socket
import sys
from pathlib import Path

from training.core.refusal import Refusal
from training.services.settings import settings_from

ROOT = Path(__file__).resolve().parents[2]
PORT = os.environ.get("PORT") or "8501"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument(
        "--port", type=port_number, default=PORT, metavar="PORT", help="(PORT of the environment, else 8501)"
    )
    parser.add_argument("--host", default="localhost", help="the address to listen on (localhost: this machine only)")
    parser.add_argument("--data-dir", type=Path, help="where the data lie (NEEDLEWISE_DATA_DIR, else ./data)")


def port_number(text: str) -> int:
    """Read a port from the shell."""
    if not text.isdecimal() or not 0 < int(text) < 2**16:
        raise argparse.ArgumentTypeError(f"'{text}' is no port; it is a number from 1 to 65535")
    return int(text)


def run(arguments: argparse.Namespace) -> int:
    """Become the server; returns only where it cannot start."""
    if arguments.data_dir:
        os.environ["NEEDLEWISE_DATA_DIR"] = str(arguments.data_dir)
    return serve(arguments.port, arguments.host)


def serve(port: int, host: str = "localhost") -> int:
    """Replace this process by the server, so that signals reach it. Raises Refusal where the port is taken."""
    command = ready(port, host)
    os.chdir(ROOT)
    os.execv(command[0], command)  # noqa: S606 - our own interpreter and our own script


def ready(port: int, host: str = "localhost") -> list[str]:
    """Settle what the server needs, say where it will be, and give its command. Raises Refusal."""
    _must_be_free(host, port)
    settings = settings_from()
    os.environ |= {
        "PORT": str(port),
        # Else uvicorn believes any neighbour's X-Forwarded-For before NEEDLEWISE_TRUSTED_PROXIES is asked.
        "FORWARDED_ALLOW_IPS": os.environ.get("FORWARDED_ALLOW_IPS", ""),
        # The server runs in another folder, so relative ones are settled now.
        "NEEDLEWISE_DATA_DIR": str(settings.data_dir),
        "NEEDLEWISE_CONTENT_DIR": str(settings.content_dir),
    }
    shown = "localhost" if host in {"localhost", "127.0.0.1", "0.0.0.0", "::"} else host  # noqa: S104 - only compared
    print(f"Needlewise starts on http://{shown}:{port} (stop it with Ctrl+C)", flush=True)
    return [
        *(sys.executable, "-m", "streamlit", "run", "app.py"),
        *("--server.port", str(port), "--server.address", host),
    ]


def _must_be_free(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            advice = f"Choose another: --port {port + 1}, or PORT={port + 1} make run"
            raise Refusal(f"Cannot serve on port {port}: {error.strerror}. {advice}") from error
