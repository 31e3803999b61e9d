/** Rows whose object left the API: how they read, and what their keys still do. */
import { afterEach, describe, expect, it } from 'vitest';
import type { KubeTableId } from '../../src/domain/tables/index.ts';
import { Harness } from './harness.ts';
import { SHOP } from './world.ts';

let h: Harness;
afterEach(async () => h.quit());

/** Opens a pane and takes the row of this name out of the API. */
async function without(table: KubeTableId, name: RegExp, command: string = table): Promise<string> {
  h = await Harness.start({ columns: 120, rows: 40, command });
  const row = (SHOP[table] ?? []).find((each) => name.test(each.name));
  if (!row) throw new Error(`no ${String(name)} in ${table}`);
  h.sink(table)?.remove([{ uid: row.uid }]);
  await h.wait(1_100);
  return row.name;
}

/** The first line of the table with this text. */
const line = async (text: string) => (await h.line(text)) ?? '';
const body = async () =>
  (await h.screen())
    .split('\n')
    .filter((each) => each.startsWith('│') && /\S/.test(each.slice(1, -1)));

it('a pod that is gone is asked about by its name too', async () => {
  const name = await without('pods', /./);
  await h.press(':', `why pod/${name}`, 'enter');
  await h.settle();
  const screen = await h.screen();
  expect(screen).toContain('as it was seen last');
  expect(screen).not.toContain('no pod');
});

describe('a row that is gone', () => {
  it('says so, without figures, under all others, until a minute has passed', async () => {
    const name = await without('nodes', /./);
    const short = name.replace(/\..*/, '');
    expect(await line(short)).toMatch(/- gone 1s/);
    expect(await line(short)).not.toMatch(/Ready|\d+\/\d+|%/);
    expect((await body()).at(-1)).toContain(short);
    await h.wait(10_000);
    expect(await line(short)).toMatch(/- gone 11s/);
    await h.press('N');
    expect((await body()).at(-1)).toContain(short);
    await h.press('N');
    expect((await body()).at(-1)).toContain(short);
    await h.wait(60_000);
    expect(await line(short)).toBe('');
    await h.press('X');
    expect(await line(short)).toMatch(/- gone 71s/);
    expect(await line('╭─')).toContain('with gone');
    await h.press('X');
    expect(await line(short)).toBe('');
  });

  it('is listed by what filters on who it was, not on states and figures', async () => {
    const name = await without('pods', /cart-.*-x7k22/);
    await h.press('/cart-', 'enter');
    expect(await line(name)).toMatch(/- gone/);
    for (const filter of ['status:!=Running', 'restarts:>0', '!ready:1/1', 'age:>1s status:?']) {
      await h.press('esc', `/${filter}`, 'enter');
      expect([filter, await line(name)]).toEqual([filter, '']);
    }
    await h.press('esc', '/status:gone', 'enter', 'X');
    expect(await line(name)).toMatch(/- gone/);
  });

  it('tells the last words of what was broken', async () => {
    const name = await without('pods', /cart-.*-x7k22/);
    expect(await line(name)).toMatch(/- gone 1s · OOMKilled 137/);
    await h.press('!');
    expect(await line(name)).toBe('');
  });

  it('says what happened to it, where that can be told', async () => {
    const name = await without('pods', /cart-.*-x7k22/);
    await h.press('G', 'W');
    await h.settle();
    expect(await line('╭─')).toContain(`Why(pod shop/${name})`);
    expect(await line('as it was seen last')).toContain('OOMKilled 137');
  });

  it('is what a link to it shows, however long it is gone', async () => {
    const name = await without('pods', /cart-.*-x7k22/);
    await h.wait(120_000);
    await h.press(':', 'events', 'enter', '/BackOff', 'enter', 'enter');
    expect(await line('╭─')).toContain(`Pods(${name})`);
    expect(await line('╭─')).toContain('with gone');
    expect(await line('▌')).toMatch(/- gone 2m/);
  });

  it('is described with since when, and has neither YAML nor logs of its own', async () => {
    const name = await without('pods', /cart-.*-x7k22/);
    await h.press('G', 'l');
    expect(await line('is gone')).toMatch(new RegExp(`${name} is gone for \\d+s, its log too`));
    expect(await line('is gone')).toContain('= logs of its siblings · J its owner · d last state');
    await h.press('d');
    expect(await line('State')).toContain('- gone 1s · OOMKilled 137');
    expect(await line('Left')).toMatch(/2026-\S+Z {2}1s ago/);
    await h.press('esc', 'G', 'y');
    await h.settle();
    expect(await line('left the API')).toContain(`pod/${name} left the API at`);
  });
});

describe('YAML that is open when its object goes', () => {
  it('stays, and says when the object left', async () => {
    h = await Harness.start({ columns: 120, rows: 40, command: 'pods' });
    await h.press('y');
    await h.settle();
    const [row] = (SHOP.pods ?? []).filter(({ name }) => name === 'checkout-84f5c7b6d-x0k23');
    h.sink('pods')?.remove([{ uid: row?.uid ?? '' }]);
    await h.wait(200);
    expect(await h.screen()).toContain('kind: Pod');
    expect(await line('╭─')).toContain('left the API at');
  });
});
