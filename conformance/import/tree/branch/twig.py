print("loading twig", __name__)
from . import name as pkg_name
from .. import public as up
from .bud import name as sibling
from ..leaf import leaf_a
name = "twig of " + pkg_name + str(leaf_a)
