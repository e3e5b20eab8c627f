/** Images that are linked by the order of the definitions, as the command links those of its build. */
import { linkByOrder, PROFILES, romOrder } from '@tsmp/vm';
import { describe, expect, it } from 'vitest';
import { romImage } from '../src/board.js';

describe('linking by order', () => {
  for (const [name, profile] of Object.entries(PROFILES)) {
    it(`finds on ${name} what linking by name finds`, () => {
      const image = romImage(profile);
      const byName = image.definitions.link(image);
      const byOrder = linkByOrder({ ...image, order: romOrder(image) });
      expect(image.natives.length).toBeGreaterThan(300);
      image.natives.forEach((native, i) => {
        expect(byOrder.fns[i], native).toBe(byName.fns[i]);
      });
      image.protocols.forEach((protocol, i) => {
        expect(byOrder.protocols[i], protocol).toBe(byName.protocols[i]);
      });
      const addresses = new Map(byOrder.addrs);
      for (const [def, address] of byName.addrs)
        if (def.def !== 'module') expect(addresses.get(def), def.name).toBe(address);
    });
  }

  it('refuses an image without an order', () => {
    const image = romImage(Object.values(PROFILES)[0] as (typeof PROFILES)[string]);
    expect(() => linkByOrder({ ...image, order: undefined })).toThrowError(/without an order/);
  });
});
