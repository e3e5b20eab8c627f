# exp: t-strings exist at the highest feature level only, which the WebAssembly build has not
# Template strings: parts, interpolations, conversions, format specs, nesting, raw ones, concatenation.
name = 'Ada'
n = 42


def show(t):
    print(t.strings, t.values, [(i.expression, i.conversion, i.format_spec) for i in t.interpolations])


show(t'')
show(t'plain')
show(t'{name}')
show(t'a{name}b{n}c')
show(t'{name!r}{name!s:>10}{n:05d}')
show(t'{n + 1}|{[x * 2 for x in range(3)]}|{ {"k": n}["k"] }')
show(t'{{literal}} {n} }}{{')
show(t'{n=}')
show(rt'\n{n}\t')
show(tr"\d{name}")
show(t'\x41\u00e9\n{n}')
show(t'''multi
{name}
line''')
width = 7
show(t'{n:{width}}')
show(t'{t"inner {n}"}')
print(t'{name}')
print(repr(t'{n:>3}'))
print(t'x{name}' + t'y{n}z')
print(list(t'{n}{name} end'))
print(list(t'start{n}'))
print(list(t''))
print(type(t'a'))
print(bool(t''), t'a'.strings)


def render(t):
    out = []
    for part in t:
        if isinstance(part, str):
            out.append(part)
        else:
            v = part.value
            v = repr(v) if part.conversion == 'r' else str(v) if part.conversion == 's' else v
            out.append(('{:' + part.format_spec + '}').format(v))
    return ''.join(out)


print(render(t'{name!r:>8}|{n:x}|{3.5:.2f}'))
