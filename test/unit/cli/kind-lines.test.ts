import { expect, it } from 'vitest';
import { kindLines } from '../../../src/cli/kind-lines.ts';
import { kindRow } from '../../support/rows.ts';

it('counts and names the kinds of each group that no pane is made for', () => {
  const kinds = [
    kindRow('widgets', 'example.com', 'Widget'),
    kindRow('gadgets', 'example.com', 'Gadget'),
    kindRow('pods', '', 'Pod'),
    kindRow('bindings', '', 'Binding'),
    kindRow('widgets', 'other.io', 'Widget'),
  ];
  const found = new Set(['widgets.example.com', 'gadgets.example.com', 'bindings']);
  expect(kindLines(kinds, found)).toEqual([
    'core (1): bindings',
    'example.com (2): gadgets, widgets',
  ]);
});
