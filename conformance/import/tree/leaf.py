print("loading leaf", __name__)
name = "a leaf"
__all__ = ["leaf_a", "leaf_b"]
leaf_a, leaf_b, hidden_too = 1, 2, 3
_hidden = 4
