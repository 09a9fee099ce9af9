"""What Streamlit must know before its server starts, however it is started."""

import os

from streamlit import config

from training.services.settings import settings_from
from training.services.tokens import cookie_secret
from training.ui.whole_callbacks import keep_whole

_SECRET = "server.cookieSecret"  # noqa: S105 - the name of the option
_VARIABLE = "STREAMLIT_SERVER_COOKIE_SECRET"


def options() -> dict[str, int]:
    """Give what `python app.py` takes from the environment: Streamlit itself looks there only for `streamlit run`."""
    port = os.environ.get("PORT", "")
    return {"server.port": int(port)} if port.isdecimal() else {}


def prepare() -> None:
    """Keep callbacks whole, and give Streamlit a secret of this installation to sign its cookies with.

    An operator's own secret stays. `streamlit run` has read its options by now, `python app.py` reads them later and
    from the environment, and `uvicorn app:app` never looks at the environment: so the option is set both ways.
    """
    keep_whole()
    if os.environ.get(_VARIABLE) or config.is_manually_set(_SECRET):
        return
    secret = cookie_secret(settings_from().data_dir)
    os.environ[_VARIABLE] = secret
    config.set_option(_SECRET, secret)
