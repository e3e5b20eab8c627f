# exp: t-strings exist at the highest feature level only, which the WebAssembly build has not
# Malformed template strings.
for text in (
    "t'{'", "t'}'", "t'{}'", "t'{ }'", "t'{n!x}'", "t'{n!}'", "t'{n:{'", "t'{n' '}'", "tf'{n}'", "ft'{n}'", "bt'{n}'", "tb'{n}'", "T'{n}'",
    "tt'{n}'", "t'{n!r:>{w}}'", "t'{n=!r}'", "t'{lambda: 1}'", "t'{(lambda: 1)}'", "t'{n:>4}' 'x'", "'x' t'{n}'", "t'a' t'{n}'", "f'{n}' t'{n}'", "t'{n}' f'{n}'",
    "t'{*n}'", "t'{n,}'", "t'{n # c}'", "t'''{\nn}'''", "t'{\"a\"}'", "t'{n!r }'", "t'{ n }'", "t'{n!r'", "t'{n:'", "t'\\{n}'", "t'{\\n}'",
):
    n, w = [1, 2], 5
    try:
        print(repr(text), eval(text))
    except Exception as e:
        print(repr(text), type(e).__name__, e)
