"""A Forth: words are compiled to a list of numbers, and a small virtual machine runs them."""

PUSH, CALL, JUMP, JUMP_IF_ZERO, LOOP_START, LOOP_END, INDEX, EXIT = range(8)


class ForthError(Exception):
    pass


class Forth:
    def __init__(self):
        self.stack = []
        self.loops = []
        self.out = []
        self.words = {}  # name: a Python function, or a list of code
        self.order = []  # names by number, as CALL has a number behind it
        self.open = None  # name of the word that is being defined
        self.code = []
        self.marks = []
        for name, function in PRIMITIVES:
            self.define(name, function)

    def define(self, name, body):
        if name not in self.words:
            self.order.append(name)
        self.words[name] = body

    def pop(self):
        if not self.stack:
            raise ForthError("stack underflow")
        return self.stack.pop()

    # --- the compiler ---

    def compile(self, token):
        code = self.code
        if token == "if":
            code += [JUMP_IF_ZERO, 0]
            self.marks.append(len(code) - 1)
        elif token == "else":
            code += [JUMP, 0]
            code[self.marks.pop()] = len(code)
            self.marks.append(len(code) - 1)
        elif token == "then":
            code[self.marks.pop()] = len(code)
        elif token == "begin":
            self.marks.append(len(code))
        elif token == "until":
            code += [JUMP_IF_ZERO, self.marks.pop()]
        elif token == "do":
            code.append(LOOP_START)
            self.marks.append(len(code))
        elif token == "loop":
            code += [LOOP_END, self.marks.pop()]
        elif token == "i":
            code.append(INDEX)
        elif token in self.words:
            code += [CALL, self.order.index(token)]
        else:
            try:
                code += [PUSH, int(token)]
            except ValueError:
                raise ForthError("unknown word " + token)

    def interpret(self, line):
        """Runs a line; gives what it printed."""
        self.out = []
        tokens = line.split()
        while tokens:
            token = tokens.pop(0)
            if token == ":":
                self.open = tokens.pop(0)
                self.define(self.open, [])
                self.code = self.words[self.open]
            elif token == ";":
                self.code.append(EXIT)
                self.open = None
            elif self.open:
                self.compile(token)
            else:
                self.code = []
                self.compile(token)
                self.run(self.code + [EXIT])
        return " ".join(self.out)

    # --- the machine ---

    def run(self, code, depth=0):
        if depth > 12:
            raise ForthError("too deep")
        at = 0
        while True:
            op = code[at]
            at += 1
            if op == PUSH:
                self.stack.append(code[at])
                at += 1
            elif op == CALL:
                word = self.words[self.order[code[at]]]
                at += 1
                if callable(word):
                    word(self)
                else:
                    self.run(word, depth + 1)
            elif op == JUMP:
                at = code[at]
            elif op == JUMP_IF_ZERO:
                at = at + 1 if self.pop() else code[at]
            elif op == LOOP_START:
                start = self.pop()
                self.loops.append([start, self.pop()])
            elif op == LOOP_END:
                loop = self.loops[-1]
                loop[0] += 1
                if loop[0] < loop[1]:
                    at = code[at]
                else:
                    self.loops.pop()
                    at += 1
            elif op == INDEX:
                self.stack.append(self.loops[-1][0])
            else:
                return


def binary(operation):
    def word(forth):
        b = forth.pop()
        forth.stack.append(operation(forth.pop(), b))

    return word


def shuffle(taken, *given):
    """A word that takes some cells and puts them back in another order."""

    def word(forth):
        cells = [forth.pop() for _ in range(taken)]
        cells.reverse()
        forth.stack.extend(cells[i] for i in given)

    return word


PRIMITIVES = (
    ("+", binary(lambda a, b: a + b)),
    ("-", binary(lambda a, b: a - b)),
    ("*", binary(lambda a, b: a * b)),
    ("/", binary(lambda a, b: a // b)),
    ("mod", binary(lambda a, b: a % b)),
    ("<", binary(lambda a, b: -int(a < b))),
    ("=", binary(lambda a, b: -int(a == b))),
    ("dup", shuffle(1, 0, 0)),
    ("drop", shuffle(1)),
    ("swap", shuffle(2, 1, 0)),
    ("over", shuffle(2, 0, 1, 0)),
    ("rot", shuffle(3, 1, 2, 0)),
    (".", lambda forth: forth.out.append(str(forth.pop()))),
    (".s", lambda forth: forth.out.append("<%d>" % len(forth.stack) + str(forth.stack))),
    ("emit", lambda forth: forth.out.append(chr(forth.pop()))),
)

SESSION = (
    "2 3 + 4 * .",
    ": square dup * ; 7 square .",
    ": cube dup square * ; -3 cube .",
    ": max over over < if swap then drop ; 3 9 max . 9 3 max .",
    ": factorial 1 swap 1 + 1 do i * loop ; 5 factorial . 20 factorial . 30 factorial .",
    ": gcd begin swap over mod dup 0 = until drop ; 1071 462 gcd .",
    ": fib dup 2 < if else dup 1 - fib swap 2 - fib + then ; 10 fib .",
    ": table 4 1 do i dup * . loop ; table",
    ": parity 2 mod if 111 emit else 101 emit then ; 7 parity 8 parity",
    "1 2 3 .s rot .s drop drop drop",
    ": forever forever ; forever",
    "1 0 /",
    "drop",
    "5 nonsense",
    ".s",
)

forth = Forth()
for line in SESSION:
    try:
        answer = forth.interpret(line) + " ok"
    except ForthError as error:
        answer = "? " + str(error)
    except ZeroDivisionError:
        answer = "? division by zero"
    print(line)
    print("    " + answer.strip())
print(len(forth.order), "words; fib is", forth.words["fib"])
