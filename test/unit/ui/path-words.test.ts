import { expect, it } from 'vitest';
import { PathWords } from '../../../src/ui/path-words.ts';

it('suggests what was found, once it is, and of what was typed last', async () => {
  const asked: string[] = [];
  let changes = 0;
  const words = new PathWords(
    (typed) => {
      asked.push(typed);
      return Promise.resolve([`${typed}/`, `${typed}.yaml`]);
    },
    () => changes++,
  );
  expect(words.of('a')).toEqual([]);
  expect(words.of('ab')).toEqual([]);
  await Promise.resolve();
  await Promise.resolve();
  expect(words.of('ab')).toEqual(['ab/', 'ab.yaml']);
  expect(asked).toEqual(['a', 'ab']);
  expect(changes).toBe(1);
});
