print("loading bud", __name__)
name = "bud"
