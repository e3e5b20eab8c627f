/** Random programs whose threads compute, wait, lock, raise, start others and end: for comparing engines and slices. */
import { seededRandom } from '@tsmp-internal/testkit';

type Random = (n: number) => number;

function statement(random: Random, indent: string, depth: number, inLock: boolean): string {
  const line = (text: string): string => `${indent}${text}\n`;
  switch (random(11)) {
    case 0:
      return line(`for _ in range(${random(60)}): pass`);
    case 1:
      if (inLock) return line('out.append(k)');
      return line(`with locks[${random(2)}]:`) + block(random, `${indent}    `, depth - 1, true);
    case 2:
      return line(`time.sleep_ms(${random(4)})`);
    case 3:
      return line('out.append((k, len(out) % 7, time.ticks_ms()))');
    case 4:
      return (
        line('try:') +
        line(`    if k % ${1 + random(3)} == 0: raise ValueError(k)`) +
        line('    out.append(-k)') +
        line('except ValueError as e:') +
        line('    out.append(e.args)')
      );
    case 5:
      return line(`out.append(sum(numbers(${random(8)})))`);
    case 6:
      if (depth <= 0) return line('pass');
      return line(`for i in range(${random(4)}):`) + block(random, `${indent}    `, depth - 1, inLock);
    case 7:
      return line('start()');
    case 8:
      return line(`out.append(str(k * 12345678901) + '${random(9)}')`);
    case 9:
      return line(`if k == ${random(12)}: _thread.exit()`);
    default:
      return line(`out.append(len([k] * ${random(50)}))`);
  }
}
function block(random: Random, indent: string, depth: number, inLock: boolean): string {
  let text = '';
  for (let n = 1 + random(4); n > 0; n--) text += statement(random, indent, depth, inLock);
  return text;
}

/** The program of a seed. At most 12 threads are started; what they did is printed when all have ended. */
export function threadProgram(seed: number): string {
  const random = seededRandom(seed);
  const functions = [0, 1, 2].map(
    (i) => `def f${i}(k):\n    try:\n${block(random, '        ', 2, false)}    finally:\n        count[1] += 1\n`,
  );
  return `import _thread, time
locks = [_thread.allocate_lock(), _thread.allocate_lock()]
out = []
count = [0, 0]
def numbers(n):
    for i in range(n):
        yield i
def start():
    if count[0] < 12:
        count[0] += 1
        _thread.start_new_thread(functions[count[0] % 3], (count[0],))
${functions.join('')}functions = [f0, f1, f2]
for _ in range(3): start()
try:
    f1(0)
except SystemExit:
    pass
while count[1] <= count[0]: time.sleep_ms(1)
print(count, out)
`;
}
