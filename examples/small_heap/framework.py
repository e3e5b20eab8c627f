# A small web framework without a network: routes, templates, forms, sessions. Big enough to matter on a small heap.
import json

STATUS = {200: "OK", 201: "Created", 204: "No Content", 302: "Found", 400: "Bad Request", 403: "Forbidden",
          404: "Not Found", 405: "Method Not Allowed", 409: "Conflict", 500: "Internal Server Error"}

ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;"}


class HttpError(Exception):
    def __init__(self, status, reason=None):
        super().__init__(status, reason or STATUS.get(status, "Unknown"))
        self.status = status

    def response(self):
        return Response("{} {}".format(self.status, self.args[1]), status=self.status, content_type="text/plain")


def escape(text):
    return "".join(ESCAPES.get(c, c) for c in str(text))


def unquote(text):
    parts = text.replace("+", " ").split("%")
    out = parts[0]
    for part in parts[1:]:
        try:
            out += chr(int(part[:2], 16)) + part[2:]
        except ValueError:
            out += "%" + part
    return out


def parse_query(text):
    fields = {}
    for pair in text.split("&"):
        if not pair:
            continue
        name, _, value = pair.partition("=")
        name, value = unquote(name), unquote(value)
        if name in fields:
            if not isinstance(fields[name], list):
                fields[name] = [fields[name]]
            fields[name].append(value)
        else:
            fields[name] = value
    return fields


class Headers:
    def __init__(self, pairs=()):
        self.names = {}
        for name, value in pairs:
            self[name] = value

    def __getitem__(self, name):
        return self.names[name.lower()][1]

    def __setitem__(self, name, value):
        self.names[name.lower()] = (name, value)

    def __contains__(self, name):
        return name.lower() in self.names

    def get(self, name, default=None):
        return self[name] if name in self else default

    def lines(self):
        return ["{}: {}".format(name, value) for name, value in self.names.values()]


class Request:
    def __init__(self, method, target, headers=(), body=""):
        self.method = method
        self.path, _, query = target.partition("?")
        self.query = parse_query(query)
        self.headers = Headers(headers)
        self.body = body
        self.params = {}
        self.session = None

    def form(self):
        if self.headers.get("Content-Type", "").startswith("application/x-www-form-urlencoded"):
            return parse_query(self.body)
        raise HttpError(400, "no form")

    def json(self):
        try:
            return json.loads(self.body)
        except ValueError:
            raise HttpError(400, "no JSON")

    def cookies(self):
        found = {}
        for part in self.headers.get("Cookie", "").split(";"):
            name, _, value = part.strip().partition("=")
            if name:
                found[name] = value
        return found


class Response:
    def __init__(self, body="", status=200, content_type="text/html"):
        self.body = body
        self.status = status
        self.headers = Headers((("Content-Type", content_type),))
        self.cookies = []

    def set_cookie(self, name, value, path="/", max_age=None, http_only=True):
        text = "{}={}; Path={}".format(name, value, path)
        if max_age is not None:
            text += "; Max-Age={}".format(max_age)
        if http_only:
            text += "; HttpOnly"
        self.cookies.append(text)

    def text(self):
        lines = ["HTTP/1.0 {} {}".format(self.status, STATUS.get(self.status, "Unknown"))]
        self.headers["Content-Length"] = len(self.body)
        lines.extend(self.headers.lines())
        for cookie in self.cookies:
            lines.append("Set-Cookie: " + cookie)
        lines.append("")
        lines.append(self.body)
        return "\r\n".join(lines)


class Route:
    CONVERTERS = {"int": int, "str": str, "float": float}

    def __init__(self, pattern, handler, methods):
        self.handler = handler
        self.methods = methods
        self.parts = []
        for part in pattern.strip("/").split("/"):
            if part.startswith("<"):
                kind, _, name = part[1:-1].partition(":")
                self.parts.append((name or kind, self.CONVERTERS.get(kind if name else "str", str)))
            else:
                self.parts.append(part)

    def match(self, path):
        given = path.strip("/").split("/")
        if len(given) != len(self.parts):
            return None
        params = {}
        for expected, part in zip(self.parts, given):
            if isinstance(expected, str):
                if expected != part:
                    return None
                continue
            try:
                params[expected[0]] = expected[1](unquote(part))
            except ValueError:
                return None
        return params


