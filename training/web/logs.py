"""The log: one JSON object a line in the data folder, readable lines on the terminal, secrets in neither."""

import json
import logging
import re
import time
from logging.handlers import RotatingFileHandler
from pathlib import Path

FILE = "needlewise.log"
LARGEST, KEPT = 5 * 2**20, 5
_SECRET = re.compile(
    r"((?:token|ticket|invitation|password|secret|needlewise_session)[\"']?\s*[=:]\s*[\"']?)[^\s&\"',;]+", re.IGNORECASE
)


class JsonLines(logging.Formatter):
    """Writes a record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        said = {
            "at": f"{time.strftime('%Y-%m-%dT%H:%M:%S', time.gmtime(record.created))}.{int(record.msecs):03d}Z",
            "level": record.levelname.lower(),
            "from": record.name,
            "message": _clean(record.getMessage()),
        }
        incident = getattr(record, "incident", None)
        if incident:
            said["incident"] = incident
        if record.exc_info:
            said["trace"] = _clean(self.formatException(record.exc_info))
        return json.dumps(said, ensure_ascii=False)


class Readable(logging.Formatter):
    """Writes a record for a person at the terminal."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s", "%H:%M:%S")

    def format(self, record: logging.LogRecord) -> str:
        return _clean(super().format(record))


def set_up(data_dir: Path) -> None:
    """Send what the product logs to the file and the terminal; doing it again changes nothing."""
    log = logging.getLogger("needlewise")
    if log.handlers:
        return
    folder = data_dir / "logs"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    to_file = RotatingFileHandler(folder / FILE, maxBytes=LARGEST, backupCount=KEPT, encoding="utf-8", delay=True)
    to_file.setFormatter(JsonLines())
    to_terminal = logging.StreamHandler()
    to_terminal.setFormatter(Readable())
    to_terminal.setLevel(logging.WARNING)
    log.setLevel(logging.INFO)
    log.propagate = False
    log.addHandler(to_file)
    log.addHandler(to_terminal)


def _clean(text: str) -> str:
    return _SECRET.sub(r"\1…", text)
