"""Closures and decorators: counters, memo, limits, retry, a registry, and functions built from functions."""


def call_log(function):
    """Prints each call and its result, indented by depth."""
    depth = 0

    def wrapper(*args):
        nonlocal depth
        print("  " * depth + "{}({})".format(wrapper_name, ", ".join(repr(a) for a in args)))
        depth += 1
        try:
            result = function(*args)
        finally:
            depth -= 1
        print("  " * depth + "-> " + repr(result))
        return result

    wrapper_name = function.__name__
    return wrapper


def memo(function):
    known = {}

    def wrapper(*args):
        if args not in known:
            known[args] = function(*args)
        return known[args]

    return wrapper


def checked(*kinds):
    """Checks the types of positional arguments."""

    def decorate(function):
        def wrapper(*args):
            for i, (arg, kind) in enumerate(zip(args, kinds)):
                if not isinstance(arg, kind):
                    raise TypeError("argument %d is %s, not %s" % (i, type(arg).__name__, kind.__name__))
            return function(*args)

        return wrapper

    return decorate


class limited:
    """A decorator that is a class: the function may be called so many times."""

    def __init__(self, times):
        self.left = times

    def __call__(self, function):
        def wrapper(*args, **kwargs):
            if self.left == 0:
                return "no calls left"
            self.left -= 1
            return function(*args, **kwargs)

        return wrapper


COMMANDS = {}


def command(name, *aliases):
    def decorate(function):
        for key in (name,) + aliases:
            COMMANDS[key] = function
        return function

    return decorate


@call_log
def power(base, exponent):
    if exponent == 0:
        return 1
    half = power(base, exponent // 2)
    return half * half * (base if exponent % 2 else 1)


@memo
def paths(width, height):
    return 1 if width == 0 or height == 0 else paths(width - 1, height) + paths(width, height - 1)


@checked(int, str)
def repeat(n, text):
    return text * n


@limited(2)
def greet(name, greeting="hello"):
    return greeting + " " + name


@command("add", "+")
def add(a, b):
    return a + b


@command("reverse", "rev", "r")
def reverse(*words):
    return " ".join("".join(reversed(w)) for w in words)


def compose(*functions):
    def run(x):
        for f in functions:
            x = f(x)
        return x

    return run


def make_account(balance):
    """State that only two closures can reach."""

    def deposit(amount):
        nonlocal balance
        balance += amount
        return balance

    def withdraw(amount):
        nonlocal balance
        if amount > balance:
            raise ValueError("only %d left" % balance)
        balance -= amount
        return balance

    return deposit, withdraw


def averager():
    total = count = 0

    def add(value):
        nonlocal total, count
        total += value
        count += 1
        return total / count

    return add


print("3 ** 10 =", power(3, 10))
print("paths through a 16 x 16 grid:", paths(16, 16))
print(repeat(3, "ab"))
try:
    repeat("3", "ab")
except TypeError as error:
    print("refused:", error)
print(greet("ann"), "/", greet("bob", greeting="good day"), "/", greet("cid"))
print(COMMANDS["+"](2, 3), COMMANDS["rev"]("stressed", "desserts"), sorted(COMMANDS), COMMANDS["r"] is COMMANDS["reverse"])

slug = compose(str.strip, str.lower, lambda s: s.replace(" ", "-"), lambda s: "".join(c for c in s if c.isalpha() or c == "-"))
print(slug("  Hello, Wide World! "))

deposit, withdraw = make_account(100)
other_deposit, _ = make_account(5)
print(deposit(50), withdraw(120), other_deposit(1))
try:
    withdraw(31)
except ValueError as error:
    print("refused:", error)

mean = averager()
print([mean(v) for v in (10, 20, 60, 10)])
late = [lambda: i for i in range(3)]
bound = [lambda i=i: i for i in range(3)]
print("late binding", [f() for f in late], "bound", [f() for f in bound])
