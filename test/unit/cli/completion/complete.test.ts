import { describe, expect, it } from 'vitest';
import { answer, completionScript } from '../../../../src/cli/completion/index.ts';
import { complete, type LookUp, type Offers } from '../../../../src/cli/completion/complete.ts';
import { COMMANDS, FLAGS, type Flags } from '../../../../src/cli/flags.ts';
import { RESOURCES } from '../../../../src/resources/index.ts';
import { resources } from '../../../support/resources.ts';

const HOSTILE = [
  '$(touch x)',
  '`touch x`',
  'two words',
  "it's; rm #",
  'arn:aws:eks:eu-central-1:1:cluster/prod',
  'line\nbreak',
  'esc\x1b[2Jape',
  'tab\tstop',
];

const asked: { readonly names: string; readonly flags: Flags }[] = [];
const find: LookUp = (names, flags) => {
  asked.push({ names, flags });
  return Promise.resolve(HOSTILE.map((word) => ({ word, description: 'server' })));
};

const offers: Offers = { resources, lookUp: find };

/** The words offered for a line whose last word is being typed. */
async function offered(line: string): Promise<readonly string[]> {
  const words = line.split(' ');
  const found = await complete(words.slice(0, -1), words.at(-1) ?? '', offers);
  return found.kind === 'files' ? ['<files>'] : found.words.map(({ word }) => word);
}

describe('what a line could go on with', () => {
  it('comes from the declarations', async () => {
    expect(await offered('')).toEqual(Object.keys(COMMANDS).slice(1));
    expect(await offered('get ')).toEqual(RESOURCES.map(({ id }) => id));
    expect(await offered('completion ')).toEqual(['bash', 'zsh', 'fish']);
    expect(await offered('get pods -o ')).toEqual(FLAGS.output.choices);
    expect(await offered('demo --scenario ')).toEqual(FLAGS.scenario.choices);
    expect(await offered('--theme l')).toEqual(['light']);
    expect(await offered('--color=2')).toEqual(['--color=256']);
    expect(await offered('-c :node')).toEqual(
      RESOURCES.flatMap(({ id }) => (id.startsWith('node') ? `:${id}` : [])),
    );
  });

  it('is a flag that belongs to the command and was not given', async () => {
    const flags = await offered('get pods --readonly --region x --');
    expect(flags).toContain('--sort-by');
    expect(flags).toContain('--region');
    expect(flags).not.toContain('--readonly');
    expect(flags).not.toContain('--scenario');
    expect(await offered('--scen')).toEqual([]);
    expect(await offered('demo --scen')).toEqual(['--scenario']);
  });

  it('is a resource by its plural, or by another name that only begins so', async () => {
    expect(await offered('get sta')).toEqual(['statefulsets']);
    expect(await offered('get sts')).toEqual(['sts']);
    expect(asked).toEqual([]);
    // What only the cluster knows is asked of it.
    await offered('get wid');
    expect(asked).toEqual([{ names: 'kinds', flags: {} }]);
  });

  it('is a column of the resource, downwards behind a dash', async () => {
    expect(await offered('get pods --sort-by cpuL')).toEqual(['cpuLimit']);
    expect(await offered('get pod/x --sort-by -cpuL')).toEqual(['-cpuLimit']);
    expect(await offered('--sort-by -restarts get pods -o js')).toEqual(['json']);
  });

  it('is a file where a path is asked for', async () => {
    expect(await offered('--kubeconfig ')).toEqual(['<files>']);
    expect(await offered('--config=/e')).toEqual(['<files>']);
  });

  it('is looked up with the flags that were given', async () => {
    asked.length = 0;
    await offered('--kubeconfig /k get pods --profile a --profile b --context c -n ');
    expect(asked).toEqual([
      { names: 'namespaces', flags: { kubeconfig: '/k', context: 'c', profile: ['a', 'b'] } },
    ]);
  });

  it('is nothing after all that can follow', async () => {
    for (const line of ['get pods x ', 'info ', 'demo ', '-c :pods ', '-- --re', 'get pods -l ']) {
      expect(await offered(line)).toEqual([]);
    }
  });

  it('is no name that could not be typed', async () => {
    expect(await offered('--context ')).toEqual(HOSTILE.slice(0, 5));
  });
});

const BREAKS = ' \t\n"\'@><=;|&(:';

describe('an answer', () => {
  it.each([
    ['ekscope --context $', ['words']],
    ['ekscope --context \\$', ['words', '\\$\\(touch\\ x\\)']],
    ['ekscope --context "$(', ['words']],
    ["ekscope --context '$", ['words', '$(touch x)']],
    ['ekscope --context "tw', ['words', 'two words']],
    ["ekscope --context 'it", ['words']],
    ['ekscope --context "it', ['words', "it's; rm #"]],
    ['ekscope --context arn:aws:e', ['words', 'eks:eu-central-1:1:cluster/prod']],
    ['ekscope --context=arn:', ['words', 'aws:eks:eu-central-1:1:cluster/prod']],
    ['ekscope --config x', ['files']],
  ])('to bash, for %j, is inserted as it stands', async (line, lines) => {
    expect((await answer(['bash', line, BREAKS], offers)).trimEnd().split('\n')).toEqual(lines);
  });

  it('to zsh and fish is the plain word and what it is', async () => {
    const told = 'words\n$(touch x)\tserver\n';
    expect(await answer(['zsh', '--context', '$('], offers)).toBe(told);
    expect(await answer(['fish', '--context', '--', '\\$\\('], offers)).toBe(told);
    expect(await answer(['fish', '--context', '--', "'$("], offers)).toBe(told);
    expect(await answer(['fish', 'completion', '--'], offers)).toBe('words\nbash\nzsh\nfish\n');
  });

  it('is the script of a shell that is known', () => {
    expect(completionScript('bash')).toContain('complete ');
    expect(() => completionScript('bsh')).toThrow("unknown shell 'bsh'; did you mean 'bash'?");
    expect(() => completionScript(undefined)).toThrow('completion takes a shell: bash, zsh, fish');
  });
});
