/**
 * kubectl is the judge of rollbacks: two namespaces go the same way, one is rolled back by
 * `kubectl rollout undo`, the other by us, and all that comes of it is compared field by field.
 * Where EKSCOPE_PEER_KUBECONFIG names a cluster of your own, EKSCOPE_PEER_WRITES lets this write to
 * two namespaces of its own there.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/core/clock.ts';
import type { ActionFlow, FlowState } from '../../src/actions/engine/view.ts';
import { selectorText } from '../../src/domain/selector.ts';
import type { KubeObject, KubePort } from '../../src/ports/kube.ts';
import { createKubePort, loadKubeconfig } from '../../src/sources/kube/index.ts';
import { type Region, startRegion } from '../e2e/region.ts';
import { onPath } from '../support/on-path.ts';
import { workloadRow } from '../support/rows.ts';
import { ActionBench, at } from '../unit/actions/bench.ts';
import { Clients } from './peer.ts';
import { Twins } from './twins.ts';

const OWN_CLUSTER = process.env['EKSCOPE_PEER_KUBECONFIG'] ?? '';
const MAY_WRITE = OWN_CLUSTER === '' || process.env['EKSCOPE_PEER_WRITES'] !== undefined;

const KINDS = [
  ['Deployment', 'deployments', 'replicasets'],
  ['StatefulSet', 'statefulsets', 'controllerrevisions'],
  ['DaemonSet', 'daemonsets', 'controllerrevisions'],
] as const;
type Kind = (typeof KINDS)[number][0];

const manifest = (kind: Kind) => ({
  apiVersion: 'apps/v1',
  kind,
  metadata: {
    name: 'web',
    annotations: { 'kubernetes.io/change-cause': 'the first one', team: 'a' },
  },
  spec: {
    selector: { matchLabels: { app: kind } },
    ...(kind === 'StatefulSet' && { serviceName: 'web' }),
    template: {
      metadata: { labels: { app: kind }, annotations: { note: 'one: "1"' } },
      spec: {
        initContainers: [
          { name: 'migrate', image: 'shop/migrate:1', command: ['sh', '-c', 'a\nb'] },
        ],
        containers: [
          {
            name: 'web',
            image: 'shop/web:1',
            args: ['--port', '8080'],
            env: [
              { name: 'MODE', value: 'loud' },
              { name: 'POD', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
            ],
            ports: [{ containerPort: 8080 }],
            resources: { requests: { cpu: '10m', memory: '16Mi' } },
            volumeMounts: [{ name: 'tmp', mountPath: '/tmp' }],
          },
        ],
        volumes: [{ name: 'tmp', emptyDir: {} }],
      },
    },
  },
});

describe.skipIf(!onPath('kubectl') || !MAY_WRITE)('rolling back as kubectl rollout undo', () => {
  let region: Region | null = null;
  let clients: Clients;
  let twins: Twins;
  let port: KubePort;

  beforeAll(async () => {
    if (OWN_CLUSTER === '') region = await startRegion('--pods', '100', '--speed', '20');
    const env = region?.env ?? { KUBECONFIG: OWN_CLUSTER };
    clients = new Clients(env);
    const config = loadKubeconfig({ paths: [env['KUBECONFIG'] ?? ''], required: true });
    port = createKubePort({
      target: { config, context: config.currentContext },
      readonly: () => false,
      version: '1',
      fallbackNamespaces: [],
      clock: systemClock,
      env: { ...process.env, ...env },
    });
    twins = new Twins(clients, 'undo');
    await twins.create();
  });
  afterAll(async () => {
    port.close();
    await twins.remove();
    clients[Symbol.dispose]();
    region?.[Symbol.dispose]();
  });

  it.each(KINDS)('gives the same %s', async (kind, table, kept) => {
    await twins.apply(kind, manifest(kind));
    for (const namespace of twins.both) await anotherRevision(kind, namespace);
    await clients.kubectl(`rollout undo ${kind}/web -n ${twins.byKubectl} --to-revision=1`);
    await rollBack(kind, table, twins.byUs);
    const [theirs, ours] = await Promise.all(
      twins.both.map(async (namespace) => {
        await twins.observed(`${kind}/web`, namespace);
        return {
          workload: twins.comparable(await twins.read(`${kind}/web`, namespace)),
          kept: await keptRevisions(kind, kept, namespace),
        };
      }),
    );
    expect(ours).toEqual(theirs);
    expect(JSON.stringify(ours?.workload)).toContain('shop/web:1');
  });

  /** The same way for both: another image, other settings, other annotations. */
  async function anotherRevision(kind: Kind, namespace: string): Promise<void> {
    const object = `${kind}/web -n ${namespace}`;
    await twins.observed(`${kind}/web`, namespace);
    await clients.kubectl(`annotate ${object} --overwrite team=b added=later`);
    await clients.kubectl(`set image ${object} web=shop/web:2 migrate=shop/migrate:2`);
    await clients.kubectl(`set env ${object} -c web MODE- EXTRA=yes`);
    await clients.kubectl(`set resources ${object} -c web --limits=cpu=1`);
    await twins.observed(`${kind}/web`, namespace);
  }

  /** By the action: its form, its plan, its one step. */
  async function rollBack(
    kind: Kind,
    table: (typeof KINDS)[number][1],
    namespace: string,
  ): Promise<void> {
    const { metadata } = await twins.read(`${kind}/web`, namespace);
    const bench = new ActionBench();
    const target = bench.target(
      table,
      workloadRow(kind, {
        name: 'web',
        namespace,
        uid: metadata.uid ?? '',
        generation: Number(metadata['generation']),
        selector: selectorText({ matchLabels: { app: kind }, matchExpressions: [] }),
      }),
    );
    const runner = bench.runner({ ctx: { ...bench.context, kube: port } });
    const flow = runner.start('rollback', [target]);
    await stage(flow, 'form');
    const [field] = at(flow, 'form').lines;
    const first = field?.type === 'choice' ? field.options.at(-1) : undefined;
    expect(first?.title).toBe('revision 1');
    flow.change('revision', first?.id ?? '');
    flow.submit();
    await stage(flow, 'confirm');
    const { steps, refusals, diff } = at(flow, 'confirm').plan;
    expect(refusals).toEqual([]);
    expect(diff?.map(({ text }) => text.trim())).toContain('image: shop/web:1');
    await steps[0]?.run(new AbortController().signal, () => undefined);
  }

  /** What keeps the revisions, the oldest first. */
  async function keptRevisions(kind: Kind, kept: string, namespace: string) {
    const { items } = (await twins.read(`${kept} -l app=${kind}`, namespace)) as unknown as {
      readonly items: readonly KubeObject[];
    };
    return items
      .map((item) => twins.comparable(item))
      .sort((a, b) => (JSON.stringify(a.metadata) < JSON.stringify(b.metadata) ? -1 : 1));
  }
});

/** Waits until a flow has come so far. @throws Error where it is refused */
async function stage(flow: ActionFlow, wanted: FlowState['stage']): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const look = (): void => {
      const { state } = flow;
      if (state.stage === wanted && !(state.stage === 'form' && state.busy)) resolve();
      else if (state.stage === 'refused') reject(new Error(state.reason));
    };
    flow.subscribe(look);
    look();
  });
}
