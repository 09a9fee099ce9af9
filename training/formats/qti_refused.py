"""Interactions of QTI that no item type answers to, and what to do about each."""

REFUSED = {
    "uploadInteraction": "a file that people mark; nothing here takes files as answers",
    "drawingInteraction": "a drawing that people mark; a hotspot asks for places in a picture",
    "mediaInteraction": "a recording to play, without anything to answer; put what it shows into words or a picture",
    "positionObjectInteraction": "write a hotspot with the places that may be chosen",
    "graphicAssociateInteraction": "write a matching with the names of the places, and the picture in the stem",
    "customInteraction": "a program of its own, which is never run; write what it asks anew",
    "portableCustomInteraction": "a program of its own, which is never run; write what it asks anew",
}


def refused(name: str) -> str:
    """Say what to do about an interaction that has no item type."""
    return REFUSED.get(name, "write it anew")
