counter = 0
hook = None
def bump():
    global counter
    counter += 1
    return counter
def call_hook():
    return hook(), counter
def builtin_len(x):
    return len(x)
def use_undefined():
    return undefined_name
