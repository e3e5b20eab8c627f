"""Classes: inheritance, mixins and super, properties, operators, class and static methods."""

import math


class Shape:
    count = 0

    def __init__(self, name):
        self.name = name
        Shape.count += 1

    @property
    def area(self):
        raise NotImplementedError(self.name + " has no area")

    def describe(self):
        return "{} of area {:.2f}".format(self.name, self.area)

    def __lt__(self, other):
        return self.area < other.area

    def __repr__(self):
        return "<%s>" % self.describe()


class Rectangle(Shape):
    def __init__(self, width, height, name="rectangle"):
        super().__init__(name)
        self.width, self.height = width, height

    @property
    def area(self):
        return self.width * self.height

    def __mul__(self, factor):
        return Rectangle(self.width * factor, self.height * factor)

    __rmul__ = __mul__


class Square(Rectangle):
    def __init__(self, side):
        super().__init__(side, side, "square")

    @property
    def side(self):
        return self.width

    @side.setter
    def side(self, value):
        if value <= 0:
            raise ValueError("a side must be positive, not %s" % value)
        self.width = self.height = value

    @classmethod
    def with_area(cls, area):
        return cls(math.sqrt(area))


class Circle(Shape):
    def __init__(self, radius):
        super().__init__("circle")
        self.radius = radius

    @property
    def area(self):
        return math.pi * self.radius**2

    def __contains__(self, point):
        return point.x**2 + point.y**2 <= self.radius**2


class Coloured:
    """A mixin: adds a colour to the description of a shape."""

    colour = "grey"

    def describe(self):
        return self.colour + " " + Shape.describe(self)


class Solid:
    density = 1

    @property
    def weight(self):
        return self.area * self.density


class Plate(Solid, Square):
    density = 7.8


class RedSquare(Coloured, Square):
    colour = "red"


class Vector:
    def __init__(self, x, y):
        self.x, self.y = x, y

    def __add__(self, other):
        return Vector(self.x + other.x, self.y + other.y)

    def __sub__(self, other):
        return self + -other

    def __neg__(self):
        return Vector(-self.x, -self.y)

    def __mul__(self, k):
        return self.x * k.x + self.y * k.y if isinstance(k, Vector) else Vector(self.x * k, self.y * k)

    __rmul__ = __mul__

    def __iadd__(self, other):
        self.x += other.x
        self.y += other.y
        return self

    def __abs__(self):
        return math.sqrt(self * self)

    def __bool__(self):
        return bool(self.x or self.y)

    def __eq__(self, other):
        return isinstance(other, Vector) and self.x == other.x and self.y == other.y

    def __iter__(self):
        yield self.x
        yield self.y

    def __getitem__(self, index):
        return (self.x, self.y)[index]

    def __call__(self, t):
        return self * t

    def __repr__(self):
        return "Vector(%s, %s)" % (self.x, self.y)


shapes = [Rectangle(3, 4), Square(3), Circle(2), Square.with_area(2.25), 2 * Rectangle(1, 2)]
for shape in sorted(shapes):
    print(shape.describe())
print("largest:", max(shapes, key=lambda s: s.area), "made so far:", Shape.count)

square = Square(2)
square.side += 1.5
print("square grew to", square)
try:
    square.side = -1
except ValueError as error:
    print("refused:", error)
try:
    square.area = 5
except AttributeError:
    print("an area cannot be set")
try:
    Shape("blob").describe()
except NotImplementedError as error:
    print("abstract:", error)

print(Plate(2).name, "weighs", Plate(2).weight, [isinstance(Plate(1), c) for c in (Solid, Square, Rectangle, Circle)])
print("mixed in:", RedSquare(1.5).describe(), issubclass(RedSquare, Coloured))

v, w = Vector(3, 4), Vector(1, -2)
print(v + w, v - w, -v, v * w, 2 * v, abs(v), v(10), v[0], v == Vector(3, 4), bool(v - v))
v += w
x, y = v
print(v, x, y, list(w), Vector(1, 1) in Circle(2), Vector(2, 1) in Circle(2))
