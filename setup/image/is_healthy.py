"""Asks the web process of this container for /health, as the proxy in front does; exits 1 if unwell."""

import http.client
import os
import sys

host = os.environ.get("ALLOWED_HOSTS", "localhost").split(",")[0].lstrip(".")
web = http.client.HTTPConnection("127.0.0.1", int(os.environ.get("PORT", "8000")), timeout=4)
try:
    web.request("GET", "/health", headers={"Host": host, "X-Forwarded-Proto": "https"})
    sys.exit(web.getresponse().status != 200)
except OSError as problem:
    sys.exit(f"{problem}")
