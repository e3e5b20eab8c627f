# Ways through try, except, else and finally: every action in every part, in a loop and in a function.
actions = ("pass", "return 'R%d'", "raise ValueError(%d)", "raise KeyError(%d)", "break", "continue", "x = 1 // 0")
def make(a, b, c, d):
    def act(s, n): return s % n if "%" in s else s
    return """def f():
    log = []
    for i in range(2):
        try:
            log.append('t'); {}
        except ValueError as e:
            log.append('e'); {}
        else:
            log.append('l'); {}
        finally:
            log.append('f'); {}
        log.append('after')
    return log
""".format(act(a, 1), act(b, 2), act(c, 3), act(d, 4))
n = 0
for a in actions:
    for b in actions[:4]:
        for c in actions[:3]:
            for d in ("pass", "break", "raise OSError(%d)"):
                ns = {}
                exec(make(a, b, c, d), ns)
                try: r = ns["f"]()
                except Exception as e: r = repr(e)
                n += 1
                print(n, r)
