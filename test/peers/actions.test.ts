/**
 * kubectl is the judge of what keys do: two namespaces begin alike, in one kubectl changes something,
 * in the other the program does by its keys, and the objects that come of it are compared field by
 * field. Where EKSCOPE_PEER_KUBECONFIG names a cluster of your own, EKSCOPE_PEER_WRITES lets this
 * write to two namespaces of its own there; nodes are left alone.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { App } from '../e2e/driver.ts';
import { type Region, startRegion } from '../e2e/region.ts';
import { onPath } from '../support/on-path.ts';
import { Clients } from './peer.ts';
import { Twins } from './twins.ts';

const OWN_CLUSTER = process.env['EKSCOPE_PEER_KUBECONFIG'] ?? '';
const MAY_WRITE = OWN_CLUSTER === '' || process.env['EKSCOPE_PEER_WRITES'] !== undefined;

const labels = (app: string) => ({ app });
const workload = (kind: string, spec: object = {}) => ({
  apiVersion: 'apps/v1',
  kind,
  metadata: { name: 'web', annotations: { team: 'a' } },
  spec: {
    selector: { matchLabels: labels(kind) },
    template: {
      metadata: { labels: labels(kind) },
      spec: { containers: [{ name: 'web', image: 'shop/web:1' }] },
    },
    ...spec,
  },
});

const OBJECTS: Readonly<Record<string, object>> = {
  deployment: workload('Deployment', { replicas: 2 }),
  statefulset: workload('StatefulSet', { replicas: 2, serviceName: 'web' }),
  replicaset: workload('ReplicaSet', { replicas: 2 }),
  daemonset: workload('DaemonSet'),
  hpa: {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: { name: 'web' },
    spec: {
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'elsewhere' },
      minReplicas: 2,
      maxReplicas: 4,
    },
  },
};

/** What is done with an object called `web`. */
interface Act {
  readonly kind: keyof typeof OBJECTS;
  readonly kubectl: string;
  /** What opens the dialog, what it then shows, and what is typed into its form. */
  readonly keys: readonly string[];
  readonly form?: { readonly shows: RegExp; readonly keys: readonly string[] };
  /** A path that says that it was done, with its value. */
  readonly done: string;
}

const scaled = (kind: string): Act => ({
  kind,
  kubectl: `scale ${kind}/web --replicas=3`,
  keys: ['s'],
  form: { shows: /Replicas/, keys: ['3'] },
  done: '{.spec.replicas}=3',
});
const restarted = (kind: string): Act => ({
  kind,
  kubectl: `rollout restart ${kind}/web`,
  keys: ['r'],
  done: '{.spec.template.metadata.annotations.kubectl\\.kubernetes\\.io/restartedAt}',
});
const imageSet = (kind: string): Act => ({
  kind,
  kubectl: `set image ${kind}/web web=shop/web:2`,
  keys: ['i'],
  form: { shows: /▸ web shop\/web:1/, keys: ['ctrl-u', 'shop/web:2'] },
  done: '{.spec.template.spec.containers[0].image}=shop/web:2',
});

const ACTS: readonly Act[] = [
  ...['deployment', 'statefulset', 'replicaset'].map(scaled),
  ...['deployment', 'statefulset', 'daemonset'].map(restarted),
  ...['deployment', 'statefulset', 'daemonset'].map(imageSet),
  {
    kind: 'deployment',
    kubectl: 'rollout pause deployment/web',
    keys: ['ctrl-p'],
    form: { shows: /Commands/, keys: ['pause rollout'] },
    done: '{.spec.paused}=true',
  },
  {
    kind: 'deployment',
    kubectl: 'rollout resume deployment/web',
    keys: ['ctrl-p'],
    form: { shows: /Commands/, keys: ['resume rollout'] },
    // It is unknown while it is paused.
    done: '{.status.conditions[?(@.type=="Progressing")].status}=True',
  },
  {
    kind: 'hpa',
    kubectl: 'patch hpa/web --type=merge -p {"spec":{"minReplicas":3,"maxReplicas":9}}',
    keys: ['s'],
    form: { shows: /Set bounds|Bounds|▸ M/, keys: ['3', 'tab', '9'] },
    done: '{.spec.maxReplicas}=9',
  },
];

