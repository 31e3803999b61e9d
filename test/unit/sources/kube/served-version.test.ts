/** Kinds that servers have in an older version than the one that is asked for first. */
import { expect, it } from 'vitest';
import type { Tables } from '../../../../src/domain/tables/index.ts';
import { tcproutes } from '../../../../src/resources/tcproutes.ts';
import { recordingSink } from '../../../support/recording-sink.ts';
import { openPort } from './open-port.ts';
import { json, type Answer } from './tls-server.ts';

const ROOT = '/apis/gateway.networking.k8s.io';

/** A server that has TCP routes in these versions, and lists them in pages alone. */
const servingIn =
  (versions: readonly string[]): Answer =>
  ({ url }, response) => {
    const version = versions.find((each) => url.startsWith(`${ROOT}/${each}/tcproutes`));
    if (version === undefined) json(response, { kind: 'Status', code: 404 }, 404);
    else if (url.includes('sendInitialEvents')) json(response, { kind: 'Status', code: 422 }, 422);
    else if (url.includes('watch=')) return;
    else {
      const apiVersion = `gateway.networking.k8s.io/${version}`;
      const metadata = { name: 'db', namespace: 'shop', uid: 'u-1', resourceVersion: '5' };
      json(response, {
        metadata: { resourceVersion: '9' },
        items: [{ apiVersion, kind: 'TCPRoute', metadata }],
      });
    }
  };

const versionsAsked = (
  seen: readonly { readonly url: string }[],
): readonly (string | undefined)[] => seen.map(({ url }) => url.slice(ROOT.length).split('/')[1]);

it('are read in the newest that there is, and their objects are asked for in it', async () => {
  const { port, seen } = await openPort(servingIn(['v1alpha2']));
  const sink = recordingSink<Tables['tcproutes']>();
  port.watch('tcproutes', { namespace: '' }, sink);
  await sink.until(({ last }) => last?.state === 'live');
  expect(versionsAsked(seen).slice(0, 2)).toEqual(['v1', 'v1alpha2']);
  const [row] = sink.rows.values();
  expect(row && tcproutes.ref?.(row)).toMatchObject({ version: 'v1alpha2', resource: 'tcproutes' });
});

it('are asked for in each again where the server has none, which is said once', async () => {
  const { port, seen, clock } = await openPort(servingIn([]));
  const sink = recordingSink<Tables['tcproutes']>();
  port.watch('tcproutes', { namespace: '' }, sink);
  await sink.until(({ last }) => last?.state === 'absent');
  expect(sink.last?.reason).toContain('this cluster has no tcproutes');
  clock.advance(600_000);
  await expect.poll(() => versionsAsked(seen)).toEqual(['v1', 'v1alpha2', 'v1', 'v1alpha2']);
});
