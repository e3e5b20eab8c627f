class Point:
    def __init__(self, x, y):
        self.x = x
        self.y = y

    def dot(self, other):
        return self.x * other.x + self.y * other.y


def main(n):
    p = Point(1, 2)
    s = 0
    for i in range(n):
        s = (s + p.dot(Point(i, i + 1))) % 1000003
    return s


print(main(400000))
