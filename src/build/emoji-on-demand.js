// The expression of all emoji takes 30 ms to compile, which Node does when it is first tested: at
// each start, for the box drawing of the first frame. Only what begins like an emoji is tested.
import { readFile } from 'node:fs/promises';

const TEST = 'rgiEmojiRegex.test(segment)';
/**
 * What may be an emoji for general interchange (UTS #51, ED-27): one character that is shown as an
 * emoji by itself, or a sequence that begins with one that can be.
 */
export const EMOJI_START = /^(?:\p{Emoji_Presentation}$|\p{Emoji}.)/su;

/** @type {import('esbuild').Plugin} */
export const emojiOnDemand = {
  name: 'emoji-on-demand',
  setup(build) {
    build.onLoad({ filter: /[\\/]string-width[\\/]index\.js$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8');
      if (text.split(TEST).length !== 2) throw new Error(`${path}: not what was expected`);
      return {
        contents: text.replace(TEST, () => `(${String(EMOJI_START)}.test(segment) && ${TEST})`),
      };
    });
  },
};
