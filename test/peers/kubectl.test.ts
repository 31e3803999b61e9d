/**
 * kubectl is the judge of what the panes say, and of the simulated Kubernetes API. Skipped where it
 * is not installed. EKSCOPE_PEER_KUBECONFIG points what only reads at a cluster of your own.
 */
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Region, startRegion } from '../e2e/region.ts';
import { onPath } from '../support/on-path.ts';
import { agreement, type Comparison } from './agreement.ts';
import { OBJECTS, USAGE } from './comparisons.ts';
import { Clients, type Values } from './peer.ts';

const OWN_CLUSTER = process.env['EKSCOPE_PEER_KUBECONFIG'] ?? '';

describe.skipIf(!onPath('kubectl'))('kubectl', () => {
  let region: Region | null = null;
  let clients: Clients;

  beforeAll(async () => {
    // A world that lives: all that a pod may be is there, and lines that move are left out.
    if (OWN_CLUSTER === '') region = await startRegion('--scenario', 'steady', '--pods', '300');
    clients = new Clients(region?.env ?? { KUBECONFIG: OWN_CLUSTER });
  });
  afterAll(() => {
    clients[Symbol.dispose]();
    region?.[Symbol.dispose]();
  });

  async function agrees(comparison: Comparison): Promise<void> {
    const { lines, compared, differences } = await agreement(clients, comparison);
    expect(differences).toEqual([]);
    // Nothing is known of how fast an own cluster moves.
    if (OWN_CLUSTER === '') expect(compared).toBeGreaterThanOrEqual(lines / 2);
  }

  it.each(Object.entries(OBJECTS))('lists the same %s', (_, comparison) => agrees(comparison));

  it.each(Object.entries(USAGE))('measures the same use of %s', (_, comparison) =>
    agrees(comparison),
  );

  it.each(['deployments', 'statefulsets', 'daemonsets'])(
    'says the same of rollouts of %s',
    async (kind) => {
      const before = await unfinished(kind);
      const said = new Map<string, string>();
      for (const [name] of before) said.set(name, await rolloutStatus(kind, name));
      const after = await unfinished(kind);
      for (const [name, text] of after) {
        if (before.get(name) === text) expect(said.get(name)).toContain(text);
      }
    },
  );

  async function unfinished(kind: string): Promise<ReadonlyMap<string, string>> {
    const rows = await clients.rows(`${kind} -A`);
    return new Map(
      rows
        .filter(({ status }) => status !== 'successfully rolled out')
        .map(({ namespace, name, status }) => [`${namespace}/${name}`, String(status)]),
    );
  }

  /** What kubectl says, also where it is an error. */
  async function rolloutStatus(kind: string, object: string): Promise<string> {
    const [namespace = '', name = ''] = object.split('/');
    return clients
      .kubectl(`rollout status ${kind}/${name} -n ${namespace} --watch=false`)
      .catch(String);
  }

  it.skipIf(OWN_CLUSTER !== '')('follows logs', async () => {
    using logs = clients.follow('logs -f --tail=3 -n ingress deployment/ingress-nginx-controller');
    for (let i = 0; i < 6; i++) await logs.line(/./);
  });

  it.each(['Pod', 'Node', 'Deployment'])('describes a %s with its events', async (kind) => {
    const events = await clients.rows('events -A');
    const described = await describedEvents(kind, events);
    // An own cluster may have been quiet for an hour, and the only node of which is told may have left.
    const mayBeNone = OWN_CLUSTER !== '' || kind === 'Node';
    if (described.length > 0 || !mayBeNone) expect(described).toContain(true);
  });

  /** Of each of the newest events of the kind: is it in the description of its object, if that is there? */
  async function describedEvents(
    kind: string,
    events: readonly Values[],
  ): Promise<readonly boolean[]> {
    const found: boolean[] = [];
    const ofKind = events.filter(({ object }) => String(object).startsWith(`${kind}/`));
    for (const { namespace, object, reason, message } of ofKind.slice(0, 10)) {
      const scope = kind === 'Node' ? '' : ` -n ${String(namespace)}`;
      const text = await clients
        .kubectl(`describe ${String(object)}${scope}`)
        .catch((error: unknown) => {
          // It may have gone meanwhile.
          if (String(error).includes('not found')) return null;
          throw error;
        });
      if (text === null) continue;
      const [, told = ''] = text.split(/^Events:/m);
      const [line = ''] = String(message).split('\n');
      found.push(told.includes(String(reason)) && told.includes(line));
      if (found.includes(true)) break;
    }
    return found;
  }
});

