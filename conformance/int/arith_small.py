# Small-int + - * // % and unary minus, around the 31-bit limit where results become big.
LIM = 1 << 30  # a 32-bit port's small ints are -LIM .. LIM - 1
edges = [0, 1, -1, 2, -3, 7, LIM - 1, -LIM, LIM, -LIM - 1]
for a in edges:
    row = []
    for b in edges:
        row.append((a + b, a - b, a * b))
    print(a, row)
for a in edges:
    print(-a, +a, ~a, abs(a))
# Results that come back from big to small must behave as small again.
x = LIM
x -= 1
print(x, x == LIM - 1, x is LIM - 1, hash(x) == hash(LIM - 1))
y = -LIM - 1
y += 1
print(y, y == -LIM, {y: "k"}[-LIM])
print(LIM * LIM // LIM == LIM, (LIM * LIM) % LIM)
