/** The program around the panes: prompt, history, menus, dialogs, sizes, bytes. */
import { afterEach, describe, expect, it } from 'vitest';
import { textWidth } from '../../src/core/text.ts';
import { contextKey } from '../../src/domain/cluster-key.ts';
import type { KubePort } from '../../src/ports/kube.ts';
import { IDLE } from '../../src/domain/status.ts';
import { clusterRow } from '../support/rows.ts';
import { Harness, type HarnessOptions } from './harness.ts';
import { manyPods, SHOP } from './world.ts';

let h: Harness;
const start = async (options: HarnessOptions = {}) => {
  h = await Harness.start({ columns: 120, rows: 40, ...options });
};
afterEach(async () => h.quit());

const lines = async () => (await h.screen()).split('\n');
const title = async () => (await h.line('╭─')) ?? '';
const header = async () => (await lines())[0] ?? '';
const bottom = async () => (await lines()).at(-2) ?? '';
const crumbs = async () => (await h.line('╰─ ')) ?? '';

describe('switching the cluster', () => {
  it.each(['pods', 'nodes', 'deployments', 'events', 'clusters', 'hpas'])(
    'shows the other cluster, from the pane of %s',
    async (pane) => {
      await start();
      await h.press(':', pane, 'enter', ':', 'ctx staging', 'enter');
      expect(await header()).toMatch(/^ ● live · staging /);
      expect(await title()).toContain('Pulse(all)');
      await h.press(':', 'nodes @prod-eu', 'enter');
      expect(await header()).toMatch(/^ ● live · prod-eu /);
      expect(await title()).toContain('Nodes');
    },
  );

  it('that cannot be reached leads nowhere: the next command does not take one back', async () => {
    await start();
    const row = clusterRow({ name: 'new', status: 'CREATING' });
    h.session.fleet.sink('clusters').put([{ ...row, uid: row.id }]);
    await h.press(':', 'clusters', 'enter', '/', 'new', 'enter', 'enter');
    expect(await bottom()).toContain('new is CREATING: it has no endpoint yet');
    expect(await header()).not.toContain('prod-eu');
    await h.press(':', 'deployments', 'enter');
    expect(await bottom()).toContain('not connected: choose a cluster first');
  });

  it('that was asked for at the start and is known only later: what was asked of it is shown', async () => {
    await start({ connected: false, command: 'nodes' });
    expect(await title()).toContain('Clusters');
    h.session.open(contextKey('staging'));
    await h.settle();
    expect(await header()).toMatch(/^ ● live · staging /);
    expect(await title()).toContain('Nodes');
    expect(await bottom()).not.toContain('not connected');
  });

  it('shows it also from within a description, and while the present one is dead', async () => {
    await start();
    await h.press('d');
    h.feed('pods', SHOP, { ...IDLE, state: 'stale', reason: 'refused', synced: true });
    await h.press(':', 'ctx staging', 'enter');
    expect(await header()).toMatch(/^ ● live · staging /);
  });
});

describe('the command prompt', () => {
  it('suggests, completes and goes', async () => {
    await start();
    await h.press(':', 'deplo');
    expect(await bottom()).toBe(' :deployments');
    await h.press('tab', 'sh', 'tab', 'enter');
    await h.wait(100);
    expect(await title()).toContain('Deployments(shop)[3]');
  });

  it('keeps the text where there is no such thing, and names the nearest', async () => {
    await start();
    await h.press(':', 'podz', 'enter');
    expect(await bottom()).toContain(':podz');
    expect(await bottom()).toContain("did you mean 'pods'?");
    await h.press('backspace', 's', 'enter');
    expect(await title()).toContain('Pods');
  });

  it('begins afresh after an error, with what was typed one step back', async () => {
    await start();
    await h.press(':', 'podz', 'enter', ':', 'nod');
    expect(await bottom()).toMatch(/^ :nod/);
    await h.press('up');
    expect(await bottom()).toMatch(/^ :podz/);
    await h.press('enter', 'svc', 'enter');
    expect(await title()).toContain('Services');
  });

  it('narrows by labels as it is typed elsewhere, and goes to the pods of a namespace', async () => {
    await start({ command: 'nodes' });
    await h.press(':', 'po app=no-such', 'enter');
    expect(await title()).toContain('Pods(all)[0/27] /-l app=no-such');
    await h.press(':', 'deploy', 'enter', ':', 'ns shop', 'enter');
    expect(await title()).toContain('Pods(shop)[16]');
  });

  it('remembers what was typed', async () => {
    await start();
    await h.press(':', 'nodes', 'enter', ':', 'up');
    expect(await bottom()).toBe(' :nodes');
  });

  it('takes ten kilobytes of paste as one line of text', async () => {
    await start();
    await h.press('/');
    h.stdin.type(`\x1b[200~${'x'.repeat(10_000)}\njjj\x1b[201~`);
    await h.settle();
    expect((await bottom()).length).toBeLessThanOrEqual(120);
    await h.press('esc');
    expect(await title()).toContain('Pods(all)[27]');
  });

  it('is not where a paste onto a table goes: no letter of it is a command', async () => {
    await start();
    const before = await h.screen();
    h.stdin.type('\x1b[200~qqq:q\rz\x1b[201~');
    await h.settle();
    expect(await h.screen()).toBe(before);
  });
});

