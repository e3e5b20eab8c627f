"""An expression calculator: tokens, precedence climbing, variables, functions, and a tree that prints itself."""

import math

BINARY = {"=": 1, "<": 2, ">": 2, "+": 3, "-": 3, "*": 4, "/": 4, "%": 4, "^": 6}
RIGHT_TO_LEFT = "=^"
FUNCTIONS = {"sqrt": math.sqrt, "max": max, "min": min, "abs": abs, "floor": math.floor}


def tokens(text):
    i = 0
    while i < len(text):
        c = text[i]
        start = i
        if c == " ":
            i += 1
            continue
        if c.isdigit():
            while i < len(text) and (text[i].isdigit() or text[i] == "."):
                i += 1
            yield "number", text[start:i]
        elif c.isalpha():
            while i < len(text) and (text[i].isalpha() or text[i].isdigit()):
                i += 1
            yield "name", text[start:i]
        elif c in BINARY or c in "(),":
            i += 1
            yield "sign", c
        else:
            raise SyntaxError("unexpected '%s' at %d" % (c, i))
    while True:
        yield "end", ""


class Parser:
    def __init__(self, text):
        self.source = tokens(text)
        self.advance()

    def advance(self):
        self.kind, self.text = next(self.source)

    def expect(self, text):
        if self.text != text:
            raise SyntaxError("'%s' wanted, found '%s'" % (text, self.text or "end"))
        self.advance()

    def parse(self):
        tree = self.binary(0)
        if self.kind != "end":
            raise SyntaxError("'%s' is left over" % self.text)
        return tree

    def binary(self, floor):
        left = self.operand()
        while self.kind == "sign" and BINARY.get(self.text, -1) >= floor:
            op = self.text
            level = BINARY[op]
            self.advance()
            right = self.binary(level if op in RIGHT_TO_LEFT else level + 1)
            left = (op, left, right)
        return left

    def operand(self):
        kind, text = self.kind, self.text
        self.advance()
        if kind == "number":
            return float(text) if "." in text else int(text)
        if text == "-":
            return ("neg", self.binary(5))
        if text == "(":
            inner = self.binary(0)
            self.expect(")")
            return inner
        if kind != "name":
            raise SyntaxError("an operand wanted, found '%s'" % (text or "end"))
        if self.text != "(":
            return text
        self.advance()
        arguments = []
        while self.text != ")":
            arguments.append(self.binary(0))
            if self.text == ",":
                self.advance()
        self.expect(")")
        return ("call", text, arguments)


def show(tree):
    if not isinstance(tree, tuple):
        return str(tree)
    if tree[0] == "call":
        return tree[1] + "(" + ", ".join(show(a) for a in tree[2]) + ")"
    if tree[0] == "neg":
        return "(-" + show(tree[1]) + ")"
    return "(" + show(tree[1]) + " " + tree[0] + " " + show(tree[2]) + ")"


OPERATIONS = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "/": lambda a, b: a / b,
    "%": lambda a, b: a % b,
    "^": lambda a, b: a**b,
    "<": lambda a, b: a < b,
    ">": lambda a, b: a > b,
}


def evaluate(tree, names):
    if isinstance(tree, str):
        if tree not in names:
            raise NameError("'%s' has no value" % tree)
        return names[tree]
    if not isinstance(tree, tuple):
        return tree
    op = tree[0]
    if op == "neg":
        return -evaluate(tree[1], names)
    if op == "call":
        if tree[1] not in FUNCTIONS:
            raise NameError("no function '%s'" % tree[1])
        return FUNCTIONS[tree[1]](*[evaluate(a, names) for a in tree[2]])
    if op == "=":
        if not isinstance(tree[1], str):
            raise SyntaxError("cannot assign to " + show(tree[1]))
        names[tree[1]] = evaluate(tree[2], names)
        return names[tree[1]]
    return OPERATIONS[op](evaluate(tree[1], names), evaluate(tree[2], names))


SESSION = """1 + 2 * 3
(1 + 2) * 3
2 ^ 3 ^ 2
-2 ^ 2
10 - 4 - 3
width = 12.5
height = 2 * width - 5
area = width * height
sqrt(area * 1.0) > 15
max(3, width, floor(height / 7)) + 1
2 ^ 100
7 % 4 * -3
1 +
(1 + 2
5 = 6
1 / 0
depth + 1
tan(1)
3 $ 4
1 2"""

names = {}
for line in SESSION.split("\n"):
    try:
        tree = Parser(line).parse()
        print("{:<40}{:<46}{}".format(line, show(tree), evaluate(tree, names)))
    except (SyntaxError, NameError, ZeroDivisionError) as error:
        reason = "division by zero" if isinstance(error, ZeroDivisionError) else str(error)
        print("{:<40}{}: {}".format(line, type(error).__name__, reason))
print("names:", ", ".join("%s=%s" % (n, names[n]) for n in sorted(names)))
