# Accounts, transactions that roll back, an audit trail, custom errors with causes and fields.
class BankError(Exception): pass
class Insufficient(BankError):
    def __init__(self, need, have):
        super().__init__("need %d, have %d" % (need, have))
        self.need, self.have = need, have
class Account:
    _next = 100
    def __init__(self, owner, balance=0):
        self.id = Account._next; Account._next += 1
        self.owner, self._balance, self.log = owner, balance, []
    @property
    def balance(self): return self._balance
    @balance.setter
    def balance(self, v):
        if not isinstance(v, int): raise TypeError("whole cents only")
        self.log.append((self._balance, v)); self._balance = v
    def withdraw(self, n):
        if n > self.balance: raise Insufficient(n, self.balance)
        self.balance -= n
    def deposit(self, n):
        if n <= 0: raise ValueError("bad amount", n)
        self.balance += n
    def __repr__(self): return "Account(%r, %d)" % (self.owner, self.balance)
    def __lt__(self, o): return self.balance < o.balance
class Transaction:
    def __init__(self, *accounts): self.accounts = accounts
    def __enter__(self): self.saved = [a.balance for a in self.accounts]; return self
    def __exit__(self, t, e, tb):
        if t is None: return
        for a, b in zip(self.accounts, self.saved): a.balance = b
        print("rolled back:", t.__name__, e)
        return issubclass(t, BankError)
def transfer(a, b, n):
    with Transaction(a, b):
        b.deposit(n)
        a.withdraw(n)
x, y = Account("ann", 500), Account("bob")
transfer(x, y, 200); print(x, y); transfer(x, y, 1000); print(x, y)
for n in (0, -5, "a", 1.5, None):
    try: transfer(x, y, n)
    except Exception as e: print(repr(n), type(e).__name__, e.args)
print(x, y, x.log, len(y.log))
try: x.withdraw(10 ** 6)
except Insufficient as e: print(e.need - e.have, isinstance(e, BankError), e.args)
print(sorted([x, y]), sorted([x, y])[-1].owner, [a.id for a in (x, y)], sum(a.balance for a in (x, y)))
print("".join("%-8s|%8.2f|\n" % (a.owner, a.balance / 100) for a in sorted((x, y), key=lambda a: a.owner)), end="")
