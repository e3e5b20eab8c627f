# exp: 1.29 leaves non-ASCII characters unescaped in repr(), 1.27 escapes them
# String literal forms: quotes, prefixes, adjacency, raw, bytes, multi-line.
print('single', "double", '''triple 'single' ''', """triple "double" """, r'raw\n', r"raw\t", b'bytes', b"BYTES", rb'raw\x', br"raw\d", u'unicode')
print("a" 'b' """c""" '''d''' r"\e", b"x" b'y', "line1\
line2", ("par"
"ens"), """multi
line""", 'tab\tnew\\n', "\x41\u0042\103", len("\
"), '"', "'", "\"", '\'', "''", '""', """""", '''a''b''')
print("a" "b".upper(), "%s" "%s" % (1, 2), ["a" "b", "c"], {"k" "1": "v"})
print(len("""
"""), repr("""
"""), repr('\
'), repr("a\
  b"), repr(r"\
"), repr("\\"), repr(r"\\"))
for src in ("R'x'", "B'x'", "Rb'x'", "bR'x'", "u'x'", "U'x'", "'a' b'b'", "b'a' 'b'", "'a' 5", "rr'x'", "bu'x'", "ub'x'", "ur'x'", "f'x' b'y'", "b'\\u0041'", "'\\x4'", "'\\u004'", "'\\400'", "b'\\400'", "'\\8'", "'\\z'", "'abc\ndef'", "r'\\'", "'''a''", "b'\xe9'", "'a''b'", "x'41'", "'\\U00110000'", "'\\ud800'", "'\\N{DIGIT ONE}'"):
    try:
        print(src.replace("\n", "~") if "\xe9" not in src else "non-ascii bytes", repr(eval(src)))
    except Exception as e:
        print(src.replace("\n", "~") if "\xe9" not in src else "non-ascii bytes", type(e).__name__, e)
