"""The plain HTTP side of the product: routes, headers and limits, and what happens at start and stop."""

from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import RedirectResponse
from starlette.routing import BaseRoute, Route

from training.services.app import running_app
from training.web import assets, certificates, dossiers, entrance, exports, health, scripts, studies
from training.web.compressing import CompressedStatic
from training.web.front_page import FrontPage
from training.web.lifespan import serving
from training.web.security import LimitedBody, SecureHeaders
from training.web.wanted_page import WantedPage

__all__ = ["lifespan", "middleware", "routes"]


async def _to_start(_request: Request) -> RedirectResponse:
    return RedirectResponse("/", 308)


_parts = (health, entrance, assets, exports, certificates, scripts, dossiers, studies)
# The home page is at "/": people still type its name, and Streamlit's client knows no page by it.
_home = Route("/home", _to_start)
routes: list[BaseRoute] = [_home, *(route for part in _parts for route in part.routes(running_app))]
_worn = (SecureHeaders, LimitedBody, WantedPage, CompressedStatic, FrontPage)
middleware = [Middleware(each) for each in _worn]
lifespan = serving
