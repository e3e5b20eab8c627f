/**
 * `requests`, the HTTP client that a Pico W has in its firmware, and its older name `urequests`. Names and results are those of
 * micropython-lib's module; plain HTTP only, without redirections to other hosts' TLS.
 */

const REQUESTS_PY = `
import socket


class Response:
    def __init__(self, raw):
        self.raw = raw
        self.encoding = "utf-8"
        self._content = None

    def close(self):
        if self.raw:
            self.raw.close()
            self.raw = None
        self._content = None

    @property
    def content(self):
        if self._content is None:
            try:
                self._content = self._body()
            finally:
                self.raw.close()
                self.raw = None
        return self._content

    # What follows the head: pieces that say their size, so many bytes, or all until the other side closes.
    def _body(self):
        if not self._chunked:
            return self.raw.read() if self._length is None else self.raw.read(self._length)
        whole = b""
        while True:
            size = int(self.raw.readline().split(b";")[0], 16)
            if not size:
                return whole
            whole += self.raw.read(size)
            self.raw.readline()

    @property
    def text(self):
        return str(self.content, self.encoding)

    def json(self):
        import json

        return json.loads(self.content)


def _split(url):
    scheme, _, host, path = (url.split("/", 3) + [""])[:4]
    if scheme != "http:":
        raise ValueError("Unsupported protocol: " + scheme[:-1])
    port = 80
    if ":" in host:
        host, port = host.split(":", 1)
        port = int(port)
    return host, port, path


def request(
    method, url, data=None, json=None, headers=None, stream=None, auth=None, timeout=None, parse_headers=True
):
    headers = {} if headers is None else dict(headers)
    if auth is not None:
        import binascii

        token = binascii.b2a_base64("%s:%s" % auth, newline=False)
        headers["Authorization"] = "Basic " + token.decode()
    if json is not None:
        import json as codec

        data = codec.dumps(json)
        headers.setdefault("Content-Type", "application/json")
    if isinstance(data, str):
        data = data.encode()
    # an iterable without a length is sent in pieces
    in_pieces = data is not None and not hasattr(data, "__len__") and hasattr(data, "__iter__")
    if in_pieces:
        headers["Transfer-Encoding"] = "chunked"
    elif data:
        headers.setdefault("Content-Length", str(len(data)))
    for hop in range(6):
        host, port, path = _split(url)
        headers["Host"] = host
        headers.setdefault("Connection", "close")
        info = socket.getaddrinfo(host, port, 0, socket.SOCK_STREAM)[0]
        s = socket.socket(info[0], socket.SOCK_STREAM, info[2])
        if timeout is not None:
            s.settimeout(timeout)
        try:
            s.connect(info[-1])
            s.write(("%s /%s HTTP/1.0\\r\\n" % (method, path)).encode())
            for name in headers:
                s.write(("%s: %s\\r\\n" % (name, headers[name])).encode())
            s.write(b"\\r\\n")
            if in_pieces:
                for piece in data:
                    s.write(b"%x\\r\\n" % len(piece))
                    s.write(piece)
                    s.write(b"\\r\\n")
                s.write(b"0\\r\\n\\r\\n")
            elif data:
                s.write(data)
            status = s.readline().split(None, 2)
            if len(status) < 2:
                raise ValueError("HTTP error: BadStatusLine:\\n%s" % status)
            response = Response(s)
            response.status_code = int(status[1])
            response.reason = status[2].rstrip() if len(status) > 2 else ""
            response.headers = got = {} if parse_headers is True else None
            response._chunked = False
            response._length = None
            moved = None
            while True:
                line = s.readline()
                if not line or line == b"\\r\\n":
                    break
                low = line.lower()
                value = str(line.split(b":", 1)[-1], "utf-8").strip()
                if low.startswith(b"transfer-encoding:"):
                    response._chunked = "chunked" in value.lower()
                elif low.startswith(b"content-length:"):
                    response._length = int(value)
                elif low.startswith(b"location:") and 300 < response.status_code < 309:
                    moved = value
                if parse_headers is True:
                    got[str(line.split(b":", 1)[0], "utf-8")] = value
                elif parse_headers:
                    parse_headers(line, headers)
        except OSError:
            s.close()
            raise
        if moved is None or response.status_code not in (301, 302, 303, 307, 308):
            return response
        s.close()
        url = moved if "://" in moved else "http://%s:%d%s" % (host, port, moved)
        if response.status_code == 303:
            method = "GET"
            data = None
            in_pieces = False
            headers.pop("Content-Length", None)
    raise ValueError("Too many redirects")


def head(url, **kw):
    return request("HEAD", url, **kw)


def get(url, **kw):
    return request("GET", url, **kw)


def post(url, **kw):
    return request("POST", url, **kw)


def put(url, **kw):
    return request("PUT", url, **kw)


def patch(url, **kw):
    return request("PATCH", url, **kw)


def delete(url, **kw):
    return request("DELETE", url, **kw)
`;

/** Modules that are frozen into the firmware. */
export const REQUESTS: readonly { readonly path: string; readonly source: string }[] = [
  { path: 'requests/__init__.py', source: REQUESTS_PY.slice(1) },
  { path: 'urequests.py', source: 'from requests import *\n' },
];
