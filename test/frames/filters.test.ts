/** That a filter tells what it looked at, and stays while its rows are listed. */
import { afterEach, describe, expect, it } from 'vitest';
import { IDLE } from '../../src/domain/status.ts';
import { Harness, type HarnessOptions } from './harness.ts';
import { NOW } from './world.ts';

let h: Harness;
const start = async (options: HarnessOptions = {}) => {
  h = await Harness.start({ columns: 120, rows: 40, ...options });
};
afterEach(async () => h.quit());

const title = async () => (await h.line('╭─')) ?? '';
const heads = async () => (await h.line('READY')) ?? '';
const bottom = async () => (await h.screen()).trimEnd().split('\n').at(-1) ?? '';

describe('a filter over one column', () => {
  it('shows the column, and takes a regular expression', async () => {
    await start();
    expect(await heads()).not.toContain('QOS');
    await h.press('/', 'qos:^b', 'enter');
    expect(await heads()).toContain('QOS');
    await h.press('esc');
    expect(await heads()).not.toContain('QOS');
  });

  it('is refused where there is no such column: what was typed stays, with the nearest name', async () => {
    await start();
    await h.press('/', 'statsu:run', 'enter');
    expect(await bottom()).toContain('/statsu:run');
    expect(await bottom()).toContain('no column statsu, did you mean status?');
    expect(await title()).toContain('Pods(all)[27] ');
  });

  it('loads what the column comes from, and says so until it is there', async () => {
    await start({ withhold: ['serviceaccounts'] });
    expect(h.sink('serviceaccounts')).toBeUndefined();
    await h.press('/', 'iam-role:admin', 'enter');
    await h.wait(100);
    expect(h.sink('serviceaccounts')).toBeDefined();
    expect(await title()).toContain('IAM-ROLE loading…');
    expect(await h.screen()).toContain('IAM-ROLE is not known yet: loading…');
    h.feed('serviceaccounts');
    await h.wait(1000);
    expect(await title()).not.toContain('loading');
    expect(await h.screen()).toContain('no pods match /iam-role:admin');
  });

  it('says why what it asks for cannot be known', async () => {
    await start({ withhold: ['podusage'] });
    h.sink('podusage')?.status({
      ...IDLE,
      state: 'absent',
      since: NOW,
      reason: 'no metrics-server',
    });
    await h.press('/', 'cpu:>1', 'enter');
    expect(await h.screen()).toContain('CPU is not known: no metrics-server');
    expect(await h.screen()).not.toContain('no pods match');
  });
});

describe('a word', () => {
  it('that stands in a column that is not shown is shown at the bottom', async () => {
    await start({ columns: 80, rows: 24 });
    await h.press('/', 'burst cart', 'enter');
    expect(await bottom()).toContain('found in QOS: Burstable');
    expect(await heads()).not.toContain('QOS');
  });

  it('that is nowhere tells which columns were not there to be looked through', async () => {
    await start({ withhold: ['serviceaccounts'] });
    await h.press('/', 'no-such-role', 'enter');
    const told = (await h.screen()).replace(/[│\s]+/g, ' ');
    expect(told).toContain('IAM-ROLE not looked through: subnet:TEXT loads it');
  });
});

describe('a filter stays', () => {
  const filtered = '/cart';

  it('over other namespaces, the same command, and what is opened and left', async () => {
    await start();
    await h.press('/', 'cart', 'enter', '2');
    await h.wait(100);
    expect(await title()).toContain(filtered);
    await h.press('0', ':po', 'enter');
    await h.wait(100);
    expect(await title()).toContain(`Pods(all)[6/27] ${filtered}`);
    await h.press('d', 'esc');
    expect(await title()).toContain(filtered);
    await h.press(':svc', 'enter', '[');
    expect(await title()).toContain(`Pods(all)[6/27] ${filtered}`);
  });

  it('where a narrowed pane becomes one of a namespace', async () => {
    await start();
    await h.press(':deploy', 'enter', 'enter', '/', 'x1', 'enter', 'C', '0');
    await h.wait(100);
    expect(await title()).toContain('Pods(all)');
    expect(await title()).toContain('/x1');
    expect(await title()).toContain('↓CPU');
  });

  it('as typed where it is wrong, also behind a command', async () => {
    await start();
    await h.press(':po /[', 'enter');
    expect(await bottom()).toContain(':po /[');
    expect(await bottom()).toMatch(/unterminated character class/i);
  });
});
