# Attribute and item lookups inside replacement fields.
class P:
    x = 7
    items = {"k": [10, 20]}
p = P()
for fmt in ("{0.x}", "{p.x}", "{0[0]}", "{d[key]}", "{0.items}", "{p.x:>4}", "{p.y}"):
    try:
        print(fmt, fmt.format(p, p=p, d={"key": "v"}))
    except Exception as e:
        print(fmt, type(e).__name__, e)
