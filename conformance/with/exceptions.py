# Exceptions in the body, in __enter__, in __exit__; suppression.
class C:
    def __init__(self, suppress=False, fail=None):
        self.suppress, self.fail = suppress, fail
    def __enter__(self):
        print("enter")
        if self.fail == "enter":
            raise KeyError("enter")
        return self
    def __exit__(self, t, v, tb):
        print("exit", t, repr(v), isinstance(v, t) if t else None)
        if self.fail == "exit":
            raise RuntimeError("exit")
        return self.suppress
def run(cm, body=ValueError("body")):
    try:
        with cm:
            if body is not None:
                raise body
            print("body ok")
        print("after")
    except BaseException as e:
        print("caught", repr(e))
run(C())
run(C(True))
run(C(1))
run(C([]))
run(C("yes"))
run(C(fail="enter"))
run(C(fail="exit"))
run(C(True, "exit"))
run(C(fail="exit"), None)
run(C(True), None)
run(C(), SystemExit(3))
run(C(), ValueError)
with C(True) as a, C() as b:
    raise ValueError("inner not suppressed, outer does")
print("went on")
try:
    with C(), C(fail="enter"):
        print("never")
except KeyError as e:
    print("outer exit ran", e)
