import { describe, expect, it } from 'vitest';
import { iso, MINUTE, why } from './pod-case.ts';

const status = {
  containerStatuses: [{ name: 'api', state: { waiting: { reason: 'ContainerCreating' } } }],
};

describe('a container whose image is being fetched', () => {
  const event = (reason: string, ago: number) => ({
    ...{ type: 'Normal', reason, container: 'api', message: 'Pulling image "shop/api:2"' },
    at: Date.parse(iso(ago)),
  });
  const fetching = (...events: readonly object[]) => why({ status, events })?.sentence;

  it('says since when', () => {
    expect(fetching(event('Pulling', 12 * MINUTE))).toBe(
      'container api: its image shop/api:2 is being fetched, for 12m so far',
    );
  });

  it('says nothing of what has just begun, or is over', () => {
    expect(fetching(event('Pulling', 5_000))).toBeUndefined();
    expect(fetching(event('Pulled', MINUTE), event('Pulling', 2 * MINUTE))).toBeUndefined();
  });
});
