"""A process with everything imported, which runs each command in a fork of itself: as alone as a new one, and quick.

Asked on standard input, a line of JSON for each command: words, environment, folder, and the files for the three
streams. Answers with the exit status on a line.
"""

import json
import os
import sys
import traceback
from typing import Any

from training.cli import COMMANDS, main, module


def serve() -> None:
    for name in COMMANDS:
        module(name)
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            _become(json.loads(line))
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)


def _become(asked: dict[str, Any]) -> None:
    """Run the command and end as a fresh interpreter would; never returns."""
    os.environ.clear()
    os.environ.update(asked["environment"])
    os.chdir(asked["folder"])
    for number, (file, flags) in enumerate(
        zip(asked["streams"], (os.O_RDONLY, os.O_WRONLY | os.O_CREAT, os.O_WRONLY | os.O_CREAT), strict=True)
    ):
        os.dup2(os.open(file, flags), number)
    sys.stdin, sys.stdout, sys.stderr = (os.fdopen(number, mode) for number, mode in enumerate(("r", "w", "w")))
    try:
        status: Any = main(asked["words"])
    except SystemExit as end:
        status = end.code
    except Exception:  # noqa: BLE001 - shown as an interpreter shows it
        traceback.print_exc()
        status = 1
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)


if __name__ == "__main__":
    serve()
