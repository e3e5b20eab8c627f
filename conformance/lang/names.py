# Identifiers: underscores, case, long names, unicode, keywords as attributes, name mangling.
_ = 1
__ = 2
_a1, A1, a_1 = 3, 4, 5
this_is_a_rather_long_identifier_with_many_words_in_it_to_exceed_any_small_buffer_limit = 6
naïve, ß, 变量 = 7, 8, 9
print(_, __, _a1, A1, a_1, this_is_a_rather_long_identifier_with_many_words_in_it_to_exceed_any_small_buffer_limit, naïve, ß, 变量)
class C:
    __private = "no mangling"
    _protected = 1
    def __method(self):
        return self.__private
    def call(self):
        return self.__method()
c = C()
print(c.call(), c._protected, hasattr(c, "__private"), hasattr(c, "_C__private"))
match = case = type_ = print_ = 10
print(match, case, type_)
class Kw:
    pass
k = Kw()
setattr(k, "class", 1)
setattr(k, "with space", 2)
setattr(k, "", 3)
print(getattr(k, "class"), getattr(k, "with space"), getattr(k, ""))
globals()["odd name"] = 5
print(globals()["odd name"], eval("match + case"))
list_ = list
list = "shadowed"
print(list, list_("ab"))
del list
print(list("cd"))
self = "just a name"
print(self)
def f(self, cls, args, kwargs):
    return self, cls, args, kwargs
print(f(1, 2, 3, 4), f(self=1, cls=2, args=3, kwargs=4))
for kw in ("and", "as", "assert", "break", "class", "def", "if", "in", "is", "lambda", "not", "None", "pass", "async", "await", "match", "case", "self", "nonlocal", "yield"):
    try:
        exec(kw + "_x = 1")
        exec(kw + " = 1")
        print(kw, "usable", end="; ")
    except SyntaxError:
        print(kw, "reserved", end="; ")
print()
