import { expect, it } from 'vitest';
import type { KubeObject } from '../../../src/ports/kube.ts';
import { eventsSection } from '../../../src/resources/describe/common.ts';

const NOW = Date.UTC(2026, 0, 1);

it('survives events without times and without metadata', () => {
  const broken = [{ metadata: null }, { metadata: null }] as unknown as readonly KubeObject[];
  expect(eventsSection(broken, { now: NOW, time: 'age' }).lines).toHaveLength(2);
});

it('lists the newest last', () => {
  const event = (message: string, lastTimestamp: string): KubeObject => ({
    metadata: { name: message },
    message,
    lastTimestamp,
  });
  const { lines } = eventsSection(
    [event('late', '2025-12-31T23:59:00Z'), event('early', '2025-12-31T23:00:00Z')],
    { now: NOW, time: 'age' },
  );
  expect(lines.map((line) => JSON.stringify(line).includes('early'))).toEqual([true, false]);
});
