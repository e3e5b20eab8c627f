"""Statistics of a text: dicts, sets, sorting with keys, and formatting."""

TEXT = """The board woke up at noon and counted to ten,
The timer ticked once and the board slept again,
A sensor said ten and a sensor said two,
The board saw the no on a pin and the radio saw it too,
And a late-night interrupt woke the sensor at noon."""

COMMON = {"the", "a", "and", "at", "it", "on", "to", "up"}


def words_of(text):
    word = ""
    for c in text.lower() + " ":
        if c.isalpha() or (c == "-" and word):
            word += c
        elif word:
            yield word.strip("-")
            word = ""


def count(items):
    counts = {}
    for item in items:
        counts[item] = counts.get(item, 0) + 1
    return counts


def top(counts, n):
    """The n commonest, ties in alphabetical order."""
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:n]


def bar(value, most, width=30):
    return "#" * (value * width // most)


def median(values):
    values = sorted(values)
    middle = len(values) // 2
    return values[middle] if len(values) % 2 else (values[middle - 1] + values[middle]) / 2


words = list(words_of(TEXT))
counts = count(words)
lengths = [len(w) for w in words]
print("{} lines, {} words, {} different, {} characters".format(TEXT.count("\n") + 1, len(words), len(counts), len(TEXT)))
print("word length: shortest {}, longest {}, mean {:.2f}, median {}".format(min(lengths), max(lengths), sum(lengths) / len(lengths), median(lengths)))

print("\ncommonest words")
for word, n in top(counts, 6):
    print("  {:<12}{:>3}  {:6.2%}  {}".format(word, n, n / len(words), bar(n, counts["the"])))

letters = count(c for c in TEXT.lower() if c.isalpha())
print("\nletters")
for letter, n in top(letters, 8):
    print("  {} {:>3}  {}".format(letter, n, bar(n, max(letters.values()))))
print("  missing:", "".join(sorted(set("abcdefghijklmnopqrstuvwxyz") - set(letters))))

by_length = {}
for word in set(words):
    by_length.setdefault(len(word), set()).add(word)
print("\nwords by length")
for length in sorted(by_length):
    print("  {:>2}: {}".format(length, " ".join(sorted(by_length[length]))))

pairs = count(zip(words, words[1:]))
print("\npairs that repeat:", ", ".join("%s %s (%d)" % (a, b, n) for (a, b), n in top(pairs, 9) if n > 1))

lines = [set(words_of(line)) - COMMON for line in TEXT.split("\n")]
earlier, repeated = set(), set()
for line in lines[:-1]:
    repeated |= earlier & line
    earlier |= line
print("words on more than one line:", sorted(repeated | earlier & lines[-1]))
print("only on the last line:", sorted(lines[-1] - earlier))

backwards = {w: "".join(reversed(w)) for w in counts}
print("also words when reversed:", sorted(w for w in backwards if backwards[w] in counts and len(w) > 1))
print("acronym:", "".join(line.split()[0][0] for line in TEXT.split("\n")))
print("title case:", " ".join(w[0].upper() + w[1:] for w in words[:6]))
