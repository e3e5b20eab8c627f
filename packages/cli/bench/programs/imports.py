# Importing: the search, reading, compiling and running of modules, again and again; and `import` of what is there.
import sys


def again(turns):
    n = 0
    for i in range(turns):
        for name in ("bench_shapes", "bench_table", "bench_text"):
            sys.modules.pop(name, None)
        import bench_shapes, bench_table
        from bench_text import words

        n += bench_shapes.total(3) + bench_table.SIZE + len(words("a b c"))
    return n


def cached(turns):
    n = 0
    for i in range(turns):
        import bench_shapes
        from bench_table import SIZE

        n += SIZE
    return n


print(again(300))
print(cached(200000))