describe('the way through panes', () => {
  it('leads deeper, to what belongs to a row, and back', async () => {
    await start({ command: 'deployments /web' });
    await h.press('enter');
    expect(await title()).toContain('Pods(web)[5]');
    await h.press('enter');
    expect(await crumbs()).toContain('prod-eu › deployments › web › web-5b8d4f7c9-x0k21');
    await h.press('esc', 'esc');
    expect(await title()).toContain('/web');
    await h.press('esc', 'q');
    expect(await bottom()).toContain(':q quits');
  });

  it('keeps each pane as it was left, in a history', async () => {
    await start();
    await h.press('/', 'cart', 'enter', ':', 'nodes', 'enter', '[');
    expect(await title()).toContain('/cart');
    await h.press(']');
    expect(await title()).toContain('Nodes');
    await h.press('-');
    expect(await title()).toContain('/cart');
  });

  it('begins at the clusters where there is no connection, and enters one', async () => {
    await start({ connected: false });
    expect(await title()).toContain('Clusters[2]');
    await h.press('enter');
    await h.wait(100);
    expect(await crumbs()).toContain('clusters › prod-eu › pulse');
    expect(await title()).toContain('Pulse(all)');
    await h.press('esc');
    expect(await title()).toContain('Clusters[2]');
  });
});

describe('what is said at the bottom', () => {
  it('leaves with the pane that it belongs to', async () => {
    await start({ command: 'nodes' });
    await h.press('p');
    expect(await bottom()).toContain('has no logs');
    await h.press(':', 'svc', 'enter');
    expect((await bottom()).trim()).toBe('');
  });

  it('is what the digits stand for, where the header has no room for it', async () => {
    await start({ columns: 80, rows: 24 });
    await h.press('2');
    expect(await bottom()).toContain('namespace shop · 0 all  1 payments  2 shop');
    expect(await h.line('▲')).toContain('▲ 1 problem (shop)');
  });
});

describe('a read-only connection', () => {
  it('offers nothing that it refuses', async () => {
    await start({ command: 'deployments', readonly: true, rows: 90 });
    const hints = (await h.line('/ filter')) ?? '';
    expect(hints).not.toContain('scale');
    expect(hints).not.toContain('restart');
    await h.press('?');
    expect(await h.screen()).toContain('refused here, READ-ONLY: Scale');
  });
});

describe('a key that only other programs know', () => {
  it('is answered with a word and the kubectl line', async () => {
    await start();
    await h.press('i');
    expect(await bottom()).toContain(
      'set image is not done here: kubectl --context prod-eu -n payments set image pod/checkout-84f5c7b6d-x0k23',
    );
    await h.press('\x0b');
    expect(await bottom()).toContain('kill is not done here: kubectl');
    expect(await bottom()).toContain('delete pod/checkout-84f5c7b6d-x0k23');
  });
});

describe('what one copies', () => {
  it('is the name, and asked again whatever else there is', async () => {
    await start();
    await h.press('c');
    expect(await bottom()).toContain('copied name: checkout-84f5c7b6d-x0k23 · c again');
    await h.press('c');
    expect(await h.line('▌ name')).toBeDefined();
    await h.press('j', 'enter');
    expect(await bottom()).toContain('copied IP: 10.0.3.17');
  });
});

