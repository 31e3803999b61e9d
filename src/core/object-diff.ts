/** Two pod templates side by side, as people read them: YAML, secrets masked. */
import { stringify } from 'yaml';
import { isEqual } from './equal.ts';
import type { Json } from './json.ts';
import { lineDiff, type DiffLine } from './line-diff.ts';
import { masked } from './mask.ts';
import { sanitize } from './text.ts';

/** What tells an item of a list from the others comes first in it. */
const NAMING = ['name', 'key', 'mountPath', 'containerPort'];

/**
 * Keys in one order, whatever order the server has them in: that of an object is not that of the
 * same object within a controller revision.
 */
function inOrder(a: { readonly key: unknown }, b: { readonly key: unknown }): number {
  const [left, right] = [rank(a.key), rank(b.key)];
  if (left !== right) return left - right;
  return String(a.key) < String(b.key) ? -1 : 1;
}

function rank(key: unknown): number {
  const at = NAMING.indexOf(String(key));
  return at < 0 ? NAMING.length : at;
}

/** An object without a key is one that is not there: nothing goes where it comes. */
const yamlOf = (value: Json): string =>
  Object.keys(value).length === 0
    ? ''
    : stringify(value, {
        lineWidth: 0,
        sortMapEntries: inOrder,
        aliasDuplicateObjects: false,
      }).trimEnd();

/**
 * What differs between two pod templates, or other objects. A secret that has another value is
 * masked in both: that it differs is said.
 */
export function objectDiff(before: Json, after: Json): readonly DiffLine[] {
  if (isEqual(before, after)) return [];
  const shown = lineDiff(yamlOf(masked(before)), yamlOf(masked(after)));
  const hidden = changesIn(lineDiff(yamlOf(before), yamlOf(after))) > changesIn(shown);
  const lines = shown.map(({ mark, text }) => ({ mark, text: sanitize(text) }));
  return hidden ? [...lines, { mark: '@', text: 'values that are masked differ as well' }] : lines;
}

const changesIn = (lines: readonly DiffLine[]): number =>
  lines.filter(({ mark }) => mark === '+' || mark === '-').length;
