// Bundles src into dist: one ESM entry for the program, one for the simulator's own process, and
// lazily loaded chunks for the AWS clients, so that a start pays only for what it uses.
import { build } from 'esbuild';
import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { awsSchemas } from './aws-schemas.js';
import { emojiOnDemand } from './emoji-on-demand.js';
import { nodeOnDemand } from './node-on-demand.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
rmSync(`${root}/dist`, { recursive: true, force: true });

/** @type {import('esbuild').BuildOptions} */
const options = {
  absWorkingDir: root,
  outdir: 'dist',
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node22.19',
  // The AWS clients' `main` is CommonJS, of which nothing that is unused can be dropped.
  mainFields: ['module', 'main'],
  plugins: [awsSchemas, nodeOnDemand, emojiOnDemand],
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: 'none',
  define: { 'process.env.NODE_ENV': '"production"', 'Intl.Segmenter': 'Graphemes' },
  inject: ['src/core/graphemes.ts'],
  // Ink's optional developer tools are never loaded in production; some dependencies are CommonJS
  // and expect a `require`.
  alias: { 'react-devtools-core': './src/build/empty.js' },
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
  },
  logLevel: 'warning',
};

await build({
  ...options,
  entryPoints: {
    main: 'src/main.tsx',
    simulator: 'src/simulator/main.ts',
    docs: 'src/docs/main.ts',
  },
  splitting: true,
});
// Loaded before the program, and before anything is cached: one file, with nothing that it does not use.
await build({ ...options, entryPoints: { 'compile-cache': 'src/config/compile-cache.ts' } });
