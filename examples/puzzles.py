"""Backtracking: the eight queens with bit masks, and a sudoku with candidate sets."""


def queens(n):
    """Yields every solution as a tuple of columns, one a row."""
    full = (1 << n) - 1

    def place(columns, left, right, placed):
        if columns == full:
            yield placed
            return
        free = full & ~(columns | left | right)
        while free:
            bit = free & -free
            free ^= bit
            column = 0
            while bit >> column > 1:
                column += 1
            yield from place(columns | bit, (left | bit) << 1, (right | bit) >> 1, placed + (column,))

    yield from place(0, 0, 0, ())


def show_board(columns):
    for column in columns:
        print("  " + " ".join("Q" if c == column else "." for c in range(len(columns))))


GRID = """53..7....
6..195...
.98....6.
8...6...3
4..8.3..1
7...2...6
.6....28.
...419..5
....8..79"""


class Sudoku:
    def __init__(self, text):
        self.cells = [int(c) if c != "." else 0 for c in text if c != "\n"]
        self.rows = [0] * 9
        self.columns = [0] * 9
        self.boxes = [0] * 9
        self.guesses = self.steps = 0
        for i, digit in enumerate(self.cells):
            if digit:
                self.mark(i, digit)

    def mark(self, i, digit):
        """Puts a digit into the three sets its cell belongs to, or takes it out again."""
        row, column = divmod(i, 9)
        bit = 1 << digit
        self.rows[row] ^= bit
        self.columns[column] ^= bit
        self.boxes[row // 3 * 3 + column // 3] ^= bit

    def candidates(self, i):
        row, column = divmod(i, 9)
        used = self.rows[row] | self.columns[column] | self.boxes[row // 3 * 3 + column // 3]
        return [d for d in range(1, 10) if not used >> d & 1]

    def solve(self):
        """Fills the cell with the fewest candidates first; true when all are filled."""
        best, best_choices = None, None
        for i in range(81):
            if self.cells[i] == 0:
                choices = self.candidates(i)
                if best is None or len(choices) < len(best_choices):
                    best, best_choices = i, choices
                    if len(choices) < 2:
                        break
        if best is None:
            return True
        if len(best_choices) > 1:
            self.guesses += 1
        for digit in best_choices:
            self.steps += 1
            self.cells[best] = digit
            self.mark(best, digit)
            if self.solve():
                return True
            self.mark(best, digit)
            self.cells[best] = 0
        return False

    def show(self):
        for row in range(9):
            if row % 3 == 0 and row:
                print("  ------+-------+------")
            digits = [str(d) if d else "." for d in self.cells[row * 9 : row * 9 + 9]]
            print("  " + " | ".join(" ".join(digits[c : c + 3]) for c in (0, 3, 6)))


solutions = list(queens(6))
print("six queens:", len(solutions), "solutions, the first is", solutions[0])
eight = queens(8)
first = next(eight)
print("eight queens, first of", 1 + sum(1 for _ in eight))
show_board(first)
attacks = sum(abs(first[a] - first[b]) == b - a for a in range(8) for b in range(a + 1, 8))
print("attacks on diagonals:", attacks, "different columns:", len(set(first)))

sudoku = Sudoku(GRID)
print("sudoku with", sum(1 for c in sudoku.cells if c), "given digits")
print("solved:", sudoku.solve(), "in", sudoku.steps, "steps with", sudoku.guesses, "guesses")
sudoku.show()
print("rows complete:", all(bits == 0x3FE for bits in sudoku.rows + sudoku.columns + sudoku.boxes))
impossible = Sudoku(GRID)
impossible.cells[2] = 5
impossible.mark(2, 5)
print("with a second 5 in the first row:", impossible.solve())
