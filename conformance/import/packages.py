# Packages: __init__, submodules, relative imports, star, nested packages.
import tree
print(tree.name, tree.__name__, hasattr(tree, "leaf"))
import tree.leaf
print(tree.leaf.name, tree.leaf.__name__, hasattr(tree, "leaf"))
import tree.branch.twig as t
print(t.name, t.__name__, t.up, t.sibling, tree.branch.twig is t)
from tree import leaf, branch
from tree.branch import twig
from tree.branch.twig import name, up as upper
print(leaf is tree.leaf, branch.name, twig is t, name, upper)
from tree import *
try:
    print(public, star_only)
except NameError as e:
    print(type(e).__name__, e)
from tree.leaf import *
print(leaf_a, leaf_b, "_hidden" in globals(), "hidden_too" in globals())
for src in ("import tree.nope", "from tree import nope", "from tree.nope import x", "import tree.leaf.deep", "tree.nope", "from tree.branch import toofar"):
    try:
        exec(src)
        print(src, "ok")
    except Exception as e:
        print(src, "|", type(e).__name__, e)
import tree.branch as tb
import sys
print(tb is branch, "tree.branch.twig" in sys.modules, "tree" in sys.modules, sorted(k for k in sys.modules if k.startswith("tree")))
