"""What an uploaded file is, by its content: its name and what the browser calls it prove nothing."""

from training.core.refusal import Refusal

LARGEST = 10 * 2**20
ENDINGS = {"application/pdf": "pdf", "image/png": "png", "image/jpeg": "jpg"}
_TAIL = 1024


def media_type(data: bytes) -> str:
    """Give the media type of a PDF, PNG or JPEG, from its first and last bytes. Raises Refusal for anything else."""
    if len(data) > LARGEST:
        raise Refusal(f"The file is larger than {LARGEST // 2**20} MB.")
    if data.startswith((b"%PDF-1.", b"%PDF-2.")):
        if b"%%EOF" in data[-_TAIL:]:
            return "application/pdf"
    elif data.startswith(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"):
        if data.endswith(b"IEND\xaeB`\x82"):
            return "image/png"
    elif data.startswith(b"\xff\xd8\xff") and b"\xff\xd9" in data[-_TAIL:]:
        return "image/jpeg"
    raise Refusal("Please upload a whole PDF, PNG or JPEG. This file is none, whatever its name says.")
