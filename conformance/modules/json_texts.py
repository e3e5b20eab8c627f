# json: texts that are and are not JSON, values that are and are not for it.
import json, io
def t(f):
    try: print(repr(f()))
    except Exception as e: print(type(e).__name__, e)
for s in ('null', 'true', 'false', '1', '-1', '1.5', '1e3', '-1E-2', '"a"', '"\\n\\t\\"\\\\\\/\\b\\f\\r\\u0041\\u0065"', '[]', '[1,2,[3]]', '{}', '{"a":1,"b":[true,null]}', ' [ 1 , 2 ] ', '[1,]', '[,1]', '{"a"}', '{"a":}', '{a:1}', "{'a':1}", 'nul', 'tru', '"abc', '[1', '{"a":1', '1 2', '[] x', '', ' ', '01', '+1', '.5', '1.', '--1', '1e', 'Infinity', 'NaN', '"\\x"', '"\\u12"', '[1 2]', '{"a":1 "b":2}', '{1:2}', '12345678901234567890', '""', '[[[[[[1]]]]]]', '{"a":{"b":{"c":{}}}}', '\t\n[1]\r\n', '"a\nb"', '{"a":1,"a":2}'):
    t(lambda: json.loads(s))
for o in (None, True, False, 0, -5, 1.5, 1e100, 1 << 70, "a\"b\\c\n\t\x01", "", [], [1, [2, (3, 4)]], {}, {"a": 1}, {1: 2}, {None: 1}, {True: 1}, {1.5: 2}, (1,), b"ab", bytearray(b"x"), range(3), {1, 2}, 1j, object, float("inf"), float("nan"), [None, True], {"k": {"z": [1, {}]}}, {(1, 2): 3}):
    t(lambda: json.dumps(o))
t(lambda: json.dumps({"a": 1, "b": [1, 2]}, separators=(",", ":")))
t(lambda: json.dumps({"a": 1, "b": [1, 2]}, separators=("; ", "= ")))
t(lambda: json.dumps({"a": 1}, separators=5))
t(lambda: json.dumps({"a": 1}, separators=(",",)))
t(lambda: json.dumps({"a": 1}, indent=2))
t(lambda: json.dumps())
t(lambda: json.loads(5))
t(lambda: json.loads(None))
t(lambda: json.loads(b'{"a": [1, 2.5, "x"]}'))
t(lambda: json.loads(bytearray(b'[1]')))
s = io.StringIO(); json.dump({"a": [1, 2, {"b": None}]}, s); print(s.getvalue())
t(lambda: json.load(io.StringIO('{"a": [1, 2, 3]}  tail')))
t(lambda: json.load(io.BytesIO(b'[1]')))
class R:
    def __repr__(self): return "<R>"
t(lambda: json.dumps(R()))
t(lambda: json.dumps([R(), "x"]))
print(json.loads(json.dumps({"x": [1, 2.25, "s", None, True, {"y": -1}]})))
