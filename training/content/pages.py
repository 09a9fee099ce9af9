"""The manual pages of syntax and schema problems; rules carry their own."""

from pathlib import Path

FOLDER = Path(__file__).parent / "codes"

PAGES: dict[str, str] = {path.stem: path.read_text("utf-8") for path in sorted(FOLDER.glob("*.md"))}
