"""What a request says of its own bytes, before Django takes its word for it."""

import re

CHARSET = re.compile(r";\s*charset\s*=\s*\"?([^\";\s]*)", re.IGNORECASE)


def in_utf_8(application):
    """Forms of ours are sent in UTF-8. Python knows codecs by name that are no text at all, and Django fails on them."""

    def serve(environ, start_response):
        named = CHARSET.search(environ.get("CONTENT_TYPE", ""))
        if named and named[1].lower() not in ("", "utf-8", "utf8"):
            start_response("400 Bad Request", [("Content-Type", "text/plain; charset=utf-8")])
            return [b"Only UTF-8 is understood here. Nothing was changed."]
        return application(environ, start_response)

    return serve
