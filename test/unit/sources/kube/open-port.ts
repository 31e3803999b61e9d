import { onTestFinished } from 'vitest';
import type { KubePort } from '../../../../src/ports/kube.ts';
import type { Log } from '../../../../src/ports/log.ts';
import { createKubePort, loadKubeconfig } from '../../../../src/sources/kube/index.ts';
import { VirtualClock } from '../../../support/virtual-clock.ts';
import { serve, type Answer, type Seen } from './tls-server.ts';

/** A port on a server that answers with `answer`, on a virtual clock. */
export async function openPort(
  answer: Answer,
  options: {
    readonly readonly?: boolean;
    readonly fallbackNamespaces?: readonly string[];
    /** What stands in for chance, from 0 to 1: how long is waited after failures. */
    readonly random?: number;
  } = {},
): Promise<{ port: KubePort; clock: VirtualClock; seen: readonly Seen[]; url: string }> {
  const { url, seen } = await serve(answer);
  return { ...portTo(url, options), seen, url };
}

/** A port on the server at `url`, on a virtual clock. */
export function portTo(
  url: string,
  options: NonNullable<Parameters<typeof openPort>[1]> & { readonly log?: Log } = {},
): { port: KubePort; clock: VirtualClock } {
  const clock = new VirtualClock();
  const text = JSON.stringify({
    'current-context': 'c',
    clusters: [{ name: 'c', cluster: { server: url } }],
    contexts: [{ name: 'c', context: { cluster: 'c' } }],
  });
  const port = createKubePort({
    target: { config: loadKubeconfig({ text }), context: 'c' },
    readonly: () => options.readonly ?? false,
    version: '1',
    fallbackNamespaces: options.fallbackNamespaces ?? [],
    clock,
    env: {},
    random: () => options.random ?? 0,
    log: options.log,
  });
  onTestFinished(() => port.close());
  return { port, clock };
}

/** Waits, turn by turn of the event loop, until `condition` holds. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise<void>((resolve) => setImmediate(resolve));
}
