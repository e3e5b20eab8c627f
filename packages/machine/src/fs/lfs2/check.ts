/** A consistency check of a littlefs, for tests and tools: what any filesystem must be after any operation or power loss. */
import { Core, type BlockDevice, type LfsConfig } from './core.js';
import { eachBlock } from './file.js';
import { isNullPair, LfsError, moveFrom, type Pair, pairOf, samePair, Type, xorGState, ZERO_GSTATE } from './format.js';
import { ctzOf, type Mdir } from './mdir.js';

/**
 * Everything that is wrong with the filesystem on a device; empty: nothing. `clean`: there must be no unfinished move and no
 * orphan either, as after unmounting.
 */
export function checkLfs(device: BlockDevice, cfg: LfsConfig, clean: boolean): string[] {
  const wrong: string[] = [];
  const core = new Core(device, cfg);
  const owner = new Map<number, string>();
  const claim = (block: number, who: string): void => {
    if (block >= cfg.blockCount) wrong.push(`${who}: block ${block} of ${cfg.blockCount}`);
    const other = owner.get(block);
    if (other !== undefined) wrong.push(`block ${block} belongs to ${other} and to ${who}`);
    owner.set(block, who);
  };
  const pairs: Mdir[] = [];
  const heads: Pair[] = [];
  try {
    let split = true;
    for (const m of core.pairs()) {
      claim(m.pair[0], `pair ${m.pair.join()}`);
      claim(m.pair[1], `pair ${m.pair.join()}`);
      if (!split) heads.push(m.pair);
      pairs.push(m);
      split = m.split;
    }
    const referenced: Pair[] = [];
    let gstate = ZERO_GSTATE;
    for (const m of pairs) gstate = xorGState(gstate, m.gstate);
    for (const m of pairs) {
      const names = new Set<string>();
      m.entries.forEach((e, id) => {
        // an entry on its way is in two places
        if (id === moveFrom(gstate, m.pair)) return;
        const who = `id ${id} of pair ${m.pair.join()}`;
        const name = String.fromCharCode(...e.name);
        if (names.has(name)) wrong.push(`${who}: the name '${name}' is there twice`);
        names.add(name);
        if (e.nameType === 0 || e.structType === 0) wrong.push(`${who}: no name or no contents`);
        if (e.structType === Type.DirStruct) referenced.push(pairOf(e.data));
        if (e.structType !== Type.CtzStruct) return;
        const { head, size } = ctzOf(e);
        const seen = new Set<number>();
        eachBlock(
          core,
          (b, o, n) => core.read(b, o, n),
          head,
          size,
          (block) => {
            if (!seen.has(block)) claim(block, who);
            seen.add(block);
          },
        );
      });
    }
    for (const p of referenced)
      if (!pairs.some((m) => samePair(m.pair, p))) wrong.push(`the directory ${p.join()} is not in the list`);
    if (clean) {
      for (const h of heads)
        if (!referenced.some((p) => samePair(p, h))) wrong.push(`nothing refers to the directory ${h.join()}`);
      if (gstate.tag !== 0) wrong.push('an operation is unfinished');
    }
    const last = pairs.at(-1);
    if (last !== undefined && !isNullPair(last.tail)) wrong.push('the list of pairs has no end');
  } catch (e) {
    if (!(e instanceof LfsError)) throw e;
    wrong.push(e.message);
  }
  return wrong;
}
