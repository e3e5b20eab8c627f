# join over lists, tuples, strings, generators, dict keys.
print(",".join([]), ",".join(["a"]), ",".join(["a", "b", "c"]), "".join(("x", "y")), "--".join("abc"))
print(", ".join(str(i) for i in range(5)), "".join(c.upper() for c in "abc"), "|".join(map(str, (1, 2.5, None))))
print("/".join({"only": 1}), "é".join(["a", "b"]), "".join([]), repr("".join([""])))
print("ab".join(["1", "", "2"]), "".join(reversed("abc")), "\n".join(["l1", "l2"]).split("\n"))
print(len("," .join(["x" * 100] * 50)))
for bad in (5, None, [1], ["a", 1], ["a", b"b"], [b"a"], ["a", None]):
    try:
        print(",".join(bad))
    except TypeError as e:
        print(bad, type(e).__name__, e)
try:
    ",".join()
except TypeError as e:
    print(type(e).__name__, e)
