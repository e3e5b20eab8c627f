# strings as keys: names that are known, texts that are made, and other keys in their way
words = "the cat and the dog and the bird that the cat saw from afar while nobody else was looking".split(" ")
counts = {}
for w in words * 3:
    counts[w] = counts.get(w, 0) + 1
print(sorted(counts.items()))

made = ["".join([c, "x"]) for c in "abcabc"]
d = {}
for i, k in enumerate(made):
    d[k] = i
print(d)
print("ax" in d, "dx" in d, d.get("b" + "x"), d.get("zz"))
del d["a" + "x"]
print("ax" in d, d.get("cx"))
d["ax"] = 7
print(d["".join(["a", "x"])], len(d))


class Key:
    def __init__(self, text):
        self.text = text

    def __hash__(self):
        return hash(self.text)

    def __eq__(self, other):
        return other == self.text


d = {Key("one"): 1, 2: "two", 2.5: "float", None: "none", (1, 2): "tuple", True: "true"}
print(d.get("".join(["t", "w", "o"])), d["".join(["o", "n", "e"])])
d["".join(["n", "e", "w"])] = 3
print(d["new"], len(d))

# many of them, some of which go
d = {}
for i in range(200):
    d["key number %d" % i] = i
for i in range(0, 200, 3):
    del d["key number %d" % i]
print(len(d), sum(d.values()), [d.get("key number %d" % i) for i in range(10)])
for i in range(200):
    d["key number %d" % i] = -i
print(len(d), sum(d.values()), d.pop("key number 3"), d.setdefault("key number 3", "again"))
print({k: v for k, v in d.items() if v == "again"})
