/** The pulse: what is wrong, where, since when; each field leads on. */
import { describe, expect, it, onTestFinished } from 'vitest';
import { IDLE, type SourceStatus } from '../../src/domain/status.ts';
import { eventRow, nodeRow, podRow, rowOf, workloadRow } from '../support/rows.ts';
import { Harness, type HarnessOptions } from './harness.ts';
import { MINUTE, NOW, SHOP, type Rows } from './world.ts';

async function start(options: HarnessOptions = {}): Promise<Harness> {
  const harness = await Harness.start({ columns: 120, rows: 40, command: '', ...options });
  onTestFinished(() => harness.quit());
  await harness.wait(1000);
  return harness;
}

const ZONES = ['eu-central-1a', 'eu-central-1b'];

/** Two nodes, one in each zone, and pods that run on them. */
const CALM: Rows = {
  nodes: ZONES.map((zone, i) => nodeRow({ name: `node-${i}`, zone, created: NOW - 60 * MINUTE })),
  pods: Array.from({ length: 8 }, (_, i) =>
    podRow({
      name: `web-${i}`,
      namespace: 'shop',
      node: `node-${i % 2}`,
      cpuRequest: 0.25,
      memoryRequest: 0.5,
    }),
  ),
  deployments: [
    workloadRow('Deployment', {
      name: 'coredns',
      namespace: 'kube-system',
      desired: 2,
      current: 2,
      ready: 2,
      updated: 2,
      available: 2,
    }),
  ],
};

const DENIED: SourceStatus = {
  ...IDLE,
  state: 'denied',
  since: NOW,
  reason: 'forbidden: alice cannot list this in all namespaces',
  hint: 'ask for a role that allows it',
};

const WORLDS: Readonly<Record<string, (h: Harness) => void>> = {
  broken: () => undefined,
  calm: () => undefined,
  unknown: (h) => {
    for (const table of ['services', 'jobs', 'events'] as const) h.feed(table, {}, DENIED);
  },
};

describe.each([
  [80, 24],
  [120, 40],
  [200, 60],
] as const)('at %i×%i', (columns, rows) => {
  it.each(Object.entries(WORLDS))('a cluster that is %s', async (name, happens) => {
    const world = name === 'broken' ? SHOP : CALM;
    const withhold = name === 'unknown' ? (['hpas', 'endpointslices'] as const) : [];
    const h = await start({ columns, rows, world, withhold: [...withhold] });
    happens(h);
    await h.wait(2000);
    const golden = `./__frames__/pulse-${name}-${columns}x${rows}.txt`;
    await expect(await h.screen()).toMatchFileSnapshot(golden);
  });
});

const title = async (h: Harness): Promise<string> => (await h.line('╭─')) ?? '';

