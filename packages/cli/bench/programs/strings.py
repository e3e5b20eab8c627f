def main(n):
    t = 0
    for k in range(n):
        words = []
        for i in range(200):
            words.append('item{}'.format(i))
        text = ','.join(words)
        t += text.count('7') + len(text.split(',')) + text.find('item150')
    return t


print(main(400))
