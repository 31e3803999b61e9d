/** The built program measures text as string-width itself does. */
import { build } from 'esbuild';
import stringWidth from 'string-width';
import { expect, it } from 'vitest';
import { emojiOnDemand } from '../../../src/build/emoji-on-demand.js';

it('has the same width for every character and every kind of sequence', async () => {
  const { outputFiles } = await build({
    stdin: {
      contents: "export { default } from 'string-width';",
      resolveDir: import.meta.dirname,
    },
    bundle: true,
    format: 'esm',
    platform: 'node',
    write: false,
    plugins: [emojiOnDemand],
  });
  const [{ text } = { text: '' }] = outputFiles;
  const url = `data:text/javascript,${encodeURIComponent(text)}`;
  const built = (await import(/* @vite-ignore */ url)) as { default: typeof stringWidth };
  const sequences = ['1️⃣', '1⃣', '#️⃣', '☺️', '☺', '👩‍💻', '👩🏽‍🚀', '🇩🇪', '🇩', '🏴󠁧󠁢󠁥󠁮󠁧󠁿', '❤️‍🔥', '▌ x'];
  for (const text of sequences)
    expect([text, built.default(text)]).toEqual([text, stringWidth(text)]);
  const other: string[] = [];
  for (let code = 0; code < 0x2_0000; code++) {
    const character = String.fromCodePoint(code);
    if (built.default(character) !== stringWidth(character)) other.push(code.toString(16));
  }
  expect(other).toEqual([]);
});
