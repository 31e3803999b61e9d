import { describe, expect, it } from 'vitest';
import { plain } from '../../../src/core/styled.ts';
import type { FoundColumn } from '../../../src/domain/kinds.ts';
import { cellOf } from '../../../src/resources/cell-of.ts';
import { foundResource } from '../../../src/resources/found.ts';
import { foundRow, kindRow } from '../../support/rows.ts';

const printed = (name: string, type = 'string', priority = 0): FoundColumn => ({
  ...{ name, type, priority, format: '', description: `${name}\u001b[31m.` },
});

const NOW = { now: 0, time: 'age' } as const;

describe('the resource of a kind that was found', () => {
  it('writes nothing to a terminal by what a stranger called kind and columns', () => {
    const kind = kindRow('evils', 'example.com', 'Evil\u001b[2J', { shortNames: ['e\u0007'] });
    const resource = foundResource(kind, [
      printed('Ready\u001b[2J\u001b]0;x\u0007'),
      printed('a\u202eb'),
    ]);
    const { title, singular, description, columns } = resource;
    const words = [title, singular, description];
    for (const column of columns) words.push(column.title, column.description);
    expect(words.join('')).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202e]/);
    expect(columns.map((column) => column.title)).toContain('READY');
  });

  it('has an id of its own for each column, whatever they are called', () => {
    const { columns } = foundResource(kindRow('a', 'example.com', 'A'), [
      printed('Last Seen'),
      printed('last-seen'),
      printed('名'),
      printed('!!'),
      printed('labels'),
    ]);
    const ids = columns.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toContain('lastSeen');
  });

  it("shows other objects' names, and what else is called a name, beside its own", () => {
    const { columns } = foundResource(kindRow('attachments', 'example.com', 'Attachment'), [
      { ...printed('Name'), format: 'name' },
      { ...printed('Attacher'), format: 'name' },
      printed('Name'),
      printed('Size', 'integer'),
    ]);
    expect(columns.map(({ title }) => title)).toEqual([
      'NAME',
      'ATTACHER',
      'NAME',
      'SIZE',
      'AGE',
      'LABELS',
    ]);
    const row = foundRow({ name: 'a', cells: ['a', 'csi.example.com', 'title', 3] });
    const shown = columns.slice(1, 4).map((column) => cellOf(column as never, row, NOW));
    expect(shown.map(plain)).toEqual(['csi.example.com', 'title', '3']);
  });

  it('reads cells that are not there as none', () => {
    const { columns } = foundResource(kindRow('a', 'example.com', 'A'), [
      printed('x'),
      printed('Size', 'integer'),
    ]);
    const size = columns.find(({ id }) => id === 'size');
    const row = foundRow({ name: 'a', cells: ['only'] });
    expect(plain(cellOf(size as never, row, NOW))).toBe('-');
  });
});
