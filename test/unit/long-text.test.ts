import { expect, test } from 'vitest';
import { masked } from '../../src/core/mask.ts';
import { yamlText } from '../../src/core/yaml-splice.ts';
import { shortImage } from '../../src/domain/image.ts';
import { allowed } from '../../src/domain/rbac.ts';
import { finding } from '../../src/domain/why/finding.ts';
import { refersTo } from '../../src/resources/describe/used-by.ts';
import { editLine, lineOf } from '../../src/keys/line-editor.ts';
import { nodes } from '../../src/resources/nodes.ts';
import { addressOf } from '../../src/sources/kube/server-url.ts';
import { nodeRow, serviceAccountRow } from '../support/rows.ts';

// What others write has no bound that we know. Gone through anew from each of its places, a million
// characters take a quarter of an hour, in which no key is heard: all of this takes a moment.
const LONG = 1_000_000;
const long = (piece: string): string => piece.repeat(LONG);

const versionColumn = nodes.columns.find(({ id }) => id === 'version');

test.each<readonly [what: string, work: () => unknown, is: unknown]>([
  [
    'the name of an image',
    () => shortImage(`a/${long(':')}/b@sha256:0123456789`).slice(-9),
    'b@0123456',
  ],
  ['a sentence', () => finding('said', `${long('.')}x`).sentence.at(-1), 'x'],
  [
    'a name',
    () =>
      refersTo(
        'configmaps',
        serviceAccountRow({ name: `${long('1')}x` }),
      )({
        ...{ namespace: 'default', uses: [], serviceAccount: '' },
      }),
    false,
  ],
  [
    'the path of a rule',
    () =>
      allowed(
        {
          verbs: ['get'],
          apiGroups: [],
          resources: [],
          resourceNames: [],
          nonResourceURLs: [`${long('*')}x*`],
        },
        { verb: 'get', path: '/healthz' },
      ),
    null,
  ],
  [
    'a password',
    () => masked({ command: ['curl', '-u', `${long('a')}:x`] }).command[2]?.slice(-5),
    'a:•••',
  ],
  ['a text', () => yamlText(`${long('\n')}x`).at(-1), 'x'],
  [
    'the version of a kubelet',
    () =>
      versionColumn?.cell?.(nodeRow({ name: 'a', version: `v1.35.3${long('-eks-')}\n` }), {
        ...{ now: 0, time: 'age' },
      }),
    [['v1.35.3', 'muted']],
  ],
  [
    'the address of a server',
    () => addressOf(new URL(`https://a.example${long('/')}x`)).slice(-2),
    '/x',
  ],
  [
    'the word that ctrl-w takes off a line',
    () => editLine(lineOf(`${long('a')} ${long('b')}`), { chord: 'ctrl-w' })?.cursor,
    LONG + 1,
  ],
  [
    'the word before the one that alt-b goes to',
    () => editLine(lineOf(`${long('a')}-b`), { chord: 'alt-b' })?.cursor,
    LONG + 1,
  ],
  [
    'the blank before which ctrl-w finds nothing',
    () => editLine(lineOf(long(' ')), { chord: 'ctrl-w' })?.text,
    '',
  ],
])('%s may be as long as it likes', (_, work, is) => {
  expect(work()).toEqual(is);
});