class Template:
    """Text with {{ expression }}, {% for x in expression %} … {% end %} and {% if expression %} … {% else %} … {% end %}."""

    def __init__(self, source):
        self.nodes, rest = self._parse(self._tokens(source), 0, ())
        if rest is not None:
            raise ValueError("end without beginning")

    def _tokens(self, source):
        tokens = []
        while source:
            starts = [i for i in (source.find("{{"), source.find("{%")) if i >= 0]
            if not starts:
                tokens.append(("text", source))
                break
            at = min(starts)
            if at:
                tokens.append(("text", source[:at]))
            close = "}}" if source[at + 1] == "{" else "%}"
            end = source.find(close, at)
            if end < 0:
                raise ValueError("unclosed tag")
            tokens.append(("value" if close == "}}" else "tag", source[at + 2 : end].strip()))
            source = source[end + 2 :]
        self.tokens = tokens
        self.at = 0
        return tokens

    def _parse(self, tokens, depth, stop):
        nodes = []
        while self.at < len(tokens):
            kind, text = tokens[self.at]
            self.at += 1
            if kind != "tag":
                nodes.append((kind, text))
                continue
            word, _, rest = text.partition(" ")
            if word in ("end", "else"):
                if word not in stop:
                    raise ValueError("unexpected " + word)
                return nodes, word
            if word == "for":
                name, _, expression = rest.partition(" in ")
                body, _ = self._parse(tokens, depth + 1, ("end",))
                nodes.append(("for", name.strip(), expression.strip(), body))
            elif word == "if":
                body, stopped = self._parse(tokens, depth + 1, ("end", "else"))
                other = []
                if stopped == "else":
                    other, _ = self._parse(tokens, depth + 1, ("end",))
                nodes.append(("if", rest, body, other))
            else:
                raise ValueError("unknown tag " + word)
        if depth:
            raise ValueError("missing end")
        return nodes, None

    def _lookup(self, expression, names):
        value = None
        for i, part in enumerate(expression.split(".")):
            if i == 0:
                value = names.get(part)
            elif isinstance(value, dict):
                value = value.get(part)
            else:
                value = getattr(value, part)
        return value

    def _render(self, nodes, names, out):
        for node in nodes:
            if node[0] == "text":
                out.append(node[1])
            elif node[0] == "value":
                out.append(escape(self._lookup(node[1], names)))
            elif node[0] == "for":
                for item in self._lookup(node[2], names) or ():
                    inner = names.copy()
                    inner[node[1]] = item
                    self._render(node[3], inner, out)
            else:
                self._render(node[2] if self._lookup(node[1], names) else node[3], names, out)

    def render(self, **names):
        out = []
        self._render(self.nodes, names, out)
        return "".join(out)


class Sessions:
    def __init__(self, limit=8):
        self.limit = limit
        self.order = []
        self.data = {}
        self.count = 0

    def open(self, request, response):
        key = request.cookies().get("session")
        if key not in self.data:
            self.count += 1
            key = "s{:04x}".format(self.count * 40503 & 0xFFFF)
            self.data[key] = {}
            self.order.append(key)
            response.set_cookie("session", key, max_age=3600)
            if len(self.order) > self.limit:
                del self.data[self.order.pop(0)]
        return self.data[key]


class App:
    def __init__(self):
        self.routes = []
        self.before = []
        self.after = []
        self.handlers = {}
        self.sessions = Sessions()

    def route(self, pattern, methods=("GET",)):
        def add(handler):
            self.routes.append(Route(pattern, handler, methods))
            return handler

        return add

    def error(self, status):
        def add(handler):
            self.handlers[status] = handler
            return handler

        return add

    def _find(self, request):
        allowed = False
        for route in self.routes:
            params = route.match(request.path)
            if params is None:
                continue
            if request.method in route.methods:
                request.params = params
                return route.handler
            allowed = True
        raise HttpError(405 if allowed else 404)

    def handle(self, request):
        response = Response()
        try:
            request.session = self.sessions.open(request, response)
            for hook in self.before:
                hook(request)
            result = self._find(request)(request, **request.params)
            if isinstance(result, Response):
                result.cookies.extend(response.cookies)
                response = result
            elif isinstance(result, (dict, list)):
                response.body = json.dumps(result)
                response.headers["Content-Type"] = "application/json"
            else:
                response.body = str(result)
        except HttpError as e:
            handler = self.handlers.get(e.status)
            response = e.response() if handler is None else handler(request, e)
        for hook in self.after:
            hook(request, response)
        return response
