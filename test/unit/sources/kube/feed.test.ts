import { expect, it } from 'vitest';
import { Feed } from '../../../../src/sources/kube/feed.ts';
import { VirtualClock } from '../../../support/virtual-clock.ts';

it('what a sink throws while nobody waits ends no program: the next row hears of it', () => {
  const clock = new VirtualClock();
  let given = 0;
  const sink = {
    relist: () => undefined,
    put: () => {
      if (given++ === 0) throw new RangeError('Invalid time value');
    },
    remove: () => undefined,
    synced: () => undefined,
    status: () => undefined,
  };
  const feed = new Feed(sink, clock);
  feed.put({ uid: 'a' });
  feed.hold();
  expect(() => clock.advance(100)).not.toThrow();
  expect(() => feed.put({ uid: 'b' })).toThrow('Invalid time value');
  feed.put({ uid: 'c' });
  feed.flush();
  expect(given).toBe(2);
});
