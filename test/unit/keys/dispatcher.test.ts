import { describe, expect, it } from 'vitest';
import { Dispatcher, type Layer } from '../../../src/keys/dispatcher.ts';
import { Keymap, type Binding } from '../../../src/keys/keymap.ts';

const bind = (layer: string, command: string, key: string): Binding => ({
  layer,
  command,
  keys: [key],
  title: command,
  group: 'Go',
});

const keymap = new Keymap([
  bind('pane', 'leave', 'esc'),
  bind('pane', 'command', ':'),
  bind('prompt', 'word', 'alt-b'),
  bind('global', 'help', '?'),
]);

function run(layers: (log: string[]) => readonly Layer[], ...chords: readonly string[]): string[] {
  const log: string[] = [];
  const dispatcher = new Dispatcher(keymap, () => layers(log));
  for (const chord of chords) dispatcher.handle({ chord });
  return log;
}

const layer = (log: string[], ...keymaps: string[]): Layer => ({
  keymaps,
  run: (command) => log.push(command) > 0,
});

describe('the dispatcher', () => {
  it('gives a key to the nearest layer that binds it', () => {
    expect(run((log) => [layer(log, 'pane'), layer(log, 'global')], ':', '?')).toEqual([
      'command',
      'help',
    ]);
  });

  it('lets nothing past a modal layer', () => {
    const modal = (log: string[]): Layer => ({ ...layer(log, 'prompt'), modal: true });
    expect(run((log) => [modal(log), layer(log, 'global')], '?')).toEqual([]);
  });

  it('takes esc and a key that arrived as one apart, unless that is bound', () => {
    expect(run((log) => [layer(log, 'pane')], 'alt-:')).toEqual(['leave', 'command']);
    expect(run((log) => [layer(log, 'prompt'), layer(log, 'pane')], 'alt-b')).toEqual(['word']);
  });

  it('hands the text of the second key to who is typed to', () => {
    const typed: string[] = [];
    run(
      (log) => [
        layer(log, 'pane'),
        {
          keymaps: [],
          run: () => false,
          type: ({ text }) => text !== undefined && typed.push(text) > 0,
        },
      ],
      'alt-x',
    );
    expect(typed.at(-1)).toBe('x');
  });
});
