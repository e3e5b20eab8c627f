# Text work: word counts, tables, wrapping, ciphers, run lengths, roman numerals, palindromes, anagrams.
TEXT = "It was the best of times, it was the worst of times; it was the age of wisdom... it was the age of foolishness"
def words(s):
    w = ""
    for c in s.lower() + " ":
        if c.isalpha(): w += c
        elif w: yield w; w = ""
count = {}
for w in words(TEXT): count[w] = count.get(w, 0) + 1
top = sorted(count.items(), key=lambda p: (-p[1], p[0]))
for w, n in top[:5]: print("{:<8}{:>3} {}".format(w, n, "#" * n))
def wrap(s, n):
    line = ""
    for w in s.split():
        if len(line) + len(w) + 1 > n and line: yield line; line = w
        else: line = line + " " + w if line else w
    if line: yield line
for l in wrap(TEXT, 30): print("|%-30s|" % l)
def caesar(s, k): return "".join(chr((ord(c) - 97 + k) % 26 + 97) if "a" <= c <= "z" else c for c in s)
print(caesar("hello, world", 3), caesar(caesar("abcxyz", 5), -5))
def rle(s):
    out = []; i = 0
    while i < len(s):
        j = i
        while j < len(s) and s[j] == s[i]: j += 1
        out.append("%d%s" % (j - i, s[i])); i = j
    return "".join(out)
print(rle("aaabccdddd"), rle(""), rle("x"))
def roman(n):
    r = ""
    for v, s in ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")):
        while n >= v: r += s; n -= v
    return r
print([roman(n) for n in (1, 4, 9, 14, 40, 90, 400, 1994, 2024)])
print([s for s in ("level", "Abba", "abc", "") if s.lower() == "".join(reversed(s.lower()))])
groups = {}
for w in "eat tea tan ate nat bat".split(): groups.setdefault("".join(sorted(w)), []).append(w)
print(sorted(groups.values()))
print("\n".join(",".join("%s=%r" % kv for kv in sorted(r.items())) for r in ({"a": 1, "b": "x"}, {"c": None})))
def parse_csv(t):
    rows = [l.split(",") for l in t.strip().split("\n")]
    return [dict(zip(rows[0], [int(v) if v.lstrip("-").isdigit() else v for v in r])) for r in rows[1:]]
data = parse_csv("name,age,city\nann,31,oslo\nbob,-4,rome\n")
print([sorted(r.items()) for r in data], sum(r["age"] for r in data))
print(" ".join(w[0].upper() + w[1:] for w in "the quick brown".split()), "a-b_c d".replace("-", "_").split("_"), "x".join(["1"]), "%s" * 3 % ("a", "b", "c"))
def luhn(s): return sum(sum(divmod(int(c) * (1 + i % 2), 10)) for i, c in enumerate(reversed(s))) % 10 == 0
print(luhn("79927398713"), luhn("79927398710"), "{:08b}".format(0x5a), int("1011", 2), "%x" % 255, hex(-255), bin(10), oct(64))
