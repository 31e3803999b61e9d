import { expect, it } from 'vitest';
import { objectDiff } from '../../../src/core/object-diff.ts';

const object = { kind: 'ConfigMap', data: { a: '1' } };
const lines = (before: object, after: object): readonly string[] =>
  objectDiff({ ...before }, { ...after }).map(({ mark, text }) => `${mark} ${text}`);

it('of what is made only comes, of what is deleted only goes', () => {
  expect(lines({}, object)).toEqual(['+ data:', '+   a: "1"', '+ kind: ConfigMap']);
  expect(lines(object, {})).toEqual(['- data:', '-   a: "1"', '- kind: ConfigMap']);
  expect(lines(object, object)).toEqual([]);
});
