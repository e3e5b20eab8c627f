# return, break, continue and yield out of with blocks.
class C:
    def __init__(self, n):
        self.n = n
    def __enter__(self):
        print("enter", self.n)
        return self.n
    def __exit__(self, *a):
        print("exit", self.n, a[0])
def ret(v):
    with C(1):
        with C(2):
            return v
print(ret("value"))
for i in range(4):
    with C(i) as k:
        if k == 1:
            continue
        if k == 2:
            break
        print("body", k)
else:
    print("no else")
def in_finally():
    try:
        with C("f"):
            return "from with"
    finally:
        print("finally")
print(in_finally())
def in_with():
    with C("w"):
        try:
            raise ValueError
        except ValueError:
            return "handled"
        finally:
            print("inner finally")
print(in_with())
def loop():
    while True:
        with C("loop"):
            for x in range(3):
                if x == 1:
                    return x
print(loop())
def gen():
    with C("gen"):
        for i in range(2):
            with C("in%d" % i):
                yield i
print(list(gen()))
def over():
    for i in range(2):
        with C("o%d" % i):
            try:
                continue
            finally:
                print("fin", i)
over()
