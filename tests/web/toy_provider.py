"""An identity provider small enough to read: OpenID Connect's code flow for one person, who always says yes."""

import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread
from typing import Any
from urllib.parse import urlencode

import uvicorn
from joserfc import jwt
from joserfc.jwk import RSAKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

CLIENT = "needlewise"


class ToyProvider:
    """Vouches for whoever `person` says, on a port of its own."""

    def __init__(self) -> None:
        self.person: dict[str, Any] = {}
        self.key = RSAKey.generate_key(2048, {"kid": "toy", "use": "sig"})
        self.nonces: dict[str, str | None] = {}
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.socket.getsockname()[1]}"
        self.app = Starlette(
            routes=[
                Route("/.well-known/openid-configuration", self.metadata),
                Route("/authorize", self.authorize),
                Route("/token", self.token, methods=["POST"]),
                Route("/jwks", self.jwks),
            ]
        )

    def metadata(self, _request: Request) -> Response:
        return JSONResponse(
            {
                "issuer": self.url,
                "authorization_endpoint": f"{self.url}/authorize",
                "token_endpoint": f"{self.url}/token",
                "jwks_uri": f"{self.url}/jwks",
                "response_types_supported": ["code"],
                "subject_types_supported": ["public"],
                "id_token_signing_alg_values_supported": ["RS256"],
            }
        )

    def authorize(self, request: Request) -> Response:
        asked = request.query_params
        code = f"code-{len(self.nonces)}"
        self.nonces[code] = asked.get("nonce")
        return RedirectResponse(f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}")

    async def token(self, request: Request) -> Response:
        form = await request.form()
        now = int(time.time())
        claims = {"iss": self.url, "aud": CLIENT, "iat": now, "exp": now + 600} | self.person
        claims["nonce"] = self.nonces.pop(str(form["code"]))
        signed = jwt.encode({"alg": "RS256", "kid": "toy"}, claims, self.key)
        return JSONResponse({"access_token": "x", "token_type": "Bearer", "id_token": signed})

    def jwks(self, _request: Request) -> Response:
        return JSONResponse({"keys": [self.key.as_dict(private=False)]})

    @contextmanager
    def serving(self) -> Iterator["ToyProvider"]:
        server = uvicorn.Server(uvicorn.Config(self.app, log_level="warning"))
        thread = Thread(target=server.run, kwargs={"sockets": [self.socket]}, daemon=True)
        thread.start()
        yield self
        server.should_exit = True
        thread.join(timeout=10)

    def secrets(self, base_url: str) -> str:
        """What the operator writes into secrets.toml."""
        return "\n".join(
            [
                "[auth]",
                f'redirect_uri = "{base_url}/oauth2callback"',
                f'cookie_secret = "{"s" * 40}"',
                f'client_id = "{CLIENT}"',
                'client_secret = "toy"',
                f'server_metadata_url = "{self.url}/.well-known/openid-configuration"',
            ]
        )
