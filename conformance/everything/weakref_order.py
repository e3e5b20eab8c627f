# exp: weakref exists at the highest feature level only, which the WebAssembly build has not
# Order of weak references' callbacks: finalize before ref, the newest first; one may allocate and collect.
import gc
import weakref


class A:
    pass


def make():
    a = A()
    refs = [weakref.ref(a, lambda r, n=n: print('ref', n, r())) for n in range(3)]
    ends = [weakref.finalize(a, report, n) for n in range(3)]
    print([r() is a for r in refs], [e.alive for e in ends])
    return refs, ends


def report(n):
    gc.collect()
    print('finalize', n, [str(i) for i in range(3)])


refs, ends = make()
clean_the_stack = [0, 0, 0, 0]
print('collecting')
gc.collect()
print([r() for r in refs], [e.alive for e in ends])
