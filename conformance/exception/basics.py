# try, except, else, finally: which blocks run, in which order.
def run(kind):
    try:
        print("try", end=" ")
        if kind == "value":
            raise ValueError("v")
        if kind == "key":
            {}["k"]
        if kind == "zero":
            1 / 0
        if kind == "exit":
            raise SystemExit(1)
    except ValueError as e:
        print("value", e, end=" ")
    except (KeyError, IndexError) as e:
        print("lookup", type(e).__name__, e, end=" ")
    except Exception as e:
        print("other", type(e).__name__, e, end=" ")
    else:
        print("else", end=" ")
    finally:
        print("finally")
for k in (None, "value", "key", "zero"):
    run(k)
try:
    run("exit")
except SystemExit as e:
    print("exit", e, e.args)
def bare():
    try:
        [][1]
    except:
        return "bare"
print(bare())
def only_finally():
    try:
        return "ret"
    finally:
        print("cleanup")
print(only_finally())
def else_raises():
    try:
        pass
    except ValueError:
        print("not for else")
    else:
        raise ValueError("from else")
try:
    else_raises()
except ValueError as e:
    print(e)
def nested():
    try:
        try:
            raise KeyError("inner")
        except ValueError:
            print("wrong")
        finally:
            print("inner finally")
    except KeyError as e:
        print("outer", e)
nested()
for src in ("try:\n pass", "try:\n pass\nelse:\n pass", "except: pass", "try:\n pass\nexcept:\n pass\nexcept ValueError:\n pass", "try:\n pass\nfinally:\n pass\nexcept:\n pass", "raise 1, 2"):
    try:
        exec(src)
        print("accepted")
    except SyntaxError as e:
        print(repr(src), "SyntaxError", e)
