"""A page of our own without scripts, for the one thing that must work without them: signing in."""

from html import escape
from pathlib import Path

STYLE = Path(__file__).with_suffix(".css").read_text("utf-8")


def login(wanted: str, *, email: str = "", refusal: str = "") -> str:
    """Write the sign-in form; `wanted` is the page to go on to, `refusal` why the last try did not work."""
    told = f'<p class="refusal" role="alert" id="refusal">{escape(refusal)}</p>' if refusal else ""
    said = ' aria-describedby="refusal"' if refusal else ""
    return page(
        "Sign in",
        f"""<form method="post" action="/auth/login"{said}>{told}
<input type="hidden" name="next" value="{escape(wanted)}">
<label for="email">E-mail</label>
<input id="email" name="email" type="email" autocomplete="username" required value="{escape(email)}">
<label for="password">Password</label>
<input id="password" name="password" type="password" autocomplete="current-password" required>
<button type="submit">Sign in</button>
</form>
<p><a href="/">Back to Needlewise</a></p>""",
    )


def page(title: str, body: str, *, wide: bool = False) -> str:
    """Put a body into a whole page in the product's colours."""
    return f"""<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(title)} · Needlewise</title><style>{STYLE}</style></head>
<body><main{' class="wide"' if wide else ""}><h1>{escape(title)}</h1>
{body}</main></body>
</html>
"""
