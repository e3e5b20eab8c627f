# Set-like operators on dict views.
a, b = {1: "x", 2: "y"}, {2: "z", 3: "w"}
for f in (lambda: sorted(a.keys() & b.keys()), lambda: sorted(a.keys() | b.keys()), lambda: sorted(a.keys() - b.keys()), lambda: sorted(a.keys() ^ b.keys()),
          lambda: a.keys() == {1, 2}, lambda: a.items() & b.items(), lambda: sorted(set(a) & set(b)), lambda: a.values() & b.values(), lambda: a.keys() < b.keys()):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
