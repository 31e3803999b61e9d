import { expect, it } from 'vitest';
import { contextKey } from '../../../src/domain/cluster-key.ts';
import { refOf } from '../../../src/domain/ref.ts';
import type { KubePort } from '../../../src/ports/kube.ts';
import { ownPort } from '../../../src/session/own-port.ts';

const OWN = contextKey('staging');
const refTo = (cluster: typeof OWN) => refOf('pods', { cluster, namespace: 'shop', name: 'api' });

/** What takes no reference, and can therefore not be asked about another cluster's object. */
const WITHOUT_REFERENCE = new Set([
  'watch',
  'followKinds',
  'watchKind',
  'retryNow',
  'info',
  'logs',
  'can',
  'encodings',
  'close',
  'look',
  'clockOffset',
  'insecure',
]);

it('takes a reference to its own cluster only, whatever it is asked for', async () => {
  const asked: string[] = [];
  const port = new Proxy({} as KubePort, {
    get: (_target, name: string) => () => Promise.resolve(asked.push(name)),
  });
  const own = ownPort(port, OWN) as unknown as Record<
    string,
    (ref: ReturnType<typeof refTo>) => Promise<unknown>
  >;
  const names = Object.keys(own).filter((name) => !WITHOUT_REFERENCE.has(name));
  expect(names).toContain('delete');
  for (const name of names) {
    await expect(own[name]?.(refTo(contextKey('production')))).rejects.toThrow(
      'refused: this belongs to context:production, not to context:staging',
    );
    expect(asked).toEqual([]);
    await own[name]?.(refTo(OWN));
    expect(asked.splice(0)).toEqual([name]);
  }
});
