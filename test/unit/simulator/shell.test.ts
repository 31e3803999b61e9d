import { describe, expect, it } from 'vitest';
import { Input } from '../../../src/simulator/container/io.ts';
import { machineOf } from '../../../src/simulator/container/machine.ts';
import { NoSuchProgram, runProgram } from '../../../src/simulator/container/shell.ts';
import { cooked, Terminal } from '../../../src/simulator/container/terminal.ts';
import { smallWorld, workload } from './small-world.ts';

/** A container to run things in. */
function container() {
  const small = smallWorld();
  small.add('deployments', 'web', workload('web', 1));
  small.run(30);
  const [pod] = small.pods();
  const [main] = pod?.spec.containers ?? [];
  if (pod === undefined || main === undefined) throw new Error('no pod');
  const machine = machineOf(small.world, pod, main, 'c1');
  const run = async (words: readonly string[], input = '') => {
    const told = { out: '', err: '' };
    const code = await runProgram(
      machine,
      words,
      {
        stdin: Input.of(input),
        stdout: (bytes) => void (told.out += bytes.toString()),
        stderr: (bytes) => void (told.err += bytes.toString()),
        signal: new AbortController().signal,
      },
      false,
    );
    return { code, ...told };
  };
  return { pod, run, sh: (script: string) => run(['sh', '-c', script]), small, main };
}

describe('a shell in a container', () => {
  it.each([
    ['words and quotes', `echo a  'b  c' "d \\"e\\" $NONE" f\\ g`, 'a b  c d "e"  f g\n', 0],
    ['variables, when they are used', 'A=1; B=${A}2; echo $A "$B" \'$A\'', '1 12 $A\n', 0],
    ['codes', 'false; echo $?; true && echo yes || echo no; false && echo no', '1\nyes\n', 1],
    ['its own end', 'exit 7; echo never', '', 7],
    ['pipes', 'printenv | grep HOSTNAME | wc -l', '1\n', 0],
    [
      'files',
      'echo a > /tmp/x; echo b >> /tmp/x; cat < /tmp/x; cd /tmp; cat x | head -1',
      'a\nb\na\n',
      0,
    ],
    ['comments and lines', '# nothing\necho a # b\necho c', 'a\nc\n', 0],
    ['a shell in it', `sh -c 'echo "in $HOME"; exit 3'; echo $?`, 'in /root\n3\n', 0],
  ])('knows %s', async (_name, script, out, code) => {
    expect(await container().sh(script)).toEqual({ out, err: '', code });
  });

  it.each([
    ['no such program', 'nothing', 'sh: nothing: not found\n', 127],
    ['no such file', 'cat /nowhere', 'cat: /nowhere: No such file or directory\n', 1],
    ['an open quote', 'echo "a', 'sh: syntax error: unterminated quoted string\n', 2],
    ['what it says aloud', 'echo oops >&2', 'oops\n', 0],
  ])('tells %s', async (_name, script, err, code) => {
    expect(await container().sh(script)).toEqual({ out: '', err, code });
  });

  it('takes lines from its input', async () => {
    const { run, pod } = container();
    const { out, code } = await run(['sh'], 'hostname\nexit 2\necho never\n');
    expect(out).toBe(`${pod.metadata.name}\n`);
    expect(code).toBe(2);
  });

  it('keeps what was written as long as the container lives', async () => {
    const { run, small, pod, main } = container();
    await run(['touch', '/tmp/mine']);
    expect((await run(['ls', '/tmp'])).out).toBe('mine\n');
    const files = machineOf(small.world, pod, main, 'c2').files;
    expect(files.names('/tmp')).toEqual([]);
  });

  it('packs and unpacks files, as copying does', async () => {
    const { sh } = container();
    await sh('mkdir /tmp/a; echo one > /tmp/a/1; echo two > /tmp/2');
    await sh('tar cf - /tmp/a /tmp/2 > /archive; mkdir /new; tar xmf - -C /new < /archive');
    expect(await sh('ls /new/tmp /new/tmp/a; cat /new/tmp/a/1 /new/tmp/2')).toEqual({
      out: '2\na\n1\none\ntwo\n',
      err: '',
      code: 0,
    });
    expect(await sh('tar cf - nowhere > /dev/null')).toMatchObject({ code: 2 });
  });

  it('a program that is not there is the runtime’s to tell', async () => {
    await expect(container().run(['zsh'])).rejects.toThrow(NoSuchProgram);
  });

  it('shows a token of its service account', async () => {
    const path = '/var/run/secrets/kubernetes.io/serviceaccount';
    const { out } = await container().sh(`cat ${path}/namespace; echo; cat ${path}/token`);
    expect(out).toMatch(/^shop\neyJ/);
  });
});

describe('a terminal', () => {
  it('echoes, lets typing be corrected, and gives whole lines', async () => {
    let echoed = '';
    let interrupts = 0;
    const terminal = new Terminal(
      (text) => void (echoed += text),
      () => {
        interrupts++;
      },
    );
    terminal.type(Buffer.from('lz\x7fs\r'));
    expect(await terminal.input.line()).toBe('ls');
    expect(echoed).toBe('lz\b \bs\r\n');
    terminal.type(Buffer.from('half\x03'));
    expect(interrupts).toBe(1);
    terminal.type(Buffer.from('\x04'));
    expect(await terminal.input.line()).toBeNull();
    expect(cooked('a\nb\r\n').toString()).toBe('a\r\nb\r\n');
  });
});
