/** Completion in real shells, where they are installed. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { bashWord, readBashLine } from '../../src/cli/completion/bash-line.ts';
import { onPath } from '../support/on-path.ts';

const PROGRAM = fileURLToPath(new URL('../../bin/ekscope.js', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'ekscope-test-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const NAMES = [
  '$(touch pwned)',
  '`touch pwned`',
  "two words' end",
  '; touch pwned #',
  'arn:aws:x/y',
];
const kubeconfig = join(folder, 'config');
writeFileSync(
  kubeconfig,
  JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'c', cluster: { server: 'https://127.0.0.1:1' } }],
    users: [{ name: 'u', user: {} }],
    contexts: NAMES.map((name) => ({ name, context: { cluster: 'c', user: 'u' } })),
  }),
);

const env = {
  PATH: process.env['PATH'],
  HOME: folder,
  KUBECONFIG: kubeconfig,
  NODE: process.execPath,
  PROGRAM,
};
const bash = (script: string, ...args: readonly string[]): string =>
  execFileSync('bash', ['--norc', '-c', script, 'bash', ...args], {
    cwd: folder,
    env,
    encoding: 'utf8',
  });

/** What bash would insert for a line, a reply a line. */
function replies(line: string): readonly string[] {
  const out = bash(
    `ekscope() { "$NODE" "$PROGRAM" "$@"; }
     source <(ekscope completion bash)
     COMP_LINE=$1 COMP_POINT=\${#1}
     _ekscope ekscope
     printf '%s\\n' "\${COMPREPLY[@]}"`,
    line,
  );
  return out.split('\n').slice(0, -1);
}

describe.skipIf(!onPath('bash'))('bash', () => {
  it('is offered names as single words, and runs none of them', () => {
    const found = replies('ekscope --context ');
    const words = found.map((reply) => bash(`eval "set -- $1"; printf '%s|%s' $# "$1"`, reply));
    expect(words).toEqual(NAMES.map((name) => `1|${name}`));
    expect(existsSync(join(folder, 'pwned'))).toBe(false);
  });

  it('goes on after a colon, where it begins a new word', () => {
    expect(replies('ekscope --context arn:aws:')).toEqual(['x/y']);
  });

  it('takes any text that is written for it as that text', () => {
    const text = fc
      .string({ unit: 'grapheme', maxLength: 12 })
      .filter((word) => !/[\n\0]/.test(word));
    const quote = fc.constantFrom('', "'", '"');
    const cases = fc.sample(fc.tuple(text, quote), { numRuns: 200, seed: 1 });
    const written = cases.flatMap(([word, open]) => {
      const inserted = bashWord(word, open);
      return inserted === null ? [] : [{ word, line: `${open}${inserted}${open}` }];
    });
    const script = written.map(({ line }) => `printf '%s\\n' x${line}`).join('\n');
    expect(bash(script).split('\n').slice(0, -1)).toEqual(written.map(({ word }) => `x${word}`));
    for (const { word, line } of written) expect(readBashLine(line, '').current).toBe(word);
  });
});

describe.each(['bash', 'zsh', 'fish'])('%s', (shell) => {
  it.skipIf(!onPath(shell))('reads its script', () => {
    const script = join(folder, `completion.${shell}`);
    writeFileSync(script, execFileSync(process.execPath, [PROGRAM, 'completion', shell]));
    expect(execFileSync(shell, ['-n', script], { encoding: 'utf8' })).toBe('');
  });
});
