# Every binary operator over a grid of built-in types: result type or error text.
values = (5, 2.5, "s", b"b", [1], (1,), {1: 1}, {1}, None, True, 2**40, 1j)
ops = ("+", "-", "*", "/", "//", "%", "**", "<<", "&", "|", "^", "@", "<", "==", "in")
for op in ops:
    f = eval("lambda a, b: a %s b" % op)
    for a in values:
        row = []
        for b in values:
            if op in ("*", "<<", "**") and (a == 2**40 or b == 2**40):
                continue
            if op in ("==", "in") and {type(a), type(b)} == {str, bytes}:
                continue  # a port may warn about this comparison
            try:
                row.append(type(f(a, b)).__name__)
            except Exception as e:
                row.append(type(e).__name__[:4])
        print(op, type(a).__name__, " ".join(row))
