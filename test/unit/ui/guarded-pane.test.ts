import { describe, expect, it } from 'vitest';
import { GuardedPane } from '../../../src/ui/guarded-pane.ts';
import type { Pane } from '../../../src/ui/pane.ts';

const SIZE = { columns: 60, rows: 10 };

/** A pane of which everything fails. */
function failing(works: Partial<Pane> = {}): Pane {
  const fail = (): never => {
    throw new RangeError('Invalid time value');
  };
  const pane: Pane = {
    layers: ['table'],
    crumb: 'pods',
    connection: null,
    get unavailable() {
      return fail();
    },
    title: fail,
    advice: fail,
    paint: fail,
    run: fail,
    prompt: fail,
    copyChoices: () => [],
    commands: fail,
    show: fail,
    hide: () => undefined,
    close: () => undefined,
    subscribe: fail,
  };
  return Object.assign(pane, works);
}

describe('a pane that fails', () => {
  it('says so in its place, with what to do, and takes nothing else along', () => {
    const pane = new GuardedPane(failing());
    const { lines } = pane.paint(SIZE);
    expect(lines[0]).toBe(' this pane cannot be drawn: RangeError: Invalid time value');
    expect(lines.join('')).toContain('esc leaves it');
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(60);
    expect(pane.title().right[0]?.cell).toEqual([['✗ failed', 'bad']]);
    expect([pane.advice(), pane.prompt(), pane.commands()]).toEqual([[], null, []]);
    expect(pane.unavailable.size).toBe(0);
    pane.subscribe(() => undefined)();
  });

  it('that cannot be shown says so until it can', () => {
    let works = false;
    const pane = new GuardedPane(
      failing({
        paint: () => ({ lines: ['rows'] }),
        show: () => {
          if (!works) throw new Error('no place');
        },
      }),
    );
    pane.show();
    expect(pane.paint(SIZE).lines[0]).toContain('no place');
    works = true;
    pane.show();
    expect(pane.paint(SIZE).lines).toEqual(['rows']);
  });

  it('keeps what was typed when it cannot be applied', () => {
    const pane = new GuardedPane(
      failing({
        prompt: () => ({
          mark: '/',
          initial: '',
          history: 'filter',
          change: () => {
            throw new Error('not applied');
          },
          accept: () => undefined,
          cancel: () => undefined,
        }),
      }),
    );
    expect(pane.prompt()?.change('x')).toBe('Error: not applied');
  });

  it('is left alone where it works', () => {
    const pane = new GuardedPane(failing({ title: () => ({ left: [], right: [] }) }));
    expect(pane.title()).toEqual({ left: [], right: [] });
    expect([pane.layers, pane.crumb, pane.connection]).toEqual([['table'], 'pods', null]);
  });
});
