import { expect, it } from 'vitest';
import { limiter } from '../../../../src/sources/aws/limit.ts';

it('runs no more than so many at once, in order, also after failures', async () => {
  const limit = limiter(2);
  const started: number[] = [];
  const finish: (() => void)[] = [];
  const results = [0, 1, 2, 3, 4].map((n) =>
    limit(async () => {
      started.push(n);
      await new Promise<void>((resolve, reject) => {
        finish[n] = n === 1 ? () => reject(new Error('no')) : resolve;
      });
      return n;
    }).catch(() => -1),
  );
  const turn = () => new Promise(setImmediate);

  await turn();
  expect(started).toEqual([0, 1]);
  finish[1]?.();
  await turn();
  expect(started).toEqual([0, 1, 2]);
  finish[0]?.();
  finish[2]?.();
  await turn();
  expect(started).toEqual([0, 1, 2, 3, 4]);
  finish[3]?.();
  finish[4]?.();
  expect(await Promise.all(results)).toEqual([0, -1, 2, 3, 4]);
});
