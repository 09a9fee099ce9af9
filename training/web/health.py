"""For whatever watches the server: is it alive, and can it serve."""

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from training.services import checking_health
from training.services.app import App

NO_CACHE = {"Cache-Control": "no-store"}


def routes(app_of: Callable[[], App]) -> list[BaseRoute]:
    """Make /healthz (the process answers) and /readyz (database, data folder and content are there)."""

    async def alive(_request: Request) -> Response:
        return PlainTextResponse("ok", headers=NO_CACHE)

    def ready(_request: Request) -> Response:
        checks = checking_health.ready(app_of())
        well = all(check.well for check in checks)
        # Names only: what was found may say where things are.
        body = {"ready": well, "checks": {check.name.lower(): check.well for check in checks}}
        return JSONResponse(body, 200 if well else 503, headers=NO_CACHE)

    return [Route("/healthz", alive), Route("/readyz", ready)]
