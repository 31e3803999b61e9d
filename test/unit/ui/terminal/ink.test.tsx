import { Box, render, Text, useWindowSize } from 'ink';
import TextInput from 'ink-text-input';
import { setImmediate as turn } from 'node:timers/promises';
import { useState } from 'react';
import { afterEach, expect, test } from 'vitest';
import type { KeyEvent } from '../../../../src/keys/key-event.ts';
import { KeyDecoder } from '../../../../src/keys/decode.ts';
import { inkOptions, InkStdin, InkStdout, toInkInput } from '../../../../src/ui/terminal/index.ts';
import { OURS, setUp, state } from './fakes.ts';
import type { Setup } from './fakes.ts';

let unmount: () => void = () => {};
afterEach(() => unmount());

function Form({ onSubmit }: { readonly onSubmit: (value: string) => void }): React.JSX.Element {
  const [value, setValue] = useState('');
  const { columns, rows } = useWindowSize();
  return (
    <Box flexDirection="column" width={columns} height={rows}>
      <Text>
        {columns}x{rows}
      </Text>
      <TextInput value={value} onChange={setValue} onSubmit={onSubmit} />
      <Box flexGrow={1} />
      <Text>last line</Text>
    </Box>
  );
}

function mount(): Setup & { ink: InkStdin; submitted: string[] } {
  const setup = setUp();
  const stdout = new InkStdout(setup.terminal);
  const ink = new InkStdin();
  const submitted: string[] = [];
  const form = <Form onSubmit={(value) => void submitted.push(value)} />;
  const app = render(form, inkOptions(stdout, ink));
  unmount = app.unmount;
  ink.connect(() => app.waitUntilRenderFlush());
  return { ...setup, ink, submitted };
}

function keys(input: string): KeyEvent[] {
  const decoder = new KeyDecoder();
  return [...decoder.push(input), ...decoder.flush()];
}

test("Ink's frames reach the screen, its control sequences do not, and a resize lays out anew", async () => {
  const setup = mount();
  await turn();
  let text = await setup.stdout.vt.text();
  expect([text[0], text[9]]).toEqual(['40x10', 'last line']);
  expect(await state(setup)).toEqual(OURS);
  setup.stdout.resize(60, 12);
  await turn();
  await turn();
  text = await setup.stdout.vt.text();
  expect([text[0], text[11]]).toEqual(['60x12', 'last line']);
  unmount();
  expect(await state(setup)).toEqual(OURS);
});

test('what Ink writes to handle the terminal itself is no frame', async () => {
  const setup = setUp();
  const stdout = new InkStdout(setup.terminal);
  for (const own of ['', '\x1b[?25l', '\x1b[2K\x1b[1A\x1b[G', '\x1b[?2004h', '\x1b[?u'])
    stdout.write(own);
  setup.terminal.screen.present();
  expect((await setup.stdout.vt.text())[0]).toBe('hello');
  stdout.write('a frame\x1b[K with noise');
  setup.terminal.screen.present();
  expect((await setup.stdout.vt.text())[0]).toContain('a frame');
});

test('a form field gets every key that is typed at once', async () => {
  const { ink, stdout, submitted } = mount();
  await turn();
  await Promise.all(keys('xyz äö\x1b[D\x7f!').map((key) => ink.push(key)));
  expect((await stdout.vt.text())[1]).toContain('xyz !ö');
  await Promise.all(keys('\x1b[200~a\nb\x1b[201~\r').map((key) => ink.push(key)));
  expect(submitted).toEqual(['xyz !a bö']);
});

test("keys that Ink's inputs get wrong do not reach them", () => {
  for (const chord of ['ctrl-u', 'ctrl-w', 'alt-b', 'home', 'end', 'f5']) {
    expect(toInkInput({ chord })).toBeUndefined();
  }
});
