def main():
    i = 0
    while i < 1500000:
        i += 1
    return i
print(main())
