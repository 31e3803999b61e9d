import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SortedList } from '../../../src/store/sorted-list.ts';

const ascending = (a: number, b: number) => a - b;

describe('sorted list', () => {
  it('has after each batch what sorting all would give', () => {
    const batch = fc.record({
      add: fc.uniqueArray(fc.nat(200)),
      remove: fc.uniqueArray(fc.nat(200)),
    });
    fc.assert(
      fc.property(fc.array(batch, { maxLength: 12 }), (batches) => {
        const list = new SortedList<number>(ascending, []);
        const model = new Set<number>();
        for (const { add, remove } of batches) {
          list.remove(remove);
          for (const item of remove) model.delete(item);
          const fresh = add.filter((item) => !model.has(item));
          list.insert(fresh);
          for (const item of fresh) model.add(item);
          const items = [...model].sort(ascending);
          expect(list.items).toEqual(items);
          for (const [i, item] of items.entries()) expect(list.indexOf(item)).toBe(i);
          expect(list.indexOf(201)).toBe(-1);
        }
      }),
    );
  });
});