describe('an action', () => {
  it('is planned, asked for with Cancel focused, run, and told of', async () => {
    await start({ command: 'deployments /cart' });
    const changes = () => h.patches.filter(({ patch }) => patch.dryRun !== true);
    await h.press('s');
    expect(await h.line('Replicas')).toContain('5');
    // Typed ahead in one go: enter must not overtake the digit.
    h.stdin.type('7\r');
    await h.settle();
    await h.settle();
    expect(await h.screen()).toContain('Scale deployment/cart from 5 to 7 replicas');
    expect(await h.screen()).toContain('kubectl --context prod-eu');
    expect(await h.line('Cancel')).toContain('▸[ Cancel ]');
    await h.press('enter');
    expect(changes()).toHaveLength(0);
    expect(await h.screen()).not.toContain('Cancel');

    await h.press('s', '7', 'enter', 'tab', 'enter');
    expect(changes()).toHaveLength(1);
    expect(await bottom()).toContain('scaling deployment/cart to 7');
    expect(await h.line('▌')).toContain('▌↻shop');
  });

  it('says why it cannot be done', async () => {
    await start({ command: 'deployments /cart', readonly: true });
    expect(await h.line('prod-eu')).toContain('READ-ONLY');
    await h.press('r');
    expect(await h.screen()).toContain('read-only: nothing is changed');
    await h.press('esc');
    expect(await h.screen()).not.toContain('nothing is changed');
  });

  it('is found in the palette, with the reason where it is out of reach', async () => {
    await start({ command: 'deployments', readonly: true });
    await h.press('ctrl-p', 'scale');
    expect(await h.line('▌ ')).toBeDefined();
    expect(await h.line('│ ▌')).toContain('read-only');
  });

  it('is dimmed there where the user has no right to it, with the right that is missing', async () => {
    const asked: string[] = [];
    await start({
      command: 'deployments',
      kube: {
        can: (request) => {
          const { verb, resource, namespace } = { resource: '', namespace: '', ...request };
          asked.push(`${verb} ${resource}`);
          return Promise.resolve({ allowed: verb !== 'delete' || namespace === '', reason: '' });
        },
      },
    });
    await h.press('ctrl-p');
    expect(asked).toContain('delete deployments');
    await h.press('delete');
    expect(await h.line('│ ▌')).toContain('you may not delete deployments');
    await h.press('enter');
    expect(await h.screen()).toContain('you may not delete deployments in namespace');
    // What was typed meanwhile stays, and what is allowed is not dimmed.
    await h.press('esc', 'ctrl-p', 'restart');
    expect(await h.line('│ ▌')).not.toContain('you may not');
  });

  it('is not dimmed where nobody can say whether it is allowed', async () => {
    const can = () => Promise.reject(new Error('no answer'));
    await start({ command: 'deployments', kube: { can } });
    await h.press('ctrl-p', 'delete');
    expect(await h.line('│ ▌')).not.toContain('answer');
  });
});

describe('the screen', () => {
  it('is never wider or higher than the terminal, whatever its size', async () => {
    await start({ columns: 60, rows: 12 });
    for (const [columns, rows] of [
      [60, 12],
      [79, 23],
      [97, 30],
      [131, 44],
      [250, 70],
    ] as const) {
      h.stdout.resize(columns, rows);
      await h.settle();
      const shown = await lines();
      for (const line of shown) expect(textWidth(line)).toBeLessThanOrEqual(columns);
      expect(shown.filter((line) => line.startsWith('╭') && line.endsWith('╮'))).toHaveLength(1);
      expect(shown[rows - 2]).toMatch(/^╰─ prod-eu › pods ─+╯$/);
    }
  });

  it('says that it is too small, and comes back', async () => {
    await start();
    h.stdout.resize(40, 10);
    await h.settle();
    expect(await h.screen()).toContain('too small: 40×10, need 60×12');
    h.stdout.resize(80, 24);
    await h.settle();
    expect(await title()).toContain('Pods(all)[27]');
  });

  it.each([
    [59, 24],
    [80, 11],
  ])('takes no key at %i×%i, where nobody sees what it would do', async (columns, rows) => {
    const deleted: string[] = [];
    const remove: KubePort['delete'] = ({ name }, { dryRun } = {}) => {
      if (dryRun !== true) deleted.push(name);
      return Promise.resolve(null);
    };
    await start({ kube: { delete: remove } });
    await h.press('ctrl-d', 'enter');
    const dialog = await h.screen();
    expect(dialog).toContain('▸[ Cancel ]');
    h.stdout.resize(columns, rows);
    await h.settle();
    await h.press('tab', 'enter', 'y', 'esc', 'q', ':', 'q', 'enter');
    expect(await h.screen()).toContain('no key does anything but ctrl-c');
    h.stdout.resize(120, 40);
    await h.settle();
    expect(await h.screen()).toBe(dialog);
    expect(deleted).toEqual([]);
  });

  it('changes its theme live, and says what is wrong with another', async () => {
    await start({ theme: 'dark', depth: 'truecolor' });
    h.stdout.vt.take();
    await h.press(':', 'theme light', 'enter');
    expect(h.stdout.vt.take()).toContain('\x1b[38;2;');
    await h.press(':', 'theme lihgt', 'enter');
    expect(await bottom()).toMatch(/light/);
  });

  it('writes little for a cursor move, and nothing while nothing changes', async () => {
    await start({
      columns: 200,
      rows: 60,
      world: manyPods(2000),
      theme: 'dark',
      depth: 'truecolor',
    });
    await h.press('j');
    h.stdout.vt.take();
    await h.press('j');
    expect(h.stdout.vt.take().length).toBeLessThan(600);
    for (let i = 0; i < 60; i++) await h.press('j');
    h.stdout.vt.take();
    await h.press('j');
    expect(h.stdout.vt.take().length).toBeLessThan(600);
    await h.wait(950);
    h.stdout.vt.take();
    await h.wait(1000);
    expect(h.stdout.vt.take()).toBe('');
  });

  it('shows hostile names as text', async () => {
    const evil = '\x1b[31mred\x1b]0;owned\x07\u202egnp\nnext';
    const world = manyPods(1);
    const pods = (world.pods ?? []).map((pod) => ({ ...pod, cause: evil, status: evil }));
    await start({ world: { ...world, pods } });
    expect(await h.screen()).not.toContain('\u202e');
    expect(await h.line('red')).toContain('api-7d9f8c6b5');
  });
});
