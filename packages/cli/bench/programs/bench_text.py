"""Functions on text."""


def words(text):
    found = []
    word = ""
    for c in text:
        if c.isspace():
            if word:
                found.append(word)
            word = ""
        else:
            word += c
    if word:
        found.append(word)
    return found


def wrap(text, width=40, *, indent="    "):
    lines = []
    line = indent
    for word in words(text):
        if len(line) + len(word) > width and line != indent:
            lines.append(line)
            line = indent
        line += word + " "
    if line != indent:
        lines.append(line)
    return "\n".join(lines)


def table(rows, sep=" | "):
    for row in rows:
        yield sep.join("%8s" % cell if isinstance(cell, str) else "%8d" % cell for cell in row)
