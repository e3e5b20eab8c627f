# with: every result of __enter__ and __exit__, several managers, errors in each place, leaving by return, break and continue.
log = []
class CM:
    def __init__(self, name, result=None, enter=None, leave=None): self.name, self.result, self.enter, self.leave = name, result, enter, leave
    def __enter__(self):
        log.append("+" + self.name)
        if self.enter: raise self.enter
        return self.name.upper()
    def __exit__(self, t, v, tb):
        log.append("-%s(%s,%s)" % (self.name, t and t.__name__, v))
        if self.leave: raise self.leave
        return self.result
def run(*cms, body=None):
    log.clear()
    try:
        if len(cms) == 1:
            with cms[0] as a: log.append(a); body() if body else None
        else:
            with cms[0] as a, cms[1] as b: log.append(a + b); body() if body else None
        log.append("ok")
    except Exception as e: log.append("!%s %s" % (type(e).__name__, e))
    print(" ".join(log))
def boom(): raise ValueError("v")
def stop(): raise StopIteration
for r in (None, True, False, 1, 0, "x", "", []):
    run(CM("a", r)); run(CM("a", r), body=boom)
run(CM("a", enter=KeyError("e"))); run(CM("a", leave=KeyError("l"))); run(CM("a", leave=KeyError("l")), body=boom); run(CM("a"), CM("b")); run(CM("a"), CM("b"), body=boom); run(CM("a", True), CM("b"), body=boom); run(CM("a"), CM("b", True), body=boom); run(CM("a"), CM("b", enter=OSError(5))); run(CM("a", True), CM("b", enter=OSError(5))); run(CM("a"), CM("b", leave=OSError(6)), body=boom); run(CM("a", True), CM("b", leave=OSError(6))); run(CM("a"), body=stop)
def leave(how):
    log.clear()
    for i in range(3):
        with CM("c%d" % i):
            if how == "return": return "returned"
            if how == "break": break
            if how == "continue": continue
            log.append("body")
    return "end"
for how in ("return", "break", "continue", ""): print(leave(how), log)
def g():
    with CM("g"): yield 1; yield 2
log.clear(); it = g(); next(it); it.close(); print(log)
log.clear(); it = g(); next(it)
try: it.throw(ValueError("t"))
except ValueError as e: print(e, log)
def t(code):
    try: exec(code, {}); print("ok")
    except Exception as e: print(type(e).__name__, e)
t("with 5: pass"); t("class A: pass\nwith A(): pass"); t("class A:\n  def __enter__(s): pass\nwith A(): pass"); t("class A:\n  def __exit__(s, *a): print('x')\nwith A(): pass"); t("class A:\n  def __enter__(s): return 1, 2\n  def __exit__(s, *a): pass\nwith A() as (a, b): print(a, b)"); t("class A:\n  def __enter__(s): pass\n  def __exit__(s): pass\nwith A(): pass")
