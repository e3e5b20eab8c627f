# + and * on strings, in place too.
print("a" + "b", "" + "", "a" * 3, 3 * "ab", "a" * 0, "a" * -1, "" * 5, "a" * True, "é" * 2)
s = t = "x"
s += "y"
t *= 3
print(s, t)
acc = ""
for i in range(20):
    acc += chr(65 + i)
print(acc, len(acc))
print("a" "b" * 2, "-" * 10 + ">", ("ab" + "c") * 2)
for f in (lambda: "a" + 1, lambda: 1 + "a", lambda: "a" + None, lambda: "a" + b"b", lambda: b"b" + "a", lambda: "a" * "b", lambda: "a" * 1.5, lambda: "a" - "b", lambda: "a" / 2, lambda: -"a", lambda: "a" ** 2, lambda: "a" & "b", lambda: "a" + ["b"], lambda: ["b"] + "a"):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
