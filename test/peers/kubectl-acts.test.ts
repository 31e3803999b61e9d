/**
 * kubectl changes things: what it is answered, in substance. Skipped where it is not installed.
 * EKSCOPE_PEER_KUBECONFIG points what needs no kubelet at a cluster of your own, in which a
 * namespace is made and taken away again.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Region, startRegion } from '../e2e/region.ts';
import { onPath } from '../support/on-path.ts';
import { Clients } from './peer.ts';

const OWN_CLUSTER = process.env['EKSCOPE_PEER_KUBECONFIG'] ?? '';
const NAMESPACE = 'ekscope-peers';

let region: Region | null = null;
let clients: Clients;

/** kubectl in the namespace of these tests. */
const kubectl = (command: string): Promise<string> =>
  clients.kubectl(`--namespace=${NAMESPACE} ${command}`);

const refused = (command: string): Promise<string> =>
  kubectl(command).then(
    () => 'it was not refused',
    (error: unknown) => (error as { readonly stderr: string }).stderr,
  );

/** A manifest in a file, for `-f`. */
function manifest(name: string, object: object): string {
  const file = join(clients.home, name);
  writeFileSync(file, JSON.stringify(object));
  return file;
}

function deployment(replicas: number, image: string): object {
  const labels = { app: 'web' };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web', labels },
    spec: {
      replicas,
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: [{ name: 'c', image }] } },
    },
  };
}