describe('a field', () => {
  it('is asked why of the first that it stands for', async () => {
    const h = await start({ world: SHOP });
    await h.press('W');
    await h.settle();
    expect(await title(h)).toContain('Why(');
    await h.press('esc');
    expect(await title(h)).toContain('Pulse(');
  });

  it('leads to the rows behind it, and esc comes back to it', async () => {
    const h = await start({ world: SHOP });
    expect(await h.line('▌')).toContain('pods');
    await h.press('right', 'enter');
    await h.wait(100);
    expect(await title(h)).toContain('Pods(CrashLoopBackOff)[1]');
    await h.press('esc');
    await h.press('enter');
    await h.wait(100);
    expect(await title(h)).toContain('Pods(CrashLoopBackOff)[1]');
    await h.press('esc', 'left', 'enter');
    await h.wait(100);
    expect(await title(h)).toMatch(/Pods\(all\)\[2\/27\].*! problems/);
  });

  it('is one for all that have the same, however bad it is for each', async () => {
    const waits = (name: string, minutes: number) =>
      podRow({
        ...{ name, namespace: 'shop', phase: 'Pending', status: 'Pending', isReady: false },
        ...{ cause: '0/2 nodes are available: 2 Insufficient cpu.', node: '' },
        causeAt: NOW - minutes * MINUTE,
      });
    const pods = [...(CALM.pods ?? []), waits('long', 20), waits('longer', 30), waits('just', 0)];
    const h = await start({ world: { ...CALM, pods } });
    expect(await h.line('▌')).toMatch(/✗ pods +3 of 11 +3 Pending +│/);
    await h.press('right', 'enter');
    await h.wait(100);
    expect(await title(h)).toContain('Pods(Pending)[3]');
  });

  it('of a zone leads to its nodes, and what is wrong there to its pods', async () => {
    const h = await start({ world: SHOP });
    for (let i = 0; i < 30; i++) {
      if ((await h.line('▌'))?.includes('  1a  ') === true) break;
      await h.press('down');
    }
    await h.press('enter');
    await h.wait(100);
    expect(await title(h)).toContain('Nodes(1a)[2]');
    await h.press('esc', 'right', 'enter');
    await h.wait(100);
    expect(await title(h)).toMatch(/Pods\(1a\)\[1\/\d+\].*! problems/);
  });

  it('of a cause leads to its events, the object beside it to that', async () => {
    const events = ['a', 'b'].map((name) =>
      eventRow({
        name,
        namespace: 'shop',
        type: 'Warning',
        reason: 'BackOff',
        objectKind: 'Pod',
        objectName: `web-${name === 'a' ? 0 : 1}`,
        objectUid: name,
        message: 'Back-off restarting failed container',
        last: NOW - MINUTE,
        count: 3,
      }),
    );
    const h = await start({ world: { ...CALM, events } });
    await h.press('down', 'down');
    expect(await h.line('▌')).toMatch(/! +1m +2× +BackOff +pod\/web-0/);
    await h.press('enter');
    await h.wait(100);
    expect(await title(h)).toContain('Events(BackOff)[2]');
    await h.press('esc', 'right', 'enter');
    await h.wait(100);
    expect(await title(h)).toContain('Pods(web-0)[1]');
  });

  it('is where the cursor stays while others come before it', async () => {
    const h = await start({ world: CALM });
    await h.press('tab');
    expect(await h.line('▌')).toContain('8 pods');
    h.feed('pods', SHOP);
    await h.wait(1000);
    expect(await h.line('▌')).toContain('✗ pods');
  });
});

it('is narrowed to the namespace in force, as the panes are', async () => {
  const h = await start({ world: SHOP });
  await h.press(':', 'pulse payments', 'enter');
  await h.wait(1000);
  expect(await title(h)).toContain('Pulse(payments)');
  expect(await h.line('✗ pods')).toMatch(/1 of 11 .*search-\S+ Pending/);
});

it('names every kind that may not be read, in as many lines as that takes', async () => {
  const h = await start({ columns: 80, rows: 24, world: CALM });
  const tables = ['deployments', 'statefulsets', 'daemonsets', 'services', 'hpas', 'jobs'] as const;
  for (const table of [...tables, 'cronjobs', 'persistentvolumeclaims', 'pods'] as const) {
    h.feed(table, {}, DENIED);
  }
  await h.wait(2000);
  const screen = await h.screen();
  expect(screen).toContain('? not known, forbidden:  pods  deployments');
  for (const kind of [...tables, 'cronjobs', 'claims']) expect(screen).toContain(`  ${kind}`);
});

it('tells kinds apart that are called much the same', async () => {
  const hook = { name: 'a', service: 'shop/gone', port: 443, url: '', timeout: 10, rules: [] };
  const more = { hooks: [{ ...hook, isNeeded: false, namespaces: '' }], silent: null };
  const world: Rows = {
    ...CALM,
    mutatingwebhookconfigurations: [rowOf('mutatingwebhookconfigurations', { name: 'm', ...more })],
    validatingwebhookconfigurations: [
      rowOf('validatingwebhookconfigurations', { name: 'v', ...more }),
    ],
  };
  const h = await start({ columns: 80, rows: 24, world });
  expect(await h.line('mutating')).toMatch(/! mutating webhooks {3}1 of 1 {8}m nobody answers/);
  expect(await h.line('validating')).toMatch(/! validating webhooks 1 of 1 {8}v nobody answers/);
});

