/**
 * kubectl comes in between: rights are taken away and objects are changed while a plan is shown, and
 * a budget holds back a drain. Where EKSCOPE_PEER_KUBECONFIG names a cluster of your own,
 * EKSCOPE_PEER_WRITES lets this write to a namespace of its own there; nodes are left alone.
 */
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { App } from '../e2e/driver.ts';
import { type Region, startRegion } from '../e2e/region.ts';
import { onPath } from '../support/on-path.ts';
import { Clients } from './peer.ts';

const OWN_CLUSTER = process.env['EKSCOPE_PEER_KUBECONFIG'] ?? '';
const MAY_WRITE = OWN_CLUSTER === '' || process.env['EKSCOPE_PEER_WRITES'] !== undefined;
const NAMESPACE = 'ekscope-mishaps';
const IMAGE = 'get deployment web -o jsonpath={.spec.template.spec.containers[0].image}';

describe.skipIf(!onPath('kubectl') || !MAY_WRITE)('when kubectl comes in between', () => {
  let region: Region | null = null;
  let clients: Clients;
  let env: Readonly<Record<string, string>>;

  const kubectl = (command: string): Promise<string> =>
    clients.kubectl(`--namespace=${NAMESPACE} ${command}`);
  const allow = (): Promise<string> =>
    kubectl(`create rolebinding operators --clusterrole=edit --serviceaccount=${NAMESPACE}:op`);

  beforeAll(async () => {
    if (OWN_CLUSTER === '') region = await startRegion('--pods', '100', '--speed', '20');
    const KUBECONFIG = region?.env['KUBECONFIG'] ?? OWN_CLUSTER;
    clients = new Clients({ ...region?.env, KUBECONFIG });
    await clients.kubectl(`create namespace ${NAMESPACE}`);
    await kubectl('create serviceaccount op');
    await kubectl('create deployment web --image=web:1 --replicas=2');
    await kubectl('wait --for=jsonpath={.status.observedGeneration} deployment/web --timeout=20s');
    await kubectl('set image deployment/web web=web:2');
    await kubectl(
      'wait --for=jsonpath={.status.observedGeneration}=2 deployment/web --timeout=20s',
    );
    // Somebody who may do only what the bindings of this namespace say.
    const file = join(clients.home, 'op.kubeconfig');
    copyFileSync(KUBECONFIG, file);
    const token = (await kubectl('create token op --duration=1h')).trim();
    const context = (await clients.kubectl('config current-context')).trim();
    const config = (command: string) => clients.kubectl(`config --kubeconfig=${file} ${command}`);
    await config(`set-credentials op --token=${token}`);
    await config(`set-context ${context} --user=op`);
    env = { KUBECONFIG: file };
  });
  afterAll(async () => {
    await clients.kubectl(`delete namespace ${NAMESPACE} --wait=false`);
    clients[Symbol.dispose]();
    region?.[Symbol.dispose]();
  });

  /** The program at the plan of a rollback to the first revision. */
  async function planned(): Promise<App> {
    const app = new App({ args: ['-n', NAMESPACE, '-c', `:deploy ${NAMESPACE}`], env });
    await app.wait(/▌ web/);
    app.press('R');
    await app.wait(/Go back to revision \d/);
    app.press('enter');
    await app.wait(/web:2 → web:1[^]*Cancel/);
    return app;
  }

  it('tells that a right was taken away, changes nothing, and does it once it is back', async () => {
    await allow();
    await using app = await planned();
    await kubectl('delete rolebinding operators');
    app.press('tab', 'enter');
    const refused = await app.wait(/cannot\s+patch/);
    expect(refused).toContain('✗ Roll back deployment/web to revision 1');
    expect(await kubectl(IMAGE)).toBe('web:2');
    await allow();
    await using again = await planned();
    again.press('tab', 'enter');
    await kubectl(
      'wait --for=jsonpath={.spec.template.spec.containers[0].image}=web:1 deployment/web --timeout=30s',
    );
    await kubectl('rollout undo deployment/web');
  });

  it('plans anew where the object was changed, and shows what would be lost', async () => {
    await using app = await planned();
    await kubectl('annotate deployment/web note=kept');
    // Its row has the change: the plan that is confirmed is not the one that was shown.
    await kubectl('wait --for=jsonpath={.metadata.annotations.note}=kept deployment/web');
    app.press('tab', 'enter');
    await app.wait(/has changed since: this is the new plan|was changed meanwhile/);
    expect(await kubectl(IMAGE)).toBe('web:2');
  });

  it.skipIf(OWN_CLUSTER !== '')('drains what kubectl would, as budgets allow', async () => {
    await kubectl('run alone --image=web:1');
    await kubectl('wait --for=condition=Ready pod/alone --timeout=60s');
    const node = await kubectl('get pod alone -o jsonpath={.spec.nodeName}');
    // Whatever else is started meanwhile is started elsewhere; what ends meanwhile is not looked for.
    await clients.kubectl(`cordon ${node}`);
    const options = '--ignore-daemonsets --delete-emptydir-data --force --timeout=1s';
    // Where a budget that was there before holds it back, it says so by its exit code.
    const dry = await clients
      .kubectl(`drain ${node} --dry-run=server ${options}`)
      .catch((error: unknown) => (error as { readonly stdout: string }).stdout);
    const pods = [...dry.matchAll(/^evicting pod (\S+)/gm)].map(([, pod = '']) => pod);
    // kubectl would try again for seconds where it is held back.
    await kubectl('create poddisruptionbudget held --selector=run=alone --min-available=1');
    await kubectl('wait --for=jsonpath={.status.currentHealthy}=1 pdb/held --timeout=30s');
    await using app = new App({ args: ['-c', ':nodes'], env: region?.env ?? {}, rows: 60 });
    await app.wait(/▌ \w/);
    app.type(`/${node.split('.')[0] ?? ''}\r`);
    await app.wait(/\[1\/\d+\]/);
    app.press('r');
    await app.wait('Ignore daemon sets');
    app.press('tab', 'down', 'tab', 'down');
    await app.wait(/\d+ go, \d+ stay, 0 block/);
    const left = await clients.kubectl(
      `get pods -A --field-selector spec.nodeName=${node} --no-headers -o custom-columns=:.metadata.name`,
    );
    const expected = pods.filter((pod) => left.includes(pod.split('/')[1] ?? ''));
    expect(expected).toContain(`${NAMESPACE}/alone`);
    // The lines of a frame may come in more than one write.
    for (const pod of expected) await app.wait(new RegExp(`[→!] ${pod}`));
    app.press('enter');
    const plan = await app.wait(/Affected[^]*Cancel/);
    expect(plan).toContain(`${NAMESPACE}/alone`);
    app.press('tab', ...(plan.includes('to confirm') ? [node] : []), 'enter');
    await app.wait('disruption budget');
    expect(await kubectl('get pod alone -o name')).toBe('pod/alone\n');
    await kubectl('delete pdb held');
    // Others may be held back by budgets of their own.
    await kubectl('wait --for=delete pod/alone --timeout=60s');
  });
});
