print("loading tree", __name__)
name = "the tree"
public = "public name"
star_only = 7
_private = "no"