describe.skipIf(!onPath('kubectl'))('kubectl changes things', () => {
  beforeAll(async () => {
    if (OWN_CLUSTER === '') region = await startRegion('--pods', '100', '--speed', '20');
    clients = new Clients(region?.env ?? { KUBECONFIG: OWN_CLUSTER });
    await clients.kubectl(`create namespace ${NAMESPACE}`);
    await kubectl(`apply --server-side -f ${manifest('web.json', deployment(2, 'web:1'))}`);
  });
  afterAll(async () => {
    await clients.kubectl(`delete namespace ${NAMESPACE} --wait=false`);
    clients[Symbol.dispose]();
    region?.[Symbol.dispose]();
  });

  it('does not apply over what was set in another way, and does by force', async () => {
    await kubectl('scale deployment/web --replicas=3');
    const file = join(clients.home, 'web.json');
    const said = await refused(`apply --server-side -f ${file}`);
    expect(said).toContain('Apply failed with 1 conflict');
    expect(said).toContain('.spec.replicas');
    await kubectl(`apply --server-side --force-conflicts -f ${file}`);
    expect(await kubectl('get deployment web -o jsonpath={.spec.replicas}')).toBe('2');
  });

  it('undoes a rollout, and the history tells it', async () => {
    await kubectl('set image deployment/web c=web:2');
    const revision = String.raw`{.metadata.annotations.deployment\.kubernetes\.io/revision}`;
    await kubectl(`wait --for=jsonpath=${revision}=2 deployment/web --timeout=20s`);
    await kubectl('rollout undo deployment/web');
    expect(
      await kubectl('get deployment web -o jsonpath={.spec.template.spec.containers[0].image}'),
    ).toBe('web:1');
    expect(await refused('rollout undo deployment/web --to-revision=99')).toContain(
      'unable to find specified revision 99 in history',
    );
  });

  it.each([
    ['an unknown field', 'replcas', 3, 'strict decoding error: unknown field "spec.replcas"'],
    [
      'a value of another type',
      ...(['replicas', 'three'] as const),
      'json: cannot unmarshal string into Go struct field DeploymentSpec.spec.replicas of type int32',
    ],
  ])('is refused %s', async (_name, field, value, said) => {
    const { spec, ...rest } = deployment(2, 'web:1') as { readonly spec: object };
    const file = manifest('wrong.json', { ...rest, spec: { ...spec, [field]: value } });
    expect(await refused(`create -f ${file}`)).toContain(said);
  });

  it('explains fields: their types, which are required, and what is in them', async () => {
    const told = await kubectl('explain deployment.spec');
    for (const line of [
      'replicas\t<integer>',
      'selector\t<LabelSelector> -required-',
      'template\t<PodTemplateSpec> -required-',
      'The number of old ReplicaSets to retain to allow rollback.',
    ])
      expect(told).toContain(line);
    expect(await kubectl('explain pod.spec.containers.resources.limits')).toContain(
      '<map[string]Quantity>',
    );
    expect(await refused('explain pod.spec.nope')).toContain('field "nope" does not exist');
  });

  it('makes an autoscaler of either version', async () => {
    // 1.33 and newer send autoscaling/v2, older ones autoscaling/v1.
    await kubectl('autoscale deployment web --min=2 --max=5 --cpu-percent=50');
    for (const version of ['v1', 'v2'])
      expect(
        await kubectl(`get hpa.${version}.autoscaling web -o jsonpath={.spec.maxReplicas}`),
      ).toBe('5');
    await kubectl('delete hpa web');
  });

  it('binds a service account to a role, which then may what the role says', async () => {
    const as = `--as=system:serviceaccount:${NAMESPACE}:default`;
    await kubectl('create role reader --verb=get,list --resource=pods');
    await kubectl(`create rolebinding readers --role=reader --serviceaccount=${NAMESPACE}:default`);
    expect(await kubectl(`auth can-i list pods ${as}`)).toBe('yes\n');
    expect(await refused(`get secrets ${as}`)).toContain('cannot list resource "secrets"');
    await kubectl('delete rolebinding readers');
    expect(await refused(`get pods ${as}`)).toContain('cannot list resource "pods"');
  });

  it.each([
    ['what is not there', 'get deployment nope', 'deployments.apps "nope" not found'],
    ['what is there', 'create deployment web --image=x', 'deployments.apps "web" already exists'],
    ['a name', 'create configmap Bad_Name', 'metadata.name: Invalid value: "Bad_Name"'],
    ['a number', 'scale deployment/web --replicas=-1', 'The --replicas=COUNT flag is required'],
  ])('is refused %s', async (_name, command, said) => {
    expect(await refused(command)).toContain(said);
  });

  it('suspends a cron job and runs it by hand', async () => {
    await kubectl('create cronjob nightly --image=busybox --schedule=@daily');
    await kubectl('patch cronjob nightly --type=merge -p {"spec":{"suspend":true}}');
    expect(await kubectl('get cronjob nightly -o jsonpath={.spec.suspend}')).toBe('true');
    await kubectl('create job by-hand --from=cronjob/nightly');
    expect(await kubectl('get job by-hand -o name')).toBe('job.batch/by-hand\n');
  });

  it('gets a token of a service account', async () => {
    const token = await kubectl('create token default --audience=sts.amazonaws.com --duration=1h');
    const claims = JSON.parse(
      Buffer.from(token.split('.')[1] ?? '', 'base64url').toString(),
    ) as object;
    expect(claims).toMatchObject({
      sub: `system:serviceaccount:${NAMESPACE}:default`,
      aud: ['sts.amazonaws.com'],
    });
  });

  it('debugs a node, by a pod that it makes there', async () => {
    const [node = ''] = (await kubectl('get nodes -o name')).split('\n');
    const said = await kubectl(`debug ${node} --profile=general --image=busybox -- true`);
    const pod = /debugging pod (\S+) with/.exec(said)?.[1] ?? '';
    const made = `get pod ${pod} -o jsonpath={.spec.nodeName},{.spec.hostPID}`;
    expect(await kubectl(made)).toBe(`${node.replace('node/', '')},true`);
    await kubectl(`delete pod ${pod} --now`);
  });

  it('deletes in the foreground', async () => {
    await kubectl('create deployment short --image=x --replicas=1');
    await kubectl('delete deployment short --cascade=foreground --timeout=60s');
    expect(await kubectl('get replicasets -l app=short -o name')).toBe('');
  });

  describe.skipIf(OWN_CLUSTER !== '')('in a container', () => {
    let pod = '';
    beforeAll(async () => {
      await kubectl('run box --image=busybox --port=8080');
      await kubectl('wait --for=condition=Ready pod/box --timeout=60s');
      pod = 'box';
    });

    it('runs commands, with their codes', async () => {
      expect(await kubectl(`exec ${pod} -- hostname`)).toBe(`${pod}\n`);
      await expect(kubectl(`exec ${pod} -- false`)).rejects.toMatchObject({ code: 1 });
      expect(await refused(`exec ${pod} -- zsh`)).toContain('executable file not found in $PATH');
    });

    it('copies files there and back', async () => {
      const [there, back] = [join(clients.home, 'there'), join(clients.home, 'back')];
      writeFileSync(there, 'x'.repeat(100_000));
      // Longer than a tar's own field for it, and not ASCII.
      const name = `/tmp/ü-${'n'.repeat(120)}`;
      await kubectl(`cp ${there} ${pod}:${name}`);
      await kubectl(`cp ${pod}:${name} ${back}`);
      expect(readFileSync(back, 'utf8')).toBe('x'.repeat(100_000));
    });

    it('forwards a port', async () => {
      using forward = clients.follow(`port-forward -n ${NAMESPACE} pod/${pod} :8080`);
      const line = await forward.line(/Forwarding from 127\.0\.0\.1:/);
      const [, port = ''] = /127\.0\.0\.1:(\d+)/.exec(line) ?? [];
      const answer = await new Promise<string>((resolve, reject) => {
        request({ port, agent: false }, (response) => {
          text(response).then(resolve, reject);
        })
          .on('error', reject)
          .end();
      });
      expect(JSON.parse(answer)).toMatchObject({ pod });
    });

    it('is held back by a disruption budget', async () => {
      await kubectl('create poddisruptionbudget keep --selector=run=box --min-available=1');
      await kubectl('wait --for=jsonpath={.status.currentHealthy}=1 pdb/keep --timeout=30s');
      const node = await kubectl(`get pod ${pod} -o jsonpath={.spec.nodeName}`);
      const said = await refused(
        `drain ${node} --pod-selector=run=box --force --ignore-daemonsets --timeout=1s`,
      );
      expect(said).toContain("Cannot evict pod as it would violate the pod's disruption budget.");
      await clients.kubectl(`uncordon ${node}`);
    });
  });
});
