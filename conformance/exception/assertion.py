# assert with and without messages, evaluation of the message.
def check(x, *msg):
    try:
        if msg:
            assert x, msg[0]
        else:
            assert x
        print("passed")
    except AssertionError as e:
        print("failed", repr(e), e.args, str(e) == "")
check(True)
check(False)
check(0, "zero")
check([], ["list message"])
check(1, "unused")
check(None, None)
def msg():
    print("evaluated")
    return "message"
assert True, msg()
try:
    assert False, msg()
except AssertionError as e:
    print(e)
try:
    assert (lambda: 0)(), ("tuple", 1)
except AssertionError as e:
    print(e, e.args)
assert (1, "tuple is true")
assert not False
assert 1 < 2 < 3, "chain"
x = 5
assert x == 5 and x != 6 or x
def raises():
    assert 1 / 0, "never made"
try:
    raises()
except ZeroDivisionError as e:
    print(type(e).__name__)