it('asks for what is many only when the first lists are there', async () => {
  const h = await start({ world: CALM, withhold: ['pods'] });
  expect(h.sink('services')).toBeUndefined();
  h.feed('pods');
  await h.wait(1000);
  expect(h.sink('services')).toBeDefined();
});

it('does not keep the rest waiting for long where the first lists do not come', async () => {
  const h = await start({ world: CALM, withhold: ['pods'] });
  await h.wait(3000);
  expect(h.sink('services')).toBeDefined();
  expect(await h.screen()).toMatch(/✓ 2 nodes {2}1 deployment /);
});

it.each([80, 120])('cuts no number, however many there are, at %i columns', async (columns) => {
  const zone = 'eu-central-1a';
  const many = Array.from({ length: 1200 }, (_, i) => i);
  const created = NOW - 60 * MINUTE;
  const h = await start({
    columns,
    world: {
      nodes: many.map((i) => nodeRow({ name: `n${i}`, zone, created, isReady: i > 0 })),
      pods: many.map((i) =>
        podRow({ name: `web-${i}`, node: `n${i}`, status: 'Error', isReady: false }),
      ),
      events: many.map((i) =>
        eventRow({
          ...{ name: `e${i}`, type: 'Warning', reason: 'BackOff', last: NOW },
          ...{ objectKind: 'Pod', objectName: `web-${i}`, objectUid: `${i}` },
        }),
      ),
    },
  });
  await h.wait(3000);
  expect(await h.line('BackOff')).toContain(' 1,200×  BackOff ');
  expect(await h.line('all nodes')).toMatch(/ 1199\/1200 .* . 1,200 pods *│/);
});

it('tells the first trouble of a kind in what room there is, rather than none', async () => {
  const claim = (name: string, storageClass: string) =>
    rowOf('persistentvolumeclaims', {
      ...{ name, uid: name, namespace: 'shop', phase: 'Pending', storageClass },
      created: NOW - 60 * MINUTE,
    });
  const persistentvolumeclaims = [
    claim('exports-of-the-warehouse', 'a-class-that-nobody-has-made'),
    claim('b', 'another-class-that-nobody-has-made'),
  ];
  const h = await start({ columns: 80, rows: 24, world: { ...CALM, persistentvolumeclaims } });
  await h.wait(2000);
  const line = await h.line('claims');
  expect(line).toMatch(/✗ claims +2 of 2 +exports-of-the-warehouse there is no stor… {2}\+1│/);
});

it('counts of the troubles that there is no room for the objects, as of the others', async () => {
  const claims = [4, 3, 2].flatMap((count, kind) =>
    Array.from({ length: count }, (_, i) =>
      rowOf('persistentvolumeclaims', {
        ...{ name: `c${kind}${i}`, uid: `c${kind}${i}`, namespace: 'shop', phase: 'Pending' },
        ...{ storageClass: `a-class-number-${kind}`, created: NOW - 60 * MINUTE },
      }),
    ),
  );
  const world = { ...CALM, persistentvolumeclaims: claims };
  const h = await start({ columns: 80, rows: 24, world });
  await h.wait(2000);
  expect(await h.line('claims')).toMatch(
    /9 of 9 +4 there is no storage class a-class-nu\S+ {2}\+5│/,
  );
});

it('says of several clusters how to see that of one', async () => {
  const h = await start({ command: 'pods @prod-eu,staging' });
  await h.press(':', 'pulse', 'enter');
  expect(await h.screen()).toContain(':pulse @NAME shows that of one');
  await h.press('esc', ':', 'pulse @staging', 'enter');
  expect(await title(h)).toContain('Pulse(all)');
});

it('writes nothing while nothing changes', async () => {
  const h = await start({ world: CALM });
  await h.wait(5000);
  h.stdout.vt.take();
  await h.wait(20_000);
  expect(h.stdout.vt.take()).toBe('');
});
