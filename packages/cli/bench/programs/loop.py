def main():
    i = 0
    while i < 8000000:
        i += 1
    return i
print(main())
