def main(n):
    x = 0.0
    for i in range(n):
        x = x * 0.5 + i * 0.25
    return x
print(main(2000000))
