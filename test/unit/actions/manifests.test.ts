import { describe, expect, it } from 'vitest';
import { objectsOf } from '../../../src/actions/objects/manifests.ts';

const read = (text: string, path = 'a.yaml') => objectsOf([{ path, text }]);
const named = async (text: string): Promise<readonly string[]> =>
  (await read(text)).map(({ kind, name }) => `${kind} ${name}`);

const pod = (name: string): string => `apiVersion: v1\nkind: Pod\nmetadata:\n  name: ${name}\n`;

describe('the objects of a file', () => {
  it('are those of all its documents and lists, in YAML or JSON', async () => {
    expect(await named(`---\n# none\n---\n${pod('a')}---\n${pod('b')}--- # end\n`)).toEqual([
      'Pod a',
      'Pod b',
    ]);
    const list = { apiVersion: 'v1', kind: 'PodList', items: [{ metadata: { name: 'c' } }] };
    expect(await named(JSON.stringify(list))).toEqual(['Pod c']);
    expect(
      await named(
        `apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: Pod, metadata: {name: d}}`,
      ),
    ).toEqual(['Pod d']);
  });

  it('are read as kubectl reads them', async () => {
    const [found] = await read(
      `${pod('a')}spec: { on: yes, mode: 0644, at: 12:30, day: 2024-01-02 }`,
    );
    expect(found?.object['spec']).toEqual({
      ...{ true: true, mode: 420, at: '12:30', day: '2024-01-02' },
    });
  });

  it('come in an order in which each finds what it needs', async () => {
    const crd =
      'apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: x.y}';
    const ns = 'apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}';
    expect(await named(`${pod('a')}---\n${crd}\n---\n${ns}`)).toEqual([
      'Namespace shop',
      'CustomResourceDefinition x.y',
      'Pod a',
    ]);
  });
});

describe('what is wrong is told with where it stands', () => {
  it.each([
    ['kind: Pod\nmetadata: {name: a}', 'a.yaml: apiVersion is missing'],
    [
      `${pod('a')}---\napiVersion: v1\nkind: Pod`,
      'a.yaml, document 2: Pod: metadata.name is missing',
    ],
    ['just words', 'a.yaml: this is no object'],
    ['a: 1\n b: 2', /a\.yaml: .* at line \d+/],
    ['a: 1\na: 2', 'a.yaml: the key a stands twice at line 2'],
    ['', 'a.yaml: there is no object in it'],
    [pod('../../secrets'), 'has a / or % in it'],
    [pod('".."'), 'is not a name'],
    [pod(String.raw`"a\u001b[31m"`), 'has blanks or control characters in it'],
    [`${pod('a')}---\n${pod('a')}spec: {}`, 'Pod a stands in a.yaml, document 1 and in'],
  ])('%j', async (text, words) => {
    await expect(read(text)).rejects.toThrow(words);
  });

  it('a few aliases that unfold to millions are not unfolded', async () => {
    const levels = Array.from({ length: 9 }, (_, i) => {
      const inner = i === 0 ? '"x"' : `*l${i - 1}`;
      return `l${i}: &l${i} [${Array(9).fill(inner).join(',')}]`;
    });
    await expect(read(levels.join('\n'))).rejects.toThrow('unfold to more than is taken');
  });

  it('a text of documents without end is refused before they are read', async () => {
    await expect(read('---\na\n'.repeat(1001))).rejects.toThrow('a.yaml: more than 1000 documents');
  });

  it('what nests without end is refused', async () => {
    for (const text of ['['.repeat(50_000), '{a: '.repeat(50_000), '- '.repeat(50_000)])
      await expect(read(text)).rejects.toThrow('a.yaml: it nests too deep');
  });
});
