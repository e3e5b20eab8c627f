# if/elif/else, while, for, break, continue, else clauses, pass.
def classify(n):
    if n < 0:
        return "neg"
    elif n == 0:
        return "zero"
    elif n < 10:
        if n % 2:
            return "small odd"
        else:
            return "small even"
    else:
        return "big"
print([classify(n) for n in (-5, 0, 3, 4, 99)])
n = 0
while n < 5:
    n += 1
    if n == 2:
        continue
    if n == 4:
        break
    print(n, end=" ")
else:
    print("no else after break")
print(n)
while n > 0:
    n -= 1
else:
    print("while else", n)
for i in range(3):
    if i == 5:
        break
else:
    print("for else", i)
for i in []:
    pass
else:
    print("empty for else")
for i in range(3):
    for j in range(3):
        if j == 1:
            continue
        if i == 1:
            break
        print((i, j), end=" ")
    else:
        print("inner else", i)
        continue
    print("inner broke", i)
else:
    print("outer else")
while True:
    while True:
        break
    else:
        print("never")
    break
while False:
    print("never")
else:
    print("false else")
if 0:
    print("never")
if 1: print("one line"); print("two statements")
for c in "ab": print(c, end="")
print()
def early():
    for i in range(10):
        while True:
            if i == 3:
                return i
            break
print(early())
i = 10
for i in range(2): pass
print(i)
x = 5
if x: pass
elif x: print("never")
else: print("never")
if not x:
    pass
elif None or 0:
    pass
else:
    print("last else")
