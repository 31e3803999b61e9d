import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parseTape, type TapeCommand } from '../support/tape.ts';
import { App } from './driver.ts';

const tape = parseTape(readFileSync('demo.tape', 'utf8'));

it('the tape says what it makes and what it needs', () => {
  expect(tape.filter(({ kind }) => kind === 'output')).not.toEqual([]);
  expect(tape).toContainEqual({ kind: 'require', value: 'node' });
});

/** What the tape types into its shell to start the program. */
function startOf(commands: readonly TapeCommand[]): {
  args: string[];
  rest: readonly TapeCommand[];
} {
  const at = commands.findIndex(
    (command) => command.kind === 'type' && command.text.includes('bin/ekscope.js'),
  );
  const command = commands[at];
  if (command?.kind !== 'type') throw new Error('the tape does not start the program');
  const args = command.text.split('bin/ekscope.js')[1]?.trim().split(' ') ?? [];
  // The Enter behind it belongs to the shell.
  return { args, rest: commands.slice(at + 2) };
}

/** Escape as newer terminals send it. */
const ESCAPE = '\x1b[27u';

it('what the tape waits for comes, on the real program', async () => {
  const { args, rest } = startOf(tape);
  // Its region is the same, and as good as still: a release would be a revision more than the tape waits for.
  const still = ['--speed', '0.1'];
  await using app = new App({ args: [...args, ...still], columns: 150, rows: 44 });
  for (const command of rest) {
    if (command.kind === 'type') app.type(command.text);
    else if (command.kind === 'wait') await app.wait(command.pattern, command.ms ?? 30_000);
    else if (command.kind === 'key') {
      // A lone escape is told from the beginning of alt-: by the pause that a tape has after it.
      for (let i = 0; i < command.count; i++)
        if (command.chord === 'esc') app.type(ESCAPE);
        else app.press(command.chord);
    }
  }
  expect(await app.ended()).toBe(0);
  expect(app.alternate).toBe(false);
});
