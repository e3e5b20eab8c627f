# upper, lower and the is...() predicates on ASCII.
for s in ("", "abc", "ABC", "AbC", "a1", "A1", "123", " ", "\t\n", "a b", "a.b", "1.5", "_"):
    print(repr(s), s.upper(), s.lower(), s.isupper(), s.islower(), s.isalpha(), s.isdigit(), s.isspace())
print("MixED Case 123!".upper(), "MixED Case 123!".lower(), "straße".upper()[:4])
print([c for c in map(chr, range(128)) if c.isspace()] == ["\t", "\n", "\x0b", "\x0c", "\r", " "])
print("".join(c for c in map(chr, range(128)) if c.isalpha()), "".join(c for c in map(chr, range(128)) if c.isdigit()))
for name in ("capitalize", "title", "swapcase", "casefold", "isalnum", "isidentifier", "istitle", "zfill", "ljust", "rjust", "expandtabs", "translate"):
    print(name, hasattr("", name))
try:
    "a".upper(1)
except TypeError as e:
    print(type(e).__name__, e)
