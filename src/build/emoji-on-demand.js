// The expression of all emoji takes 20 ms to read and 30 ms to compile: at each start, for the box
// drawing of the first frame. Only what begins like an emoji is tested, and only then is it read.
import { readFile } from 'node:fs/promises';

const RGI = 'const rgiEmojiRegex = /^\\p{RGI_Emoji}$/v;';
/**
 * What may be an emoji for general interchange (UTS #51, ED-27): one character that is shown as an
 * emoji by itself, or a sequence that begins with one that can be.
 */
export const EMOJI_START = /^(?:\p{Emoji_Presentation}$|\p{Emoji}.)/su;

const ON_DEMAND = `
const emojiStart = ${String(EMOJI_START)};
let rgiEmoji;
const rgiEmojiRegex = {
  test: (segment) =>
    emojiStart.test(segment) && (rgiEmoji ??= /^\\p{RGI_Emoji}$/v).test(segment),
};`;

/** @type {import('esbuild').Plugin} */
export const emojiOnDemand = {
  name: 'emoji-on-demand',
  setup(build) {
    build.onLoad({ filter: /[\\/]string-width[\\/]index\.js$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8');
      if (text.split(RGI).length !== 2) throw new Error(`${path}: not what was expected`);
      return { contents: text.replace(RGI, () => ON_DEMAND) };
    });
  },
};
