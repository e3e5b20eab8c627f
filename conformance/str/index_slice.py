# exp: 1.29 leaves non-ASCII characters unescaped in repr(), 1.27 escapes them
# Indexing and slicing by code point, with every shape of bounds.
s = "abcdefgh"
print(s[0], s[7], s[-1], s[-8], s[True])
print(s[:], s[2:], s[:3], s[2:5], s[-3:], s[:-3], s[5:2], s[-100:100], s[100:], s[:-100])
print(s[::1], s[None:None:None], s[2:7:1])
u = "aé€😀z"
print(len(u), u[1], u[2], u[3], u[-1], u[-2], u[1:4], u[:3], u[3:], u[-3:-1])
print([c for c in u], u[1:2] == "é", u[4:] == "z")
for f in (lambda: s[8], lambda: s[-9], lambda: ""[0], lambda: u[5], lambda: s["a"], lambda: s[1.0], lambda: s[None],
          lambda: s[::0], lambda: s[::2], lambda: s[::-1], lambda: s["a":], lambda: s[1, 2]):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
for stmt in ("s[0] = 'x'", "del s[0]", "s[0:1] = 'x'"):
    try:
        exec(stmt)
        print("done")
    except Exception as e:
        print(stmt, type(e).__name__, e)
