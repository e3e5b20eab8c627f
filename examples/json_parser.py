"""A JSON reader and writer by recursive descent, with error positions."""

ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", '"': '"', "\\": "\\", "/": "/"}
WORDS = {"true": True, "false": False, "null": None}


class ParseError(ValueError):
    pass


class Parser:
    def __init__(self, text):
        self.text = text
        self.at = 0

    def fail(self, wanted):
        line = self.text[: self.at].count("\n") + 1
        column = self.at - self.text.rfind("\n", 0, self.at)
        found = repr(self.text[self.at]) if self.at < len(self.text) else "the end"
        raise ParseError("line {} column {}: {} wanted, found {}".format(line, column, wanted, found))

    def peek(self):
        while self.at < len(self.text) and self.text[self.at] in " \t\r\n":
            self.at += 1
        return self.text[self.at] if self.at < len(self.text) else ""

    def take(self, char):
        if self.peek() != char:
            self.fail(repr(char))
        self.at += 1

    def value(self):
        c = self.peek()
        if c == "{":
            return self.object()
        if c == "[":
            return self.array()
        if c == '"':
            return self.string()
        if c == "-" or c.isdigit():
            return self.number()
        for word in sorted(WORDS):
            if self.text.startswith(word, self.at):
                self.at += len(word)
                return WORDS[word]
        self.fail("a value")

    def members(self, opening, closing, member):
        """The part that objects and arrays share: members between brackets, with commas."""
        self.take(opening)
        if self.peek() != closing:
            while True:
                member()
                if self.peek() != ",":
                    break
                self.at += 1
        self.take(closing)

    def object(self):
        result = {}

        def member():
            if self.peek() != '"':
                self.fail("a name")
            name = self.string()
            self.take(":")
            result[name] = self.value()

        self.members("{", "}", member)
        return result

    def array(self):
        result = []
        self.members("[", "]", lambda: result.append(self.value()))
        return result

    def string(self):
        self.take('"')
        out = []
        while True:
            if self.at >= len(self.text):
                self.fail("'\"'")
            c = self.text[self.at]
            self.at += 1
            if c == '"':
                return "".join(out)
            if c == "\\":
                c = self.text[self.at]
                self.at += 1
                if c == "u":
                    c = chr(int(self.text[self.at : self.at + 4], 16))
                    self.at += 4
                elif c in ESCAPES:
                    c = ESCAPES[c]
                else:
                    self.at -= 1
                    self.fail("an escape")
            out.append(c)

    def number(self):
        start = self.at
        while self.at < len(self.text) and self.text[self.at] in "+-.eE0123456789":
            self.at += 1
        digits = self.text[start : self.at]
        try:
            return float(digits) if "." in digits or "e" in digits or "E" in digits else int(digits)
        except ValueError:
            self.at = start
            self.fail("a number")


def loads(text):
    parser = Parser(text)
    result = parser.value()
    if parser.peek():
        parser.fail("nothing more")
    return result


def dumps(value, indent=""):
    deeper = indent + "  "
    if isinstance(value, dict):
        if not value:
            return "{}"
        lines = [deeper + quote(k) + ": " + dumps(value[k], deeper) for k in sorted(value)]
        return "{\n" + ",\n".join(lines) + "\n" + indent + "}"
    if isinstance(value, list):
        return "[" + ", ".join(dumps(v, indent) for v in value) + "]"
    if isinstance(value, str):
        return quote(value)
    for word in WORDS:
        if value is WORDS[word]:
            return word
    return str(value)


def quote(text):
    out = '"'
    for c in text:
        if c in '"\\':
            out += "\\" + c
        elif " " <= c <= "~":
            out += c
        else:
            out += "\\u%04x" % ord(c)
    return out + '"'


DOCUMENT = """
{
  "name": "greenhouse \\u2116 7",
  "sensors": [
    {"id": 1, "kind": "temperature", "last": [21.5, 22, -3e-1]},
    {"id": 2, "kind": "light", "last": [], "broken": true}
  ],
  "limits": {"low": -5, "high": 40, "alarm": null},
  "note": "quotes \\"here\\",\\ttabs too"
}
"""

document = loads(DOCUMENT)
print(dumps(document))
print("round trip:", loads(dumps(document)) == document)
print("kinds:", ", ".join(s["kind"] for s in document["sensors"]))

for broken in ("", "[1, 2", '{"a" 1}', "[1,, 2]", '{"a": tru}', '"open', "[1] 2", "-", '"\\q"', "{1: 2}", "[\n  1,\n  oops\n]"):
    try:
        print(loads(broken))
    except ParseError as error:
        print("rejected:", error)
