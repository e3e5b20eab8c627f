# An expression evaluator: tokens, precedence, functions, errors with positions.
class ParseError(Exception):
    def __init__(self, msg, pos): super().__init__("%s at %d" % (msg, pos)); self.pos = pos
def tokens(s):
    i = 0
    while i < len(s):
        c = s[i]
        if c == " ": i += 1
        elif c.isdigit():
            j = i
            while j < len(s) and (s[j].isdigit() or s[j] == "."): j += 1
            yield "num", float(s[i:j]) if "." in s[i:j] else int(s[i:j]), i
            i = j
        elif c.isalpha():
            j = i
            while j < len(s) and s[j].isalpha(): j += 1
            yield "name", s[i:j], i
            i = j
        elif c in "+-*/%^(),": yield c, c, i; i += 1
        else: raise ParseError("bad character %r" % c, i)
    yield "end", None, i
class Calc:
    names = {"pi": 3, "max": max, "abs": abs}
    def __init__(self, s): self.t = list(tokens(s)); self.i = 0
    def peek(self): return self.t[self.i][0]
    def next(self): self.i += 1; return self.t[self.i - 1]
    def want(self, k):
        if self.peek() != k: raise ParseError("expected %s" % k, self.t[self.i][2])
        return self.next()
    def expr(self, level=0):
        ops = ("+-", "*/%")
        if level == 2: return self.unary()
        v = self.expr(level + 1)
        while self.peek() in ops[level]:
            o = self.next()[0]; w = self.expr(level + 1)
            v = {"+": lambda: v + w, "-": lambda: v - w, "*": lambda: v * w, "/": lambda: v / w, "%": lambda: v % w}[o]()
        return v
    def unary(self):
        if self.peek() == "-": self.next(); return -self.unary()
        b = self.atom()
        if self.peek() == "^": self.next(); return b ** self.unary()
        return b
    def atom(self):
        k, v, pos = self.next()
        if k == "num": return v
        if k == "(":
            v = self.expr(); self.want(")"); return v
        if k == "name":
            if v not in self.names: raise ParseError("unknown " + v, pos)
            f = self.names[v]
            if self.peek() != "(": return f
            self.next(); args = []
            if self.peek() != ")":
                args.append(self.expr())
                while self.peek() == ",": self.next(); args.append(self.expr())
            self.want(")")
            return f(*args)
        raise ParseError("unexpected %s" % k, pos)
    def run(self):
        v = self.expr(); self.want("end"); return v
for s in ("1 + 2 * 3", "(1 + 2) * 3", "-2 ^ 2", "2 ^ 3 ^ 2", "10 / 4", "7 % 4 - 1", "max(1, 5, 3) + abs(-2)", "pi * 2", "1.5 * 2", "2 ^ 100", "1 +", "(1", "1 2", "foo", "3 $ 4", "max()", "1 / 0", "abs(1, 2)", "", "pi()", "((((5))))", "1 - -1", "2 ^ -1"):
    try: print(s, "=", Calc(s).run())
    except ParseError as e: print(s, "!", e, e.pos)
    except Exception as e: print(s, "!!", type(e).__name__, e)
