/**
 * The ROM functions of this package that are written in Python, by name: each is one `def`. `pyFun` declares them where they belong;
 * their text is here, so that a page with a built image does not load it.
 */
export const PYTHON: Readonly<Record<string, string>> = {
  // ---- helpers.ts
  _contains: `def _contains(it, x):
    for i in it:
        if i == x:
            return True
    return False
`,
  _to_list: `def _to_list(it):
    r = []
    for x in it:
        r.append(x)
    return r
`,
  _to_dict: `def _to_dict(m):
    d = {}
    for k in m.keys():
        d[k] = m[k]
    return d
`,
  _take: `def _take(it, n):
    it = iter(it)
    r = []
    while n:
        try:
            r.append(next(it))
        except StopIteration:
            break
        n -= 1
    return r
`,
  _set_names: `def _set_names(cls, t, n):
    i = 0
    while i < n:
        t[2 * i].__set_name__(cls, t[2 * i + 1])
        i += 1
    return cls
`,

  // ---- import.ts
  __import__: `def __import__(name, glb, lcl, fromlist, level):
    if level:
        name = _imp_relative(name, _imp_globals(glb), level)
    if not name:
        raise ValueError
    if '.' in name:
        return _imp_dotted(name, fromlist)
    return _imp_level(name, name, None, fromlist is False)
`,
  _imp_dotted: `def _imp_dotted(name, fromlist):
    m = top = None
    i = -1
    while i < len(name):
        i = name.find('.', i + 1)
        if i < 0:
            i = len(name)
        m = _imp_part(name, i, m, fromlist is False)
        if top is None:
            top = m
    return top if fromlist is None else m
`,
  _imp_part: `def _imp_part(name, i, outer, main):
    main = main and i == len(name)
    name = _imp_name(name, 0, i)
    return _imp_level(name, _imp_name(name, name.rfind('.') + 1, i), outer, main)
`,
  _imp_level: `def _imp_level(full, name, outer, main):
    p = _imp_ready(full, name, outer)
    if p is not None:
        return p
    p = _imp_quick(full, name, outer, main)
    if p is None:
        p = _imp_search(name, outer)
        if p:
            _imp_new(full, main)
    if not p:
        return _imp_missing(full, name, outer)
    if p is not True:
        _imp_load(full, p)
    main = _imp_module(full)
    if outer is not None:
        setattr(outer, name, main)
    return main
`,
  _imp_search: `def _imp_search(name, outer):
    if outer is None:
        for p in _imp_path():
            p = _imp_find(p + '/' + name if p else name)
            if p:
                return p
        return
    p = getattr(outer, '__path__', None)
    if p is not None:
        return _imp_find(p + '/' + name)
`,
  _imp_load: `def _imp_load(full, p):
    try:
        if p[-1] == '/':
            p = _imp_init(full, p)
        if p:
            _imp_read(p)
            _imp_exec(_imp_module(full), p)
    except:
        _imp_forget(full)
        raise
`,
  _imp_init: `def _imp_init(full, p):
    _imp_module(full).__path__ = p[:-1]
    return _imp_file(p + '__init__.py')
`,
  _imp_sub: `def _imp_sub(full, name, outer):
    if not hasattr(outer, '__path__'):
        raise ImportError("can't import name " + name)
    return _imp_level(full, name, outer, False)
`,
  _imp_find: `def _imp_find(p):
    if _imp_stat(p) == 1:
        return p + '/'
    return _imp_file(p + '.py')
`,
  _imp_file: `def _imp_file(p):
    if _imp_stat(p) == 2:
        return p
    p = p[:-2] + 'mpy'
    if _imp_stat(p) == 2:
        return p
`,
  _imp_python_stat: `def _imp_python_stat(fs, p):
    try:
        t = fs.stat(p)
    except:
        return 0
    return 1 if t[0] & 0x4000 else 2
`,
  _imp_python_read: `def _imp_python_read(fs, p, key):
    try:
        _imp_pieces(fs.open(p, 'rb'), key)
    except:
        _imp_drop(key)
        raise
`,
  // as upstream's reader does: a piece shorter than asked for is the last
  _imp_pieces: `def _imp_pieces(f, key):
    if not hasattr(f, 'ioctl'):
        if not hasattr(f, 'read'):
            raise OSError('stream operation not supported')
        _imp_begin(key, 32)
        _imp_add(key, f.read(), 0x3fffffff)
        f.close()
        return
    size = f.ioctl(11, 0)
    size = min(max(size, 9), 255) if size > 0 else 25
    _imp_begin(key, 7 + size)
    b = bytearray(size)
    while _imp_add(key, b, f.readinto(b)) == size:
        pass
    f.ioctl(4, 0)
`,

  // ---- stream.ts
  _readlines: `def _readlines(s):
    r = []
    while True:
        l = s.readline()
        if not l:
            return r
        r.append(l)
`,

  // ---- mod/builtins.ts
  all: `def all(it):
    for x in it:
        if not x:
            return False
    return True
`,
  any: `def any(it):
    for x in it:
        if x:
            return True
    return False
`,
  sum: `def sum(it, v):
    for x in it:
        v = v + x
    return v
`,
  _best: `def _best(it, key, most, default):
    first = True
    best = best_key = None
    for x in it:
        k = x if key is Ellipsis else key(x)
        if first or (k > best_key if most else k < best_key):
            best_key = k
            best = x
            first = False
    if not first:
        return best
    if default is Ellipsis:
        raise ValueError('arg is an empty sequence')
    return default
`,
  _input: `def _input(prompt):
    print(prompt, end='')
    s = _stdin.readline()
    if not s:
        raise EOFError
    return s[:-1] if s[-1] == '\\n' else s
`,

  // ---- mod/random.ts
  _choice: `def _choice(seq, randrange):
    n = len(seq)
    if n <= 0:
        raise IndexError
    return seq[randrange(n)]
`,

  // ---- obj/array.ts
  _array_extend: `def _array_extend(a, it, r):
    for x in it:
        a.append(x)
    return r
`,

  // ---- obj/code.ts
  _execfile: `def _execfile(f, g, l):
    _imp_read(f)
    exec(_imp_compile(f), g, l)
`,

  // ---- obj/dict.ts
  _dict_update: `def _dict_update(d, it, kw, r):
    for p in it:
        p = iter(p)
        k = next(p, p)
        v = next(p, p)
        if k is p or v is p or next(p, p) is not p:
            raise ValueError("dict update sequence has wrong length")
        d[k] = v
    if kw is not None:
        d.update(kw)
    return r
`,
  _fromkeys: `def _fromkeys(d, it, v):
    for k in it:
        d[k] = v
    return d
`,

  // ---- obj/enumerate.ts
  _enumerate_next: `def _enumerate_next(it, i):
    x = next(it, _end)
    return _end() if x is _end else (i, x)
`,

  // ---- obj/getitem-iter.ts
  _getitem_next: `def _getitem_next(f, i):
    try:
        return f(i)
    except (IndexError, StopIteration) as e:
        if type(e) is not IndexError and type(e) is not StopIteration:
            raise
    return _end()
`,
  _getitem_next_self: `def _getitem_next_self(f, s, i):
    try:
        return f(s, i)
    except (IndexError, StopIteration) as e:
        if type(e) is not IndexError and type(e) is not StopIteration:
            raise
    return _end()
`,

  // ---- obj/map-filter.ts
  _map1: `def _map1(f, a, block):
    x = next(a, _end)
    return _end(block) if x is _end else f(x)
`,
  _map_all: `def _map_all(f, its, block):
    l = []
    for i in its:
        x = next(i, _end)
        if x is _end:
            return _end(block)
        l.append(x)
    return f(*l)
`,
  _apply: `def _apply(f, args):
    return f(*args)
`,
  _filter_next: `def _filter_next(f, it):
    while True:
        x = next(it, _end)
        if x is _end:
            return _end()
        if x if f is None else f(x):
            return x
`,

  // ---- obj/seq.ts
  _extend: `def _extend(l, it, r):
    for x in it:
        l.append(x)
    return r
`,

  // ---- obj/set.ts
  _set_each: `def _set_each(s, it, how, r):
    for x in it:
        _set_lookup(s, x, how)
    return r
`,
  _set_each_of: `def _set_each_of(s, its, how, r):
    for it in its:
        if it is s and how == 2:
            s.clear()
        else:
            for x in it:
                _set_lookup(s, x, how)
    return r
`,
  _set_both: `def _set_both(s, it, out):
    for x in it:
        if x in s:
            out.add(x)
    return out
`,
  _set_method: `def _set_method(s, name, it):
    t = set(it)
    r = getattr(s, name)(t)
    t.clear()
    return r
`,
  _isdisjoint: `def _isdisjoint(s, it):
    for x in it:
        if x in s:
            return False
    return True
`,

  // ---- obj/sort.ts
  _quicksort: `def _quicksort(l, head, tail, key, res):
    while tail - head > 1:
        h = head
        t = tail
        v = l[tail]
        if key is not None:
            v = key(v)
        while True:
            h += 1
            while h < t and ((l[h] if key is None else key(l[h])) < v) is res:
                h += 1
            t -= 1
            while h < t and (v < (l[t] if key is None else key(l[t]))) is res:
                t -= 1
            if h >= t:
                break
            x = l[h]
            l[h] = l[t]
            l[t] = x
        x = l[h]
        l[h] = l[tail]
        l[tail] = x
        if t - head < tail - h:
            _quicksort(l, head, t, key, res)
            head = h
        else:
            _quicksort(l, h, tail, key, res)
            tail = t
`,
  _sorted: `def _sorted(it, key, reverse):
    l = list(it)
    l.sort(key=key, reverse=reverse)
    return l
`,

  // ---- obj/str-codec.ts
  _bytes_of: `def _bytes_of(it, b):
    for x in it:
        _bytes_add(b, x)
    return _bytes_end(b)
`,

  // ---- obj/str-split.ts
  _join: `def _join(sep, it):
    return sep.join(list(it))
`,

  // ---- obj/tuple.ts
  _to_tuple: `def _to_tuple(it):
    l = []
    for x in it:
        l.append(x)
    return _tuple_from(l)
`,

  // ---- obj/zip.ts
  _zip2: `def _zip2(a, b):
    x = next(a, _end)
    if x is not _end:
        y = next(b, _end)
        if y is not _end:
            return (x, y)
    return _end()
`,
  _zip_all: `def _zip_all(its):
    l = []
    for i in its:
        x = next(i, _end)
        if x is _end:
            return _end()
        l.append(x)
    return _tuple_from(l)
`,
  // ---- mod/json.ts
  _json_load: `def _json_load(s, loads):
    data = bytearray()
    b = bytearray(1)
    while True:
        n = s.readinto(b)
        if n is None:
            raise OSError(11)
        if n < 0:
            raise OSError(-n)
        if n > 1:
            raise OSError(5)
        if not n:
            return loads(data)
        data += b
`,
};
