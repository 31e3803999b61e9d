// Two of our dependencies' habits load Node's whole undici at each start, a sixth of the time to the
// first frame, for what the program never uses:
// - `import 'node:http'` reads every export, also the getters of WebSocket and its events; `require`
//   reads nothing.
// - Yoga takes its WebAssembly out of its own text by `fetch` where there is one; else it decodes it.
import { readFile } from 'node:fs/promises';

/** @type {import('esbuild').Plugin} */
export const withoutUndici = {
  name: 'without-undici',
  setup(build) {
    build.onResolve({ filter: /^(node:)?http$/ }, ({ kind }) =>
      kind === 'import-statement'
        ? { path: 'node:http', namespace: 'required' }
        : { path: 'node:http', external: true },
    );
    build.onLoad({ filter: /.*/, namespace: 'required' }, ({ path }) => ({
      contents: `module.exports = require('${path}');`,
    }));
    build.onLoad({ filter: /yoga-wasm-base64-esm\.js$/ }, async ({ path }) => ({
      contents: `const fetch = undefined;\n${await readFile(path, 'utf8')}`,
    }));
  },
};
