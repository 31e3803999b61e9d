import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ListCutter } from '../../../../src/sources/kube/list-cutter.ts';

/** Cuts `text` pushed in chunks of `size` bytes. */
function cut(text: string, size: number): { items: unknown[]; envelope: unknown } {
  const bytes = Buffer.from(text);
  const cutter = new ListCutter();
  const items: unknown[] = [];
  for (let at = 0; at < bytes.length; at += size) {
    for (const item of cutter.push(bytes.subarray(at, at + size))) {
      items.push(JSON.parse(item.toString()));
    }
  }
  return { items, envelope: cutter.end() };
}

describe('a list is cut into its items', () => {
  it('whatever the items hold and however the stream was cut', () => {
    fc.assert(
      fc.property(
        fc.array(fc.dictionary(fc.string(), fc.jsonValue())),
        fc.integer({ min: 1, max: 50 }),
        fc.boolean(),
        (items, size, pretty) => {
          const metadata = { resourceVersion: '7', continue: 'tok"[en', items: ['not', 'these'] };
          const text = JSON.stringify({ kind: 'PodList', metadata, items }, null, pretty ? 2 : 0);
          const found = cut(text, size);
          expect(found.items).toEqual(JSON.parse(JSON.stringify(items)));
          expect(found.envelope).toEqual({ resourceVersion: '7', continueToken: 'tok"[en' });
        },
      ),
    );
  });

  it('with fields after the items', () => {
    const found = cut('{"items":[{"a":1},{"b":"]}"}],"metadata":{"resourceVersion":"9"}}', 3);
    expect(found.items).toEqual([{ a: 1 }, { b: ']}' }]);
    expect(found.envelope).toEqual({ resourceVersion: '9', continueToken: '' });
  });

  it('with backslashes at the ends of chunks', () => {
    const items = [{ path: 'C:\\', quote: '\\"' }, { more: '\\\\' }];
    const text = JSON.stringify({ metadata: {}, items });
    for (let size = 1; size < text.length; size++) expect(cut(text, size).items).toEqual(items);
  });

  it('as a real server sends it', () => {
    const url = new URL('../../../fixtures/apiserver-1.36/pods.json', import.meta.url);
    const text = readFileSync(url, 'utf8');
    const list = JSON.parse(text) as { items: unknown[]; metadata: { resourceVersion: string } };
    const found = cut(text, 16_384);
    expect(found.items).toEqual(list.items);
    expect(found.envelope).toMatchObject({ resourceVersion: list.metadata.resourceVersion });
  });

  it('null items are none', () => {
    expect(cut('{"metadata":{"resourceVersion":"1"},"items":null}', 5).items).toEqual([]);
  });

  it.each(['', '<html>', '{"metadata":{', '{"items":[{"a":1}'])('%j is an error', (text) => {
    expect(() => cut(text, 4)).toThrow(SyntaxError);
  });
});
