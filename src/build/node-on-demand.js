// What loads parts of Node at each start, a sixth of the time to the first frame, that the program
// never uses:
// - `import` of a module of Node reads all that it exports, also what is only made once it is asked
//   for: of node:http WebSocket and its events (the whole of undici), of node:util the workers, of
//   node:process the list of all flags. `require` reads nothing.
// - Yoga takes its WebAssembly out of its own text by `fetch` where there is one; else it decodes it.
import { readFile } from 'node:fs/promises';

/** What is imported of them by name; the build says what is missing here. */
const USED = {
  'node:http': ['Agent', 'STATUS_CODES', 'createServer'],
  'node:process': ['cwd', 'env', 'versions'],
  'node:util': ['isDeepStrictEqual', 'parseArgs', 'promisify', 'stripVTControlCharacters', 'types'],
};

/** @type {import('esbuild').Plugin} */
export const nodeOnDemand = {
  name: 'node-on-demand',
  setup(build) {
    build.onResolve({ filter: /^(node:)?(http|process|util)$/ }, ({ path, kind }) => {
      const name = `node:${path.replace('node:', '')}`;
      return kind === 'import-statement'
        ? { path: name, namespace: 'required' }
        : { path: name, external: true };
    });
    build.onLoad({ filter: /.*/, namespace: 'required' }, ({ path }) => ({
      contents: [
        `const all = require('${path}');`,
        `export const { ${USED[path].join(', ')} } = all;`,
        'export default all;',
      ].join('\n'),
    }));
    build.onLoad({ filter: /yoga-wasm-base64-esm\.js$/ }, async ({ path }) => ({
      contents: `const fetch = undefined;\n${await readFile(path, 'utf8')}`,
    }));
  },
};
