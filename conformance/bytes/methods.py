# exp: 1.29 lets bytes.find and count take the value of one byte
# The shared string methods on bytes and bytearray.
for b in (b" a,b,c ", bytearray(b" a,b,c ")):
    print(b.strip(), b.lstrip(), b.rstrip(), b.split(b","), b.rsplit(b",", 1), b.replace(b",", b";"), b.find(b"b"), b.rfind(b","), b.index(b"a"), b.count(b","))
    print(b.upper(), b.lower(), b.startswith(b" a"), b.endswith(b"c "), b.partition(b","), b.rpartition(b","), b.join([b"1", b"2"]), b.isalpha(), b.strip().isdigit(), b.center(11), b.decode())
print(b"".join([]), b",".join((b"a", bytearray(b"b"))), b"12".isdigit(), b"AB".isupper(), b"ab".islower(), b" ".isspace(), b"a b c".split(), b"x".splitlines())
for f in (lambda: b"a".split(","), lambda: b"a".find("a"), lambda: b"a".replace("a", "b"), lambda: b"a".startswith("a"), lambda: b",".join(["a"]), lambda: b",".join([1]), lambda: b"abc".index(b"x"), lambda: b"a".encode(), lambda: b"a".strip("a"), lambda: b"a".find(97), lambda: b"a".count(97)):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
