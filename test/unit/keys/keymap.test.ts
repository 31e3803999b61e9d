import { describe, expect, it } from 'vitest';
import { ACTIONS } from '../../../src/actions/index.ts';
import { parseChord } from '../../../src/keys/chord.ts';
import { Dispatcher, type Layer } from '../../../src/keys/dispatcher.ts';
import { Keymap, KeymapError, remap, type Binding } from '../../../src/keys/keymap.ts';
import { RESOURCES } from '../../../src/resources/index.ts';
import { allBindings } from '../../../src/ui/bindings.ts';

const bind = (layer: string, command: string, ...keys: string[]): Binding => ({
  layer,
  command,
  keys,
  title: command,
  group: 'Move',
});

describe('the default keymap', () => {
  const bindings = allBindings(RESOURCES, ACTIONS);
  const keymap = new Keymap(bindings);

  it('gives no key to two commands of one layer', () => {
    expect(keymap.clashes).toEqual([]);
  });

  it('names only chords that exist, in their normal form', () => {
    for (const { keys } of bindings) for (const key of keys) expect(parseChord(key)).toBe(key);
  });

  it('lets no resource take a key of tables away by accident', () => {
    const table = new Set(keymap.reachable(['table', 'global']).flatMap(({ keys }) => keys));
    const taken = bindings
      .filter(({ layer }) => layer.startsWith('pane:'))
      .filter(({ keys }) => keys.some((key) => table.has(key)))
      .map(({ layer, command }) => `${layer} ${command}`);
    expect(taken).toEqual([]);
  });

  it('never binds a key that would kill something without asking', () => {
    expect(
      keymap.reachable(['pane:pods', 'table', 'global']).flatMap(({ keys }) => keys),
    ).not.toContain('ctrl-k');
  });

  it('has the settled sort keys of pods', () => {
    const sorts = bindings.filter(
      ({ layer, command }) => layer === 'pane:pods' && command.startsWith('sort:'),
    );
    expect(sorts.flatMap(({ keys }) => keys).sort()).toEqual([
      'A',
      'C',
      'I',
      'M',
      'N',
      'P',
      'S',
      'T',
    ]);
  });
});

describe('Keymap', () => {
  const keymap = new Keymap([
    bind('near', 'a', 'x', 'y'),
    bind('far', 'b', 'x'),
    bind('far', 'c', 'y', 'z'),
  ]);

  it('takes away from far layers the keys of near ones', () => {
    const found = keymap.reachable(['near', 'far']).map(({ command, keys }) => [command, keys]);
    expect(found).toEqual([
      ['a', ['x', 'y']],
      ['c', ['z']],
    ]);
  });

  it('finds clashes within a layer only', () => {
    expect(keymap.clashes).toEqual([]);
    expect(new Keymap([bind('l', 'a', 'x'), bind('l', 'b', 'x')]).clashes).toEqual([
      { layer: 'l', key: 'x', commands: ['a', 'b'] },
    ]);
  });
});

describe('remap', () => {
  const bindings = [bind('table', 'describe', 'd'), bind('table', 'yaml', 'y')];

  it("puts the user's keys in place of the default ones", () => {
    expect(
      remap(bindings, { describe: ['Ctrl+D', 'i'], yaml: 'd' }).map(({ keys }) => keys),
    ).toEqual([['ctrl-d', 'i'], ['d']]);
  });

  it.each([
    [{ descripe: 'x' }, "no command 'descripe'; did you mean 'describe'?"],
    [{ describe: 'hyper-x' }, 'keys.describe: Unknown key'],
    [{ describe: 'y' }, "y cannot be both 'describe' and 'yaml'"],
  ])('says what is wrong with %j', (own, message) => {
    expect(() => remap(bindings, own as Record<string, string>)).toThrow(KeymapError);
    expect(() => remap(bindings, own as Record<string, string>)).toThrow(message);
  });
});

describe('Dispatcher', () => {
  const keymap = new Keymap([bind('dialog', 'yes', 'enter'), bind('global', 'open', 'enter', 'o')]);
  const said: string[] = [];
  const layer = (name: string, takes: boolean, more: Partial<Layer> = {}): Layer => ({
    keymaps: [name],
    run: (command) => {
      said.push(`${name} ${command}`);
      return takes;
    },
    ...more,
  });
  const press = (chord: string, ...layers: Layer[]) => {
    said.length = 0;
    const taken = new Dispatcher(keymap, () => layers).handle({ chord });
    return { taken, said: [...said] };
  };

  it('stops at the first layer that takes the key', () => {
    expect(press('enter', layer('dialog', true), layer('global', true))).toEqual({
      taken: true,
      said: ['dialog yes'],
    });
  });

  it('goes on where a layer leaves the key', () => {
    expect(press('enter', layer('dialog', false), layer('global', true)).said).toEqual([
      'dialog yes',
      'global open',
    ]);
  });

  it('lets no key past a modal layer, and types what is not bound', () => {
    const typed: string[] = [];
    const modal = layer('dialog', true, {
      modal: true,
      type: ({ chord }) => chord !== 'esc' && typed.push(chord) > 0,
    });
    expect(press('o', modal, layer('global', true))).toEqual({ taken: true, said: [] });
    expect(press('esc', modal, layer('global', true))).toEqual({ taken: false, said: [] });
    expect(typed).toEqual(['o']);
  });
});
