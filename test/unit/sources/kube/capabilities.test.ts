import { expect, it } from 'vitest';
import { recordingSink } from '../../../support/recording-sink.ts';
import { openPort } from './open-port.ts';
import { json, type Answer } from './tls-server.ts';

/** An empty streaming list that goes on as a watch. */
const EMPTY =
  '{"type":"BOOKMARK","object":{"metadata":{"resourceVersion":"1","annotations":{"k8s.io/initial-events-end":"true"}}}}\n';

const nothingThere: Answer = ({ url }, response) => {
  if (url.includes('watch=1')) {
    response.writeHead(200, { 'Content-Type': 'application/json' }).write(EMPTY);
  } else json(response, { metadata: { resourceVersion: '1' }, items: [] });
};

const refusal = (code: number) => ({ kind: 'Status', code, message: 'no' });

it('what one kind is refused in protobuf, the others are still asked for in', async () => {
  const { port, seen } = await openPort((request, response) => {
    const { accept = '' } = request.headers;
    const refused = request.url.includes('/nodes') && accept.includes('protobuf');
    if (refused) json(response, refusal(406), 406);
    else nothingThere(request, response);
  });
  for (const table of ['nodes', 'pods', 'nodes'] as const) {
    const sink = recordingSink();
    port.watch(table, { namespace: '' }, sink);
    await sink.until(({ last }) => last?.state === 'live');
  }
  const asked = seen.map(({ url, headers }) => [
    /\/v1\/(\w+)/.exec(url)?.[1],
    headers.accept?.includes('protobuf'),
  ]);
  expect(asked).toEqual([
    ['nodes', true],
    ['nodes', false],
    ['pods', true],
    ['nodes', false],
  ]);
});

it('what one group cannot list in a watch, the others are still asked to', async () => {
  const { port, seen } = await openPort((request, response) => {
    const refused = request.url.startsWith('/apis/policy') || request.url.startsWith('/apis/apps');
    if (refused && request.url.includes('sendInitialEvents')) json(response, refusal(422), 422);
    else nothingThere(request, response);
  });
  for (const table of ['deployments', 'pods', 'statefulsets'] as const) {
    const sink = recordingSink();
    port.watch(table, { namespace: '' }, sink);
    await sink.until(({ last }) => last?.state === 'live');
  }
  const streamed = seen.filter(({ url }) => url.includes('sendInitialEvents'));
  expect(streamed.map(({ url }) => url.split('?')[0])).toEqual([
    '/apis/apps/v1/deployments',
    '/api/v1/pods',
  ]);
});
