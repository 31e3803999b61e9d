import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NO_ROW } from '../../../src/domain/row.ts';
import type { AnyKey, AnyRow } from '../../../src/domain/joins/join.ts';
import { KeyIndex } from '../../../src/store/key-index.ts';
import type { Place } from '../../../src/store/place.ts';

const KEY: AnyKey = { table: 'pods', namespaced: false, of: (row) => row['keys'] as string[] };
const KEYS = ['a', 'b', 'c'];

function placeOf(uid: number): Place {
  const flags = { present: true, kept: true, recent: true, fresh: false, unseen: false };
  return { row: { ...NO_ROW, uid: `${uid}` }, ...flags, derived: false, listing: 0 };
}

const rowOf = (keys: readonly string[] | null): AnyRow | null => keys && { ...NO_ROW, keys };

describe('key index', () => {
  it('finds under each key the rows that have it, each once, whatever came and left', () => {
    const keys = fc.option(fc.array(fc.constantFrom(...KEYS), { maxLength: 4 }));
    const moves = fc.array(fc.tuple(fc.nat(5), keys), { maxLength: 40 });
    fc.assert(
      fc.property(moves, (all) => {
        const index = new KeyIndex(KEY);
        const places = Array.from({ length: 6 }, (_, uid) => placeOf(uid));
        const model = new Map<Place, readonly string[] | null>();
        for (const [which, after] of all) {
          const place = places[which] as Place;
          index.move(place, rowOf(model.get(place) ?? null), rowOf(after));
          model.set(place, after);
          for (const key of KEYS) {
            const found: Place[] = [];
            index.find('', key, (one) => found.push(one));
            const expected = places.filter((one) => model.get(one)?.includes(key));
            expect(found.toSorted((a, b) => (a.row.uid < b.row.uid ? -1 : 1))).toEqual(expected);
          }
        }
      }),
    );
  });
});
