"""Nothing but the server: an app of one line, to see what reading and answering cost: FOLDER PORT HOW.

HOW: `glance`, as the hall is served; `by_line`, without the glance; `as_it_comes`, the library alone.
"""

from __future__ import annotations

import sys
from functools import partial

from bench.servers import HALL
from web.engines import engine_of

PORT, HOW = int(sys.argv[2]), sys.argv[3]
BODY = b'{"number": 1}'


def app(environ, start_response):
    environ["wsgi.input"].read()
    press = environ["REQUEST_METHOD"] == "POST"
    headers = [("Content-Type", "application/json"), ("Content-Length", str(len(BODY)))]
    start_response("201 CREATED" if press else "200 OK", headers)
    return [BODY]


def main() -> None:
    engine = engine_of(HALL)
    from web import reading
    from web.starting import listening

    if HOW == "by_line":
        reading.protocol_on = partial(reading.protocol_on, look=lambda arrived: None)
    elif HOW == "as_it_comes":
        reading.protocol_on = lambda library, *limits: library.wsgi.HttpProtocol
    engine.open(listening("127.0.0.1", PORT), app)
    engine.serve(lambda: None)


if __name__ == "__main__":
    main()