describe.skipIf(!onPath('kubectl') || OWN_CLUSTER !== '')('kubectl acts', () => {
  // Of our own, so that nobody else acts on it.
  const NAMESPACE = 'bench';
  const NAME = 'sign';
  const ROW = `deployments ${NAME} -n ${NAMESPACE}`;
  const PODS = `pods -n ${NAMESPACE} -l app=${NAME}`;
  let region: Region;
  let clients: Clients;

  beforeAll(async () => {
    region = await startRegion('--pods', '100', '--speed', '20');
    clients = new Clients(region.env);
    await clients.kubectl(`create namespace ${NAMESPACE}`);
    await clients.kubectl(`create deployment ${NAME} -n ${NAMESPACE} --image=sign:1 --replicas=2`);
    await rolledOut();
  });
  afterAll(() => {
    clients[Symbol.dispose]();
    region[Symbol.dispose]();
  });

  const rolledOut = () =>
    clients.kubectl(`rollout status deployment/${NAME} -n ${NAMESPACE} --timeout=120s`);

  it('scales, and follows until it is done', async () => {
    await clients.kubectl(`scale deployment/${NAME} -n ${NAMESPACE} --replicas=5`);
    expect(await rolledOut()).toMatch(/successfully rolled out\n$/);
    expect(await clients.rows(ROW)).toMatchObject([
      { ready: '5/5', status: 'successfully rolled out' },
    ]);
    expect(await clients.rows(PODS)).toHaveLength(5);
  });

  it('restarts a rollout, which is a revision more', async () => {
    const [before] = await clients.rows(ROW);
    await clients.kubectl(`rollout restart deployment/${NAME} -n ${NAMESPACE}`);
    await rolledOut();
    const [after] = await clients.rows(ROW);
    expect(Number(after?.['revision'])).toBe(Number(before?.['revision']) + 1);
    const history = await clients.kubectl(`rollout history deployment/${NAME} -n ${NAMESPACE}`);
    expect(history.trimEnd().split('\n').at(-1)).toMatch(`${String(after?.['revision'])} `);
  });

  // kubectl sends these as protobuf.
  it.each([
    ['service', 'create service clusterip sign --tcp=80:8080'],
    ['configmap', 'create configmap sign --from-literal=mode=loud'],
    ['secret', 'create secret generic sign --from-literal=key=value'],
    ['serviceaccount', 'create serviceaccount sign'],
    ['ingress', 'create ingress sign --rule=sign.example/=sign:80'],
    [
      'poddisruptionbudget',
      'create poddisruptionbudget sign --selector=app=sign --min-available=1',
    ],
  ])('creates a %s', async (kind, command) => {
    await clients.kubectl(`${command} -n ${NAMESPACE}`);
    expect(await clients.kubectl(`get ${kind} sign -n ${NAMESPACE} -o name`)).toMatch(/\/sign\n$/);
    await clients.kubectl(`delete ${kind} sign -n ${NAMESPACE}`);
  });

  it('watches a pod leave and another come', async () => {
    const [pod] = await clients.rows(PODS);
    const name = String(pod?.['name']);
    using watch = clients.follow(`get ${PODS} -w`);
    await watch.line(new RegExp(`^${name} +1/1 +Running`));
    await clients.kubectl(`delete pod ${name} -n ${NAMESPACE}`);
    await watch.line(new RegExp(`^${name} +1/1 +Terminating`));
    const line = await watch.line(new RegExp(`^(?!${name})\\S+ +1/1 +Running`));
    await clients.kubectl(`wait --for=delete pod/${name} -n ${NAMESPACE} --timeout=120s`);
    const names = (await clients.rows(PODS)).map((row) => row['name']);
    expect(names).not.toContain(name);
    expect(names).toContain(line.split(' ')[0]);
  });

  it.skipIf(!onPath('aws'))('works with the kubeconfig that the aws CLI writes', async () => {
    const [cluster] = await clients.rows('clusters');
    const file = join(clients.home, 'kubeconfig');
    await clients.aws(
      `eks update-kubeconfig --name ${String(cluster?.['name'])} --kubeconfig ${file}`,
    );
    using asUser = clients.with({ KUBECONFIG: file });
    const lines = await asUser.table('get nodes');
    expect(lines.length).toBeGreaterThan(0);
    const names = (await asUser.rows('nodes')).map((row) => row['name']);
    expect(lines.map((line) => line['NAME']).sort()).toEqual(names.sort());
  });
});
