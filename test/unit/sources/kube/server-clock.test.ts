import { expect, it } from 'vitest';
import { ServerClock } from '../../../../src/sources/kube/server-clock.ts';
import { VirtualClock } from '../../../support/virtual-clock.ts';
import { openPort } from './open-port.ts';
import { json } from './tls-server.ts';

function setup() {
  const clock = new VirtualClock();
  const server = new ServerClock(clock);
  const hear = (ahead: number): void => server.heard(new Date(clock.now() + ahead).toUTCString());
  return { clock, server, hear };
}

it('is not known before an answer', () => {
  expect(setup().server.offset).toBeNull();
});

it('is known from the first answer to within a second', () => {
  const { server, hear } = setup();
  hear(600_000);
  expect(Math.abs((server.offset ?? 0) - 600_000)).toBeLessThanOrEqual(1_000);
});

it('does not move with the part of the second in which an answer comes', () => {
  const { clock, server, hear } = setup();
  hear(0);
  const first = server.offset;
  for (let i = 0; i < 20; i++) {
    clock.advance(20_130);
    hear(0);
  }
  expect(server.offset).toBe(first);
});

it('leaves out a single answer of another clock, and follows where the clock was set', () => {
  const { server, hear } = setup();
  for (const ahead of [0, 0, 0, 86_400_000]) hear(ahead);
  expect(Math.abs(server.offset ?? NaN)).toBeLessThanOrEqual(1_000);
  for (let i = 0; i < 3; i++) hear(300_000);
  expect(Math.abs((server.offset ?? NaN) - 300_000)).toBeLessThanOrEqual(1_000);
});

it.each([undefined, '', 'yesterday', '2026-01-01T00:00:00Z', 'Thu, 01 Jan 285000000 00:00:00 GMT'])(
  'learns nothing from the header %j',
  (header) => {
    const { server } = setup();
    server.heard(header);
    expect(server.offset).toBeNull();
  },
);

it('is told by the port, whatever the server answers', async () => {
  let date = 0;
  const { port, clock } = await openPort((_seen, response) => {
    response.setHeader('Date', new Date(date).toUTCString());
    json(response, {}, 403);
  });
  expect(port.clockOffset).toBeNull();
  date = clock.now() - 600_000;
  await port.info().catch(() => undefined);
  expect(port.clockOffset).toBe(-599_500);
});
