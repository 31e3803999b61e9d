import { describe, expect, it } from 'vitest';
import { Navigator } from '../../../src/ui/navigator.ts';
import type { Pane } from '../../../src/ui/pane.ts';

const log: string[] = [];

function pane(name: string): Pane {
  return {
    crumb: name,
    show: () => log.push(`show ${name}`),
    hide: () => log.push(`hide ${name}`),
    close: () => log.push(`close ${name}`),
  } as unknown as Pane;
}

const crumbs = ({ stack }: Navigator) => stack.map(({ crumb }) => crumb);
const take = () => log.splice(0);

describe('Navigator', () => {
  it('goes deeper and comes back, showing one pane at a time', () => {
    const navigator = new Navigator();
    navigator.root(pane('pods'));
    navigator.push(pane('containers'));
    expect(take()).toEqual(['show pods', 'hide pods', 'show containers']);
    expect(crumbs(navigator)).toEqual(['pods', 'containers']);
    expect(navigator.pop()).toBe(true);
    expect(take()).toEqual(['hide containers', 'show pods', 'close containers']);
    expect(navigator.pop()).toBe(false);
    expect(take()).toEqual([]);
  });

  it('is where the nearest pane is that is anywhere', () => {
    const navigator = new Navigator();
    expect(navigator.place).toBeNull();
    navigator.root(pane('theme'));
    expect(navigator.place).toBe(navigator.top);
    const merged = { ...pane('pods'), clusters: [] };
    navigator.push(merged);
    navigator.push(pane('help'));
    expect(navigator.place).toBe(merged);
  });

  it('keeps what was left behind, until history is rewritten', () => {
    const navigator = new Navigator();
    navigator.root(pane('pods'));
    navigator.push(pane('logs'));
    navigator.root(pane('nodes'));
    expect(navigator.go(-1)).toBe(true);
    expect(crumbs(navigator)).toEqual(['pods', 'logs']);
    expect(navigator.go(-1)).toBe(false);
    take();
    navigator.root(pane('services'));
    expect(take()).toContain('close nodes');
    expect(navigator.go(1)).toBe(false);
  });

  it('goes to and fro between the last two stacks', () => {
    const navigator = new Navigator();
    expect(navigator.toggle()).toBe(false);
    for (const name of ['a', 'b', 'c']) navigator.root(pane(name));
    navigator.toggle();
    expect(crumbs(navigator)).toEqual(['b']);
    navigator.toggle();
    expect(crumbs(navigator)).toEqual(['c']);
  });

  it('closes the oldest stack where there are too many, and all of them at the end', () => {
    const navigator = new Navigator();
    for (let i = 0; i < 13; i++) navigator.root(pane(`p${i}`));
    expect(take().filter((line) => line.startsWith('close'))).toEqual(['close p0']);
    navigator.close();
    expect(take().filter((line) => line.startsWith('close'))).toHaveLength(12);
    expect(navigator.top).toBeNull();
  });
});
