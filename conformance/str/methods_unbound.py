# str methods as plain functions and through map.
print(str.upper("abc"), list(map(str.strip, [" a ", "b "])), str.join("-", ["a", "b"]), str.split("a b"), str.replace("aa", "a", "b"))
up = "abc".upper
print(up(), sorted(["b", "A", "c"], key=str.lower), list(filter(str.isdigit, "a1b2")))
print(str.format("{}-{}", 1, 2), str.find("abc", "c"), str.encode("a"), bytes.decode(b"a"))
for f in (lambda: str.upper(), lambda: str.upper(1), lambda: str.join(1, 2), lambda: "a".nope, lambda: "a".nope(), lambda: str.nope, lambda: setattr("a", "x", 1), lambda: str.upper("a", "b")):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
class S(str):
    def shout(self):
        return self.upper() + "!"
s = S("hey")
print(s, s.shout(), s + "x", len(s), s[0], s == "hey", isinstance(s, str), type(s + "x") is str, "%s" % s, s.split("e"), "hey" == s, hash(s) == hash("hey") or "different hash", [s], {"hey": 1}.get("hey"))
