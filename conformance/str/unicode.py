# exp: 1.29 leaves non-ASCII characters unescaped in repr(), 1.27 escapes them
# Multi-byte text: lengths, slices, searches, ordering.
s = "naïve café – 日本語 😀!"
print(len(s), len(s.encode()), s[2], s[-1], s[-2], s[13:16], s.find("日"), s.rfind("é"), s.index("😀"))
print(s.split(), s.replace("日本語", "JP"), s.upper()[:5], s.startswith("naï"), s.endswith("😀!"), "café" in s)
print([hex(ord(c)) for c in s if ord(c) > 127], chr(0x65E5) == "日", chr(0x1F600) == "😀", "\u65e5\u672c" == s[13:15])
print(s.count("a"), s.partition("–"), s.strip("n!"), "é" < "日" < "😀", sorted("ñnÑN"))
print("".join(reversed("añb")), [s[i] for i in range(0, len(s), 5)], s[::1] == s, "%5s|%-5s|" % ("é", "é"), "{:>4}|{:^5}|".format("日", "本"))
print({"ключ": 1}["ключ"], "ß".lower(), "É".lower(), "é".isalpha(), "日".isspace(), "٣".isdigit())
имя = "identifier"
print(имя)
try:
    s[100]
except IndexError as e:
    print(type(e).__name__, e)
