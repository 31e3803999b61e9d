/** Describe, YAML, containers, help and what actions did. */
import { afterEach, describe, expect, it } from 'vitest';
import type { KubeObject, KubePort } from '../../src/ports/kube.ts';
import { Harness, type HarnessOptions } from './harness.ts';
import { SHOP } from './world.ts';

let h: Harness;
const start = async (options: HarnessOptions = {}) => {
  h = await Harness.start({ columns: 100, rows: 30, ...options });
};
afterEach(async () => h.quit());

const title = async () => (await h.line('╭─')) ?? '';

const object = (more: Record<string, unknown> = {}): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: {
    name: 'checkout-84f5c7b6d-x0k23',
    namespace: 'payments',
    uid: 'u1',
    managedFields: [{ manager: 'kubectl' }],
  },
  spec: { nodeName: 'n1', containers: [{ name: 'checkout', image: 'checkout:1' }] },
  ...more,
});

/** A server that answers `get` when the test wants. */
function slow() {
  const asked: {
    signal: AbortSignal | undefined;
    answer: (o: KubeObject) => void;
    fail: (e: Error) => void;
  }[] = [];
  const get: KubePort['get'] = (_, signal) =>
    new Promise((answer, fail) => asked.push({ signal, answer, fail }));
  return { asked, kube: { get } };
}

describe('a pod', () => {
  it('says beside its node where that is', async () => {
    await start();
    await h.press('/', 'status:oom', 'enter', 'd');
    await h.settle();
    expect(await h.line('Node  ')).toMatch(/Node +ip-\S+ {2}eu-central-1[abc] · \w+/);
  });
});

describe('YAML', () => {
  it('is fetched behind the keys, and left by esc at any moment', async () => {
    const { asked, kube } = slow();
    await start({ kube });
    await h.press('y');
    await h.wait(600);
    expect(await title()).toMatch(/[⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏] fetching… esc leaves/);
    await h.press('esc');
    expect(asked[0]?.signal?.aborted).toBe(true);
    expect(await title()).toContain('Pods');
  });

  it('hides the managed fields until asked for, and is searched', async () => {
    const { asked, kube } = slow();
    await start({ kube });
    await h.press('y');
    asked[0]?.answer(object());
    await h.settle();
    expect(await h.screen()).toContain('nodeName: n1');
    expect(await h.screen()).not.toContain('managedFields:');
    await h.press('m');
    expect(await h.screen()).toContain('managedFields:');
    await h.press('/', 'name', 'enter', 'n');
    expect(await title()).toContain('/name 2/');
    await h.press('esc');
    expect(await title()).not.toContain('/name');
  });

  it('says what went wrong, and tries again', async () => {
    const { asked, kube } = slow();
    await start({ kube });
    await h.press('y');
    asked[0]?.fail(
      Object.assign(new Error('pods "x" not found'), { code: 404, hint: 'it is gone' }),
    );
    await h.settle();
    expect(await h.screen()).toContain('pods "x" not found');
    expect(await h.screen()).toContain('it is gone · ctrl-r tries again');
    await h.press('ctrl-r');
    asked[1]?.answer(object());
    await h.settle();
    expect(await h.screen()).toContain('nodeName: n1');
  });
});

describe('describe', () => {
  it('follows its object', async () => {
    await start({ command: 'pods /x7k22' });
    await h.press('d');
    expect(await h.screen()).toContain('OOMKilled');
    const pods = (SHOP.pods ?? []).filter(({ name }) => name.includes('x7k22'));
    const healed = pods.map((pod) => ({
      ...pod,
      status: 'Running',
      cause: '',
      ready: 2,
      isReady: true,
      lastRestart: 0,
    }));
    h.sink('pods')?.put(healed as never[]);
    await h.wait(3000);
    expect(await h.line('Status')).toContain('✓ Running');
  });

  it('says that it is on its way', async () => {
    const { kube } = slow();
    await start({ kube });
    await h.press('d');
    expect(await h.screen()).toContain('fetching Pod checkout-84f5c7b6d-x0k23…');
  });

  it('keeps what it knows where the object cannot be read', async () => {
    const { asked, kube } = slow();
    await start({ kube });
    await h.press('d');
    asked[0]?.fail(new Error('pods is forbidden'));
    await h.settle();
    expect(await title()).toContain('pods is forbidden');
    expect(await h.screen()).toContain('checkout-84f5c7b6d-x0k23');
  });
});

describe('containers', () => {
  it('live with their pod, and lead to logs', async () => {
    await start({ command: 'pods /x0k20' });
    await h.press('enter');
    expect(await title()).toContain('Containers(api-7d9f8c6b5-x0k20)[2]');
    await h.press('l');
    expect(await title()).toContain('Logs(api-7d9f8c6b5-x0k20/api)');
    await h.press('esc');
    h.sink('pods')?.remove((SHOP.pods ?? []).map(({ uid }) => ({ uid })));
    await h.wait(100);
    expect(await title()).toContain('Containers(api-7d9f8c6b5-x0k20)');
  });
});

describe('an action on a container', () => {
  it('is one on its pod that is told the container', async () => {
    const asked: string[] = [];
    await start({
      command: 'pods /x0k20',
      kube: {
        exec: (pod, { container }, sink) => {
          asked.push(`${pod.name} ${container}`);
          sink.end({ code: 0, reason: '' });
          return new Promise(() => undefined);
        },
      },
    });
    await h.press('enter', 'j', 's');
    expect(asked).toEqual(['api-7d9f8c6b5-x0k20 envoy']);
    await h.press('F');
    expect(await h.line('▸ 8080')).toContain('envoy');
    await h.press('esc', 'ctrl-p', 'joins');
    expect(await h.line('▌ Attach')).toBeDefined();
  });
});

describe('help', () => {
  it('is of the pane it was asked on', async () => {
    await start({ command: 'deployments' });
    await h.press('?', '/', 'scale:', 'enter');
    expect(await h.line('Scale:')).toMatch(/ s +Scale:/);
    await h.press('esc', 'esc', ':', 'nodes', 'enter', '?');
    expect(await title()).toContain('Help(nodes)');
    expect(await h.screen()).not.toContain('Scale:');
  });
});

describe('the list of actions', () => {
  it('says what was done, and offers to take it back', async () => {
    await start({ command: 'deployments /cart' });
    await h.press('@');
    expect(await h.screen()).toContain('no action in this session so far');
    await h.press('esc', 's', '4', 'enter', 'tab', 'enter', '@');
    expect(await h.line('cart')).toContain('U undo');
    await h.press('U');
    expect(await h.line('Undo:')).toBeDefined();
    await h.press('esc');
  });
});
