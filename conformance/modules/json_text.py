# json: dumps of every type, loads, round trips, errors.
import json
for v in (None, True, False, 0, -5, 2**40, 1.5, "", "text", "quote\"s \\ \n\t\x01", [], [1, [2]], (), (1,), {}, {"a": 1}, {"k": {"n": [None]}}):
    s = json.dumps(v)
    print(s, json.loads(s))
for s in ("null", "true", " false ", "12", "-3", "1.5", "1e3", "-2.5E-1", '"a\\u0041\\n\\"\\/"', "[]", "[1,2 , 3]", "{}", '{"a": {"b": [1, null]}}', '  [ ] ', '{"a":1,"a":2}', "[[[[]]]]"):
    print(s, json.loads(s))
print(json.loads(b"[1]"), json.dumps([1, {"k": 2}], separators=(",", ":")), json.dumps({1: 2}), json.dumps({None: 1}), json.loads("1 "))
for s in ("", "[", "]", "{", "[1", '{"a"}', '{"a":', "nul", '"abc', "[1,]", "1 2", "{1:2}", "'a'", "tru", "+1", "[,]", "abc", "[1 2]"):
    try:
        print(repr(s), json.loads(s))
    except Exception as e:
        print(repr(s), type(e).__name__, e)
for v in (1j, object, {1}, b"b", lambda: 0, float("inf")):
    try:
        r = json.dumps(v)
        print(type(v).__name__, r if r[0] != "<" else "repr text")
    except Exception as e:
        print(type(v).__name__, type(e).__name__, e)
import io
f = io.StringIO()
json.dump({"x": [1, 2]}, f)
print(f.getvalue(), json.load(io.StringIO("[3, 4]")))
try:
    json.loads(5)
except TypeError as e:
    print(type(e).__name__, e)
