import { expect, it } from 'vitest';
import { AwsFault } from '../../../../src/domain/aws-fault.ts';
import { sharedAnswer } from '../../../../src/sources/aws/polling/shared-answer.ts';
import { VirtualClock } from '../../../support/virtual-clock.ts';

const clock = new VirtualClock();
let asked = 0;
const ask = () => Promise.resolve(++asked);

it('is asked for once by all who want it at the same time, and again when it is too old', async () => {
  const shared = sharedAnswer<number>(clock);
  asked = 0;
  expect(await Promise.all([shared.read(0, ask), shared.read(0, ask)])).toEqual([1, 1]);
  clock.advance(10);
  expect(await shared.read(10, ask)).toBe(1);
  expect(await shared.read(9, ask)).toBe(2);
});

it('that AWS refuses is refused to all; of who left, the others ask themselves', async () => {
  const shared = sharedAnswer<number>(clock);
  asked = 0;
  const denied = () => Promise.reject(new AwsFault('denied', 'needs it'));
  const both = [shared.read(0, denied), shared.read(0, ask)];
  expect(await Promise.allSettled(both)).toMatchObject([
    { status: 'rejected' },
    { status: 'rejected' },
  ]);
  const left = () => Promise.reject(new Error('aborted'));
  const other = [shared.read(0, left), shared.read(0, ask)];
  expect(await Promise.allSettled(other)).toMatchObject([{ status: 'rejected' }, { value: 1 }]);
});
