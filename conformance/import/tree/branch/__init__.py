print("loading branch", __name__)
from ..leaf import name as leaf_name
name = "branch beside " + leaf_name
