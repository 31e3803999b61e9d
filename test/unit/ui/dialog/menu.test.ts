import { describe, expect, it } from 'vitest';
import { lineOf } from '../../../../src/keys/line-editor.ts';
import { menuItems } from '../../../../src/ui/dialog/menu.ts';

const titles = [
  'Describe',
  'Show autoscalers',
  'Scale: sets the replicas',
  'Time as age, local or UTC',
];
const found = (query: string) =>
  menuItems({
    kind: 'menu',
    id: 'palette',
    title: 'Commands',
    items: titles.map((title) => ({ id: '', title, detail: '', disabled: '' })),
    query: lineOf(query),
    index: 0,
  }).map(({ title }) => title);

describe('the entries of the palette', () => {
  it('are all there before anything is typed', () => {
    expect(found('')).toEqual(titles);
  });

  it('that begin a word come first, then those inside one', () => {
    expect(found('scale')).toEqual(['Scale: sets the replicas', 'Show autoscalers']);
  });

  it('may miss letters, but not most of them', () => {
    expect(found('dscrb')).toEqual(['Describe']);
    expect(found('tlc')).toEqual([]);
  });
});
