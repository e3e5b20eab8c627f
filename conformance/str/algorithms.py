# Text algorithms: caesar, run lengths, palindromes, roman numerals, edit distance, word wrap.
def caesar(text, k):
    out = []
    for c in text:
        if c.isalpha():
            base = ord("A") if c.isupper() else ord("a")
            c = chr((ord(c) - base + k) % 26 + base)
        out.append(c)
    return "".join(out)
print(caesar("Hello, World!", 3), caesar(caesar("Hello, World!", 3), -3))
def rle(s):
    out, i = "", 0
    while i < len(s):
        j = i
        while j < len(s) and s[j] == s[i]:
            j += 1
        out += s[i] + (str(j - i) if j - i > 1 else "")
        i = j
    return out
print(rle("aaabccdddd"), rle(""), rle("x"))
clean = "".join(c for c in "A man, a plan, a canal: Panama".lower() if c.isalpha())
print(clean == "".join(reversed(clean)))
def roman(n):
    out = ""
    for v, r in ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")):
        while n >= v:
            out, n = out + r, n - v
    return out
print([roman(n) for n in (1, 4, 9, 14, 40, 90, 400, 1994, 2026)])
def distance(a, b):
    row = list(range(len(b) + 1))
    for i, ca in enumerate(a):
        prev, row[0] = row[0], i + 1
        for j, cb in enumerate(b):
            prev, row[j + 1] = row[j + 1], min(row[j] + 1, row[j + 1] + 1, prev + (ca != cb))
    return row[-1]
print(distance("kitten", "sitting"), distance("", "abc"), distance("flaw", "lawn"))
def wrap(text, width):
    line = ""
    for word in text.split():
        if line and len(line) + 1 + len(word) > width:
            yield line
            line = word
        else:
            line = (line + " " + word).strip()
    yield line
for line in wrap("the quick brown fox jumps over the lazy dog and runs away", 16):
    print("|%-16s|" % line)
