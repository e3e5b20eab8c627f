"""A bank whose accounts live in one bytearray: fixed records read and written through memoryviews."""

RECORD = 24  # 0: number, 2 bytes; 2: flags; 3: length of the name; 4: balance in cents, 8 bytes signed; 12: name, 12 bytes
FROZEN = 1


class BankError(Exception):
    pass


class Account:
    """A view of one record; has no state of its own."""

    def __init__(self, view):
        self.view = view

    @property
    def number(self):
        return self.view[0] | self.view[1] << 8

    @number.setter
    def number(self, value):
        self.view[0], self.view[1] = value & 0xFF, value >> 8

    @property
    def balance(self):
        raw = int.from_bytes(bytes(self.view[4:12]), "little")
        return raw - (1 << 64) if raw >> 63 else raw

    @balance.setter
    def balance(self, cents):
        self.view[4:12] = (cents & (1 << 64) - 1).to_bytes(8, "little")

    @property
    def owner(self):
        return bytes(self.view[12 : 12 + self.view[3]]).decode()

    @owner.setter
    def owner(self, name):
        data = name.encode()[:12]
        self.view[3] = len(data)
        self.view[12 : 12 + len(data)] = data

    @property
    def frozen(self):
        return bool(self.view[2] & FROZEN)

    @frozen.setter
    def frozen(self, on):
        self.view[2] = self.view[2] | FROZEN if on else self.view[2] & ~FROZEN & 0xFF

    def __str__(self):
        return "#%04d %-12s %10d.%02d%s" % (self.number, self.owner, self.balance // 100, self.balance % 100, " frozen" if self.frozen else "")


class Bank:
    def __init__(self, capacity):
        self.store = bytearray(RECORD * capacity)
        self.used = 0
        self.journal = []

    def record(self, i):
        return Account(memoryview(self.store)[i * RECORD : (i + 1) * RECORD])

    def open(self, owner, cents=0):
        if (self.used + 1) * RECORD > len(self.store):
            raise BankError("the vault is full")
        account = self.record(self.used)
        account.number = 1000 + self.used * 7
        account.owner = owner
        account.balance = cents
        self.used += 1
        return account.number

    def find(self, number):
        for i in range(self.used):
            account = self.record(i)
            if account.number == number:
                return account
        raise BankError("no account %d" % number)

    def change(self, number, cents):
        account = self.find(number)
        if account.frozen:
            raise BankError("account %d is frozen" % number)
        if account.balance + cents < 0:
            raise BankError("account %d lacks %d cents" % (number, -(account.balance + cents)))
        account.balance += cents

    def transfer(self, source, target, cents):
        """All or nothing: a failure half way puts the money back."""
        self.change(source, -cents)
        try:
            self.change(target, cents)
        except BankError:
            self.find(source).balance += cents
            raise
        self.journal.append((source, target, cents))

    def interest(self, per_mille):
        paid = 0
        for i in range(self.used):
            account = self.record(i)
            if not account.frozen:
                extra = account.balance * per_mille // 1000
                account.balance += extra
                paid += extra
        return paid

    def total(self):
        return sum(self.record(i).balance for i in range(self.used))

    def checksum(self):
        a = b = 0
        for byte in self.store:
            a = (a + byte) % 255
            b = (b + a) % 255
        return b << 8 | a

    def statement(self, title):
        print(title)
        for i in range(self.used):
            print("  " + str(self.record(i)))
        print("  total {} cents, checksum {:04x}".format(self.total(), self.checksum()))


def attempt(what, action, *args):
    try:
        action(*args)
        print("ok     ", what)
    except BankError as error:
        print("refused", what, "-", error)


bank = Bank(4)
ann, bob, cid = bank.open("Ann", 150000), bank.open("Bob Miller", 2550), bank.open("Cid")
bank.statement("opening")
attempt("ann pays bob", bank.transfer, ann, bob, 49999)
attempt("bob pays too much", bank.transfer, bob, cid, 1000000)
attempt("bob pays cid", bank.transfer, bob, cid, 2500)
attempt("nobody pays ann", bank.transfer, 4711, ann, 1)
bank.find(cid).frozen = True
attempt("cid is frozen", bank.transfer, ann, cid, 100)
attempt("fourth account", bank.open, "Dora", 10**15)
attempt("fifth account", bank.open, "Eve")
print("interest paid:", bank.interest(15))
bank.find(cid).frozen = False
bank.statement("closing")
print("journal:", bank.journal)

backup = bytes(bank.store)
bank.find(ann).balance = -1
print("tampered:", bank.find(ann).balance, bank.store != backup)
bank.store[:] = backup
print("restored:", bank.find(ann).balance, bank.store == backup)
