# Helper for module_getattr.py.
present = "here"
def __getattr__(name):
    if name.startswith("no"):
        raise AttributeError(name)
    return "made " + name
