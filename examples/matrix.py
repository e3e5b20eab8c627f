"""Exact linear algebra: fractions, determinant, inverse and a solved system."""


def gcd(a, b):
    while b:
        a, b = b, a % b
    return a


class Fraction:
    def __init__(self, top, bottom=1):
        if bottom == 0:
            raise ZeroDivisionError("fraction with a zero below")
        if bottom < 0:
            top, bottom = -top, -bottom
        common = gcd(abs(top), bottom)
        self.top, self.bottom = top // common, bottom // common

    @staticmethod
    def of(x):
        return x if isinstance(x, Fraction) else Fraction(x)

    def __add__(self, other):
        other = Fraction.of(other)
        return Fraction(self.top * other.bottom + other.top * self.bottom, self.bottom * other.bottom)

    def __neg__(self):
        return Fraction(-self.top, self.bottom)

    def __sub__(self, other):
        return self + -Fraction.of(other)

    def __mul__(self, other):
        other = Fraction.of(other)
        return Fraction(self.top * other.top, self.bottom * other.bottom)

    def __truediv__(self, other):
        other = Fraction.of(other)
        return Fraction(self.top * other.bottom, self.bottom * other.top)

    __radd__ = __add__
    __rmul__ = __mul__

    def __eq__(self, other):
        other = Fraction.of(other)
        return self.top == other.top and self.bottom == other.bottom

    def __bool__(self):
        return self.top != 0

    def __repr__(self):
        return str(self.top) if self.bottom == 1 else "%d/%d" % (self.top, self.bottom)


class Matrix:
    def __init__(self, rows):
        self.rows = [[Fraction.of(x) for x in row] for row in rows]
        self.n = len(self.rows)

    @classmethod
    def identity(cls, n):
        return cls([[int(i == j) for j in range(n)] for i in range(n)])

    def __matmul__(self, other):
        columns = list(zip(*other.rows))
        return Matrix([[sum((a * b for a, b in zip(row, col)), Fraction(0)) for col in columns] for row in self.rows])

    def __eq__(self, other):
        return self.rows == other.rows

    def transposed(self):
        return Matrix([list(column) for column in zip(*self.rows)])

    def reduce(self, right):
        """Gauss-Jordan on a copy, doing the same to `right`; gives the determinant and what became of `right`."""
        a = [row[:] for row in self.rows]
        b = [row[:] for row in right.rows]
        determinant = Fraction(1)
        for i in range(self.n):
            pivot = next((r for r in range(i, self.n) if a[r][i]), None)
            if pivot is None:
                return Fraction(0), None
            if pivot != i:
                a[i], a[pivot] = a[pivot], a[i]
                b[i], b[pivot] = b[pivot], b[i]
                determinant = -determinant
            scale = a[i][i]
            determinant *= scale
            a[i] = [x / scale for x in a[i]]
            b[i] = [x / scale for x in b[i]]
            for r in range(self.n):
                if r != i and a[r][i]:
                    factor = a[r][i]
                    a[r] = [x - factor * y for x, y in zip(a[r], a[i])]
                    b[r] = [x - factor * y for x, y in zip(b[r], b[i])]
        return determinant, Matrix(b)

    def determinant(self):
        return self.reduce(Matrix.identity(self.n))[0]

    def inverse(self):
        inverse = self.reduce(Matrix.identity(self.n))[1]
        if inverse is None:
            raise ValueError("the matrix is singular")
        return inverse

    def show(self, title):
        cells = [[str(x) for x in row] for row in self.rows]
        width = max(len(c) for row in cells for c in row)
        print(title)
        for row in cells:
            print("  [ " + "  ".join("{:>{}}".format(c, width) for c in row) + " ]")


m = Matrix([[2, -1, 0, 3], [1, 4, -2, 0], [0, 5, 1, -1], [3, 0, 2, 2]])
m.show("matrix")
print("determinant", m.determinant())
inverse = m.inverse()
inverse.show("inverse")
print("product is the identity:", m @ inverse == Matrix.identity(4) == inverse @ m)
print("determinants multiply:", m.determinant() * inverse.determinant() == 1)
print("transposing changes no determinant:", m.transposed().determinant() == m.determinant())

solution = m.reduce(Matrix([[1], [2], [3], [4]]))[1]
print("solution of m x = (1 2 3 4):", [row[0] for row in solution.rows])

hilbert = Matrix([[Fraction(1, i + j + 1) for j in range(5)] for i in range(5)])
print("determinant of the 5 x 5 Hilbert matrix:", hilbert.determinant())
print("corner of its inverse:", hilbert.inverse().rows[0], "sum", sum(sum(r, Fraction(0)) for r in hilbert.inverse().rows))

try:
    Matrix([[1, 2], [2, 4]]).inverse()
except ValueError as error:
    print("refused:", error)
try:
    Fraction(1) / Fraction(0)
except ZeroDivisionError as error:
    print("refused:", error)
