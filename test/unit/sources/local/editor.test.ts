import { expect, test } from 'vitest';
import { editorOf } from '../../../../src/sources/local/index.ts';

test.each([
  [{}, ['vi', 'F']],
  [{ EDITOR: 'nano' }, ['nano', 'F']],
  [{ EDITOR: 'nano', VISUAL: 'code  -w' }, ['code', '-w', 'F']],
  [{ EDITOR: 'nano', VISUAL: 'code', KUBE_EDITOR: 'hx' }, ['hx', 'F']],
  [{ EDITOR: '  ' }, ['vi', 'F']],
  [
    { EDITOR: `vim -c 'set et'`, SHELL: '/bin/zsh' },
    ['/bin/zsh', '-c', `vim -c 'set et' "$@"`, `vim -c 'set et'`, 'F'],
  ],
])('%j edits with %j', (env, words) => {
  const { command, args } = editorOf('F', env);
  expect([command, ...args]).toEqual(words);
});
