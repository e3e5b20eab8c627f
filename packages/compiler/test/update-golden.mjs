// Rewrites golden.json: what the mpy-cross named by MPY_CROSS makes of the programs in snippets.txt, in hexadecimal.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const mpyCross = process.env.MPY_CROSS;
if (!mpyCross) throw new Error('set MPY_CROSS to the path of mpy-cross');
const here = new URL('./', import.meta.url);
const folder = mkdtempSync(join(tmpdir(), 'golden-'));
const golden = {};
try {
  for (const part of readFileSync(new URL('snippets.txt', here), 'utf8').split(/^=== /m).slice(1)) {
    const end = part.indexOf('\n');
    const [name, option = '-O0'] = part.slice(0, end).split(' ');
    const source = join(folder, `${name}.py`);
    const output = join(folder, `${name}.mpy`);
    writeFileSync(source, part.slice(end + 1));
    execFileSync(mpyCross, [option, '-s', `${name}.py`, '-o', output, source], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    golden[name] = readFileSync(output).toString('hex');
  }
} finally {
  rmSync(folder, { recursive: true });
}
writeFileSync(new URL('golden.json', here), `${JSON.stringify(golden, null, 1)}\n`);