describe.skipIf(!onPath('kubectl') || !MAY_WRITE)('keys do as kubectl does', () => {
  let region: Region | null = null;
  let clients: Clients;
  let twins: Twins;
  let app: App;

  beforeAll(async () => {
    if (OWN_CLUSTER === '') region = await startRegion('--pods', '100', '--speed', '20');
    const env = region?.env ?? { KUBECONFIG: OWN_CLUSTER };
    clients = new Clients(env);
    twins = new Twins(clients, 'acts');
    await twins.create();
    for (const [name, object] of Object.entries(OBJECTS)) await twins.apply(name, object);
    app = new App({ args: ['-c', ':pulse'], env });
    await app.wait(/Pulse\(/);
  });
  afterAll(async () => {
    await app[Symbol.asyncDispose]();
    await twins.remove();
    clients[Symbol.dispose]();
    region?.[Symbol.dispose]();
  });

  /** Opens the pane of a kind in our namespace, which then shows that. */
  async function open(kind: string, shown: RegExp): Promise<void> {
    app.type(':pulse\r');
    await app.wait(/Pulse\(/);
    app.type(`:${kind} ${twins.byUs}\r`);
    await app.wait(shown);
  }

  it.each(ACTS)('$kubectl', async ({ kind, kubectl, keys, form, done }) => {
    const what = `${kind}/web`;
    await clients.kubectl(`-n ${twins.byKubectl} ${kubectl}`);
    await open(kind, /▌ web/);
    app.press(...keys);
    if (form) {
      await app.wait(form.shows);
      app.press(...form.keys, 'enter');
    }
    await confirm(app);
    await clients.kubectl(`wait --for=jsonpath=${done} ${what} -n ${twins.byUs} --timeout=30s`);
    if (kind !== 'hpa') for (const each of twins.both) await twins.observed(what, each);
    const [theirs, ours] = await Promise.all(twins.both.map((each) => twins.read(what, each)));
    if (theirs === undefined || ours === undefined) throw new Error('there are two');
    expect(twins.comparable(ours)).toEqual(twins.comparable(theirs));
  });

  it.each(['background', 'foreground', 'orphan'])('deletes, %s', async (propagation) => {
    const name = `short-${propagation}`;
    await twins.apply(name, {
      ...workload('Deployment'),
      metadata: { name, labels: labels(name) },
    });
    const leftOf = async (namespace: string): Promise<readonly string[]> => {
      await clients.kubectl(`wait --for=delete deployment/${name} -n ${namespace} --timeout=60s`);
      const names = await clients.kubectl(`get rs,deploy -n ${namespace} -o name`);
      return names.split('\n').filter((each) => each.includes(name));
    };
    for (const each of twins.both) await twins.observed(`deployment/${name}`, each);
    await clients.kubectl(
      `delete deployment ${name} -n ${twins.byKubectl} --cascade=${propagation} --wait=false`,
    );
    await open('deploy', /Deployments\(/);
    app.type(`/${name}\r`);
    await app.wait(new RegExp(`\\[1/\\d+\\] /${name}[^]*▌ ${name}`));
    app.press('ctrl-d');
    await app.wait('What it owns');
    app.type(`${propagation}\r`);
    await confirm(app);
    expect(await leftOf(twins.byUs)).toEqual(await leftOf(twins.byKubectl));
  });

  /** Takes the plan that is shown; Cancel has the focus. */
  async function confirm(app: App): Promise<void> {
    const plan = await app.wait(/Cancel/);
    expect(plan).toContain('kubectl');
    app.press('tab', 'enter');
    await app.wait((screen) => screen !== plan && !screen.includes('Cancel'));
  }
});
