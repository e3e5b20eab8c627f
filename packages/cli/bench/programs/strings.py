def main(n):
    words = []
    for i in range(n):
        words.append('item{}'.format(i % 100))
    text = ','.join(words)
    return len(text), text.count('7'), len(text.split(','))
print(main(20000))
