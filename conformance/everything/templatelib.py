# exp: the module exists at the highest feature level only, which the WebAssembly build has not
# string.templatelib: making templates and interpolations, what they have, errors.
from string.templatelib import Interpolation, Template
import string


def attempt(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)


print(string.templatelib.Template is Template, type(t'') is Template)
i = Interpolation(5, 'five', 'r', '>4')
print(i, i.value, i.expression, i.conversion, i.format_spec)
print(Interpolation(1), Interpolation(1, 'x'), Interpolation(value=2, format_spec='d'))
print(Template())
print(Template('a'))
print(Template('a', 'b', 'c'))
print(Template(i))
print(Template('a', i, 'b', 'c', i, i, 'd'))
print(Template('a', i).values, list(Template(i, i, 'z')))
print(Template('a', i) + Template('b'), Template() + Template())
print(isinstance(Template(), Template), isinstance(i, Interpolation))
attempt(lambda: Template(5))
attempt(lambda: Template('a', None))
attempt(lambda: Template(a=1))
attempt(lambda: Interpolation())
attempt(lambda: Interpolation(1, 2, 3, 4, 5))
attempt(lambda: Interpolation(1, nope=2))
attempt(lambda: Template() + 'text')
attempt(lambda: 'text' + Template())
attempt(lambda: Template() * 2)
attempt(lambda: Template() == Template())
attempt(lambda: Template().nope)
attempt(lambda: i.nope)
attempt(lambda: setattr(i, 'value', 1))
attempt(lambda: Template()[0])
attempt(lambda: len(Template()))
attempt(lambda: iter(i))
attempt(lambda: __template__())
attempt(lambda: __template__(('a', 'b'), 1, 'x', None, ''))
attempt(lambda: __template__(('a', 'b'), (1, 'x', None, '')))
attempt(lambda: __template__(('a',), 5))
