"""The plain HTTP side of the product: routes, headers and limits, and what happens at start and stop."""

from starlette.middleware import Middleware
from starlette.routing import BaseRoute

from training.services.app import running_app
from training.web import assets, entrance, exports, health
from training.web.compressing import CompressedStatic
from training.web.front_page import FrontPage
from training.web.lifespan import serving
from training.web.security import LimitedBody, SecureHeaders

__all__ = ["lifespan", "middleware", "routes"]

routes: list[BaseRoute] = [route for part in (health, entrance, assets, exports) for route in part.routes(running_app)]
middleware = [Middleware(SecureHeaders), Middleware(LimitedBody), Middleware(CompressedStatic), Middleware(FrontPage)]
lifespan = serving
