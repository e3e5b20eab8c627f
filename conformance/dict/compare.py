# Equality of dicts, and the missing ordering.
print({} == {}, {1: 2} == {1: 2}, {1: 2} == {1: 3}, {1: 2} == {2: 2}, {1: 2, 3: 4} == {3: 4, 1: 2}, {1: 2} != {1: 2}, {1: 2} != {1: 2, 3: 4})
print({1: 2} == {1.0: 2.0}, {1: [1, {2: 3}]} == {1: [1, {2: 3}]}, {} == [], {} == None, {1: 1} == [(1, 1)], {"a": 1} == dict(a=1))
for f in (lambda: {} < {}, lambda: {1: 2} > {}, lambda: {} <= 5, lambda: hash({}), lambda: {{}: 1}, lambda: {1: 2}[0:1]):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
print(bool({}), bool({0: 0}), not {}, len({1: 1, 2: 2}), 1 in {1: None}, {1: None}.get(1) is None)
class E:
    def __eq__(self, o):
        print("eq called")
        return True
print({1: E()} == {1: 5})
