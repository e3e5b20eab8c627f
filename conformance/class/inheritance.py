# Single inheritance: lookup, overriding, calling the base.
class Animal:
    sound = "..."
    def __init__(self, name):
        self.name = name
    def speak(self):
        return self.name + " says " + self.sound
    def describe(self):
        return "[" + self.speak() + "]"
class Dog(Animal):
    sound = "woof"
class Puppy(Dog):
    sound = "yip"
    def __init__(self, name, age):
        Dog.__init__(self, name)
        self.age = age
    def speak(self):
        return super().speak() + " at %d" % self.age
class Cat(Animal):
    def speak(self):
        return "meow from " + self.name
for x in (Animal("it"), Dog("rex"), Puppy("bit", 1), Cat("tom")):
    print(x.describe(), [isinstance(x, c) for c in (Animal, Dog, Puppy, Cat, object)])
print([[issubclass(a, b) for b in (Animal, Dog, Puppy, object)] for a in (Animal, Dog, Puppy)])
Animal.extra = "added later"
print(Puppy("p", 2).extra, Dog.extra, Puppy.__bases__ == (Dog,), Puppy.__name__)
class Override(Puppy):
    extra = None
    speak = lambda self: "lambda speak"
print(Override("o", 3).describe(), Override.extra)
class Deep0:
    def who(self):
        return [0]
class Deep1(Deep0):
    def who(self):
        return super().who() + [1]
class Deep2(Deep1):
    pass
class Deep3(Deep2):
    def who(self):
        return super().who() + [3]
print(Deep3().who())
for f in (lambda: Puppy("x"), lambda: super(), lambda: issubclass(1, int), lambda: isinstance(1, 2), lambda: issubclass(Dog, 5)):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
