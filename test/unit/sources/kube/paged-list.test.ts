import { describe, expect, it } from 'vitest';
import { kindOf } from '../../../../src/domain/ref.ts';
import { pagedList } from '../../../../src/sources/kube/paged-list.ts';
import { asJson } from '../../../../src/sources/kube/representation.ts';
import { VirtualClock } from '../../../support/virtual-clock.ts';
import { until } from './open-port.ts';
import { open } from './open-transport.ts';
import { json, serve, type Answer } from './tls-server.ts';

const AS_IT_IS = asJson<unknown>({ json: (item) => item, protobuf: () => null });
const NONE = { 'certificate-authority-data': '' };
const GiB = 2 ** 30;

/** Lists the pods of a server that answers with `answer`. */
async function list(answer: Answer, clock?: VirtualClock) {
  const { url, seen } = await serve(answer);
  const rows: unknown[] = [];
  const listed = pagedList<unknown>({
    transport: open({ server: url, ...NONE }, {}, clock === undefined ? {} : { clock }),
    kind: kindOf('pods'),
    namespace: '',
    form: AS_IT_IS,
    row: (row) => rows.push(row),
  });
  return { listed, rows, seen };
}

/** Writes `piece` until the reader goes away, and gives how many bytes that were. */
function endlessly(response: Parameters<Answer>[1], head: string, piece: string): () => number {
  let written = 0;
  response.writeHead(200, { 'Content-Type': 'application/json' });
  response.write(head);
  const more = (): void => {
    while (!response.destroyed && written < GiB) {
      written += piece.length;
      if (!response.write(piece)) {
        response.once('drain', more);
        return;
      }
    }
  };
  more();
  return () => written;
}

describe('a list without end is an error', () => {
  it('where a page repeats its token', async () => {
    const page = { metadata: { continue: 'more' }, items: [{}] };
    const { listed, seen } = await list((_seen, response) => json(response, page));
    await expect(listed).rejects.toThrow(/repeats the token of a page/);
    expect(seen).toHaveLength(2);
  });

  it('where there is always another page', async () => {
    let pages = 0;
    const { listed } = await list((_seen, response) =>
      json(response, { metadata: { continue: `after-${++pages}` }, items: [] }),
    );
    await expect(listed).rejects.toThrow(/has more than 2000 pages of pods/);
  });

  it.each([
    ['an object', '{"items":[{"a":"', 'x'.repeat(65_536), /an object of more than 8 MiB/],
    ['what surrounds them', '{"metadata":{"a":"', 'x'.repeat(65_536), /a list of more than 1 MiB/],
    ['their number', '{"items":[{}', ',{}'.repeat(20_000), /more than 250000 pods/],
  ])('by %s', async (_what, head, piece, why) => {
    let written = (): number => 0;
    const { listed } = await list((_seen, response) => {
      written = endlessly(response, head, piece);
    });
    await expect(listed).rejects.toThrow(why);
    expect(written()).toBeLessThan(GiB / 16);
  });

  it('where nothing comes any more', async () => {
    const clock = new VirtualClock();
    const { listed } = await list((_seen, response) => {
      response.writeHead(200, { 'Content-Type': 'application/json' }).write('{"items":[');
    }, clock);
    const ended = expect(listed).rejects.toThrow(/no answer from .* within 30 s/);
    let over = false;
    void ended.then(() => (over = true));
    await until(() => {
      clock.advance(1_000);
      return over;
    });
    await ended;
  });
});

it('a page whose token has expired begins the list anew, in one piece', async () => {
  const begun: string[] = [];
  const { url, seen } = await serve(({ url: path }, response) => {
    if (path.includes('continue=')) json(response, { reason: 'Expired', message: 'old' }, 410);
    else if (path.includes('limit=')) json(response, { metadata: { continue: 'x' }, items: [1] });
    else json(response, { metadata: { resourceVersion: '7' }, items: [{ a: 1 }, { a: 2 }] });
  });
  const version = await pagedList<unknown>({
    transport: open({ server: url, ...NONE }),
    kind: kindOf('pods'),
    namespace: '',
    form: AS_IT_IS,
    begin: (type) => begun.push(type),
    row: () => undefined,
  });
  expect(version).toBe('7');
  expect(begun).toHaveLength(2);
  expect(seen).toHaveLength(3);
});
