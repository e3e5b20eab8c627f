/** The listing that `re.compile(pattern, re.DEBUG)` prints. Counterpart: lib/re1.5/dumpcode.c. */
import type { Addr } from '../../words.js';
import type { Vm } from '../../vm.js';
import { hasSignedChars, PatternOff, ReOp } from './program.js';

/** Lists the code of a pattern on the board's output. */
export function dumpPattern(vm: Vm, pattern: Addr): void {
  const u8 = vm.u8;
  const out = vm.stdout;
  const code = pattern + PatternOff.Code;
  const size = vm.i32[(pattern + PatternOff.CodeBytes) >> 2];
  const hex = (b: number): string =>
    `0x${(hasSignedChars(vm) ? ((b << 24) >> 24) >>> 0 : b).toString(16).padStart(2, '0')}`;
  for (let pc = 0; pc < size; ) {
    out.write(`${String(pc).padStart(2)}: `);
    const op = u8[code + pc++];
    const operand = u8[code + pc];
    switch (op) {
      case ReOp.Jump:
      case ReOp.Split:
      case ReOp.SplitBack: {
        const distance = (operand << 24) >> 24;
        const name = op === ReOp.Jump ? 'jmp' : op === ReOp.Split ? 'split' : 'rsplit';
        out.write(`${name} ${pc + 1 + distance} (${distance})\n`);
        pc++;
        break;
      }
      case ReOp.Char:
      case ReOp.NamedClass:
        out.write(op === ReOp.Char ? 'char ' : 'namedclass ');
        out.writeByte(operand);
        out.write('\n');
        pc++;
        break;
      case ReOp.Class:
      case ReOp.ClassNot: {
        out.write(`class${op === ReOp.ClassNot ? 'not' : ''} ${operand}`);
        const end = ++pc + 2 * operand;
        for (; pc < end; pc += 2) out.write(` ${hex(u8[code + pc])}-${hex(u8[code + pc + 1])}`);
        out.write('\n');
        break;
      }
      case ReOp.Save:
        out.write(`save ${operand}\n`);
        pc++;
        break;
      case ReOp.Any:
        out.write('any\n');
        break;
      case ReOp.LineStart:
        out.write('assert bol\n');
        break;
      case ReOp.LineEnd:
        out.write('assert eol\n');
        break;
      default:
        out.write('match\n');
    }
  }
  out.write(`Bytes: ${size}, insts: ${vm.i32[(pattern + PatternOff.Instructions) >> 2]}\n`);
}
