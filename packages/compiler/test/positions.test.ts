import { disassemble, type RawCode } from '@tsmp/mpy-format';
import { tokenize } from '@tsmp/lexer';
import { conformancePrograms } from '@tsmp-internal/testkit';
import { describe, expect, it } from 'vitest';
import { compile, compileMapped, toMpy } from '../src/index.js';

const source = `# a comment
def f(a, b):
    total = a * (b + 1)
    return [x.strip("é") for x in total], -a

print(f(1, 2) if True else f)
`;

/** What the instructions of a function come from: their names and the source text. */
function mapped(text: string, path: string): string[] {
  const { module, positions } = compileMapped(text, { fileName: 'm.py' });
  const out: string[] = [];
  const visit = (code: RawCode, listing: ReturnType<typeof disassemble>['root']): void => {
    if (listing.path === path) {
      for (const { offset, name } of listing.instructions) {
        const range = positions.sourceOf(code, offset);
        out.push(`${name} ${range === undefined ? '?' : text.slice(range.start, range.end)}`);
      }
    }
    code.children.forEach((child, i) => visit(child as RawCode, listing.children[i] as typeof listing));
  };
  visit(module.root as RawCode, disassemble(module).root);
  return out;
}

describe('compileMapped', () => {
  it('tells the expression that each instruction belongs to', () => {
    expect(mapped('x = a * (b + 1) - c.d\n', '<module>')).toEqual([
      'LOAD_NAME a',
      'LOAD_NAME b',
      'LOAD_CONST_SMALL_INT 1',
      'BINARY_OP b + 1',
      'BINARY_OP a * (b + 1)',
      'LOAD_NAME c',
      'LOAD_ATTR .d',
      'BINARY_OP a * (b + 1) - c.d',
      'STORE_NAME x = a * (b + 1) - c.d',
      'LOAD_CONST_NONE x = a * (b + 1) - c.d',
      'RETURN_VALUE x = a * (b + 1) - c.d',
    ]);
  });

  it('knows functions, comprehensions and text beyond ASCII', () => {
    const inner = mapped(source, '<module>.f.<listcomp>');
    expect(inner).toContain('LOAD_CONST_STRING "é"');
    expect(inner).toContain('LOAD_FAST x');
    expect(mapped(source, '<module>.f')).toContain('UNARY_OP -a');
  });

  it('leads from a token to its code and back', () => {
    const { positions } = compileMapped(source);
    let found = 0;
    for (const token of tokenize(source)) {
      if (token.group !== 'name' && token.group !== 'number') continue;
      const runs = positions.codeAt(token.start);
      expect(runs.length, token.text).toBeGreaterThan(0);
      for (const { code, range, source: piece } of runs) {
        expect(piece.start).toBeLessThanOrEqual(token.start);
        expect(piece.end).toBeGreaterThanOrEqual(token.end);
        for (let offset = range.start; offset < range.end; offset++) {
          expect(positions.sourceOf(code, offset)).toEqual(piece);
        }
        found++;
      }
    }
    expect(found).toBeGreaterThan(15);
    expect(positions.codeAt(2)).toEqual([]);
    expect(positions.sourceOf(positions.functions[0] as RawCode, 0)).toBeUndefined();
  });

  it('gives the same bytes, and positions within the source, for every program', { timeout: 60_000 }, () => {
    for (const program of conformancePrograms()) {
      const options = { fileName: program.fileName };
      const { module, positions } = compileMapped(program.source, options);
      expect(Buffer.compare(toMpy(module), toMpy(compile(program.source, options))), program.name).toBe(0);
      for (const code of positions.functions) {
        let at = -1;
        for (const { range, source: piece } of positions.runsOf(code)) {
          if (at >= 0) expect(range.start).toBe(at);
          at = range.end;
          expect(piece.start).toBeLessThanOrEqual(piece.end);
          expect(piece.end).toBeLessThanOrEqual(program.source.length);
        }
        expect(at).toBe(code.code.length);
      }
    }
  });
});
