/** What the shop keeps: its settings and secrets. */
import { rowOf } from '../support/rows.ts';
import type { Rows } from './world.ts';

const DAY = 24 * 60 * 60_000;

/** @param now the moment of the frames */
export function dataOf(now: number): Rows {
  const shop = { namespace: 'shop', created: now - 20 * DAY };
  const key = (name: string, size: number, binary = false) => ({ name, size, binary });
  return {
    configmaps: [
      rowOf('configmaps', {
        ...shop,
        name: 'api-config',
        keys: [key('APP_ENV', 10), key('application.yaml', 2140), key('logo.png', 40_210, true)],
      }),
      rowOf('configmaps', { ...shop, name: 'kube-root-ca.crt', keys: [key('ca.crt', 1107)] }),
    ],
  };
}
