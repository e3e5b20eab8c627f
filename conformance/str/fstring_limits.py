# exp: 1.29 has nested f-strings and a message for an empty field, 1.27 had neither
# What f-string fields accept and reject: nesting, colons, prefixes, implicit concatenation.
x, y = 3, 4
for src in ("f\"{'nested ' + f'{x}'}\"", 'f"{(lambda v: v * 2)(x)}"', 'f"{ x = }"', 'f"{x =!r:>5}|"', 'f"{x,}"', 'f"{(w:=5)}"', 'f"{x:=5}|"',
            'f"{"a"}"', 'f"{x!r }"', 'f"{x:}"', 'F"{x}"', 'f"{*[1], 2}"', '"a{b}" f"{x}"', 'f"{x}" "{z}"', 'f"{x}" "{{z}}"', 'f"a{x!r}" "b" f"{y}"',
            'f"{x:{y}}|"', 'f"{x:{y}d}{x:>{y}}|"', 'f"{ {1: 2}[1] }"', 'f"{[1, 2][0]}"', 'f"{x if y else 0:>4}|"', 'f"{x}}"', 'f"{{x}"', 'f"{x:{{}}}"',
            'f"{x #c}"', 'f"{}"', 'f"{ }"', 'f"{x!}"', 'rf"\\d{x}"', 'fr"\\d{x}"', 'bf"{x}"', 'f"{\'\\n\'}"', 'f"{yield}"', 'f"{x x}"', 'f"{nope}"', 'f"{x.nope}"', 'f"{1/0}"'):
    try:
        print(src, "->", repr(eval(src)))
    except Exception as e:
        print(src, "->", type(e).__name__, e)
