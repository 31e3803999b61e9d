import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { receiveCopy } from '../../../src/actions/pods/copying.ts';
import type { FormValues } from '../../../src/actions/engine/form.ts';
import { commandsOf } from '../../../src/actions/engine/plan.ts';
import type { ActionFlow, FlowState } from '../../../src/actions/engine/view.ts';
import { refOf } from '../../../src/domain/ref.ts';
import type { ProcessSink } from '../../../src/ports/kube.ts';
import { at } from './bench.ts';
import { archive, Box, pod, until, type Entry } from './box.ts';

let folder = '';
beforeEach(() => (folder = realpathSync(mkdtempSync(join(tmpdir(), 'copies-')))));
afterEach(() => rmSync(folder, { recursive: true }));

const isOver = (state: FlowState): boolean =>
  state.stage === 'running' && state.operation.state !== 'working';

async function done(flow: ActionFlow): Promise<string> {
  flow.confirm();
  await until(flow, 'running', isOver);
  return at(flow, 'running').operation.steps[0]?.text ?? '';
}

const read = (...names: readonly string[]): string => readFileSync(join(folder, ...names), 'utf8');

describe('copying from a container', () => {
  it('puts a file beside what is there, with what kubectl would say', async () => {
    const box = new Box();
    box.files.set('/app/a ü.txt', 'hello\0world');
    const flow = await box.flow({ remote: '/app//./a ü.txt', local: folder });
    const { plan } = at(flow, 'confirm');
    expect(plan.title).toBe(`Copy /app/a ü.txt from pod/api to ${folder}/a ü.txt`);
    expect(commandsOf(plan)[0]).toContain('kubectl --context prod cp');
    expect(await done(flow)).toContain('11 B');
    expect(read('a ü.txt')).toBe('hello\0world');
    expect(readdirSync(folder)).toEqual(['a ü.txt']);
  });

  it('replaces a file only when that is confirmed, and an empty one is one', async () => {
    const box = new Box();
    box.files.set('/app/a', '');
    writeFileSync(join(folder, 'a'), 'mine');
    const flow = await box.flow({ remote: '/app/a', local: join(folder, 'a') });
    expect(at(flow, 'confirm').plan.victims).toEqual([`${folder}/a: its 4 B are replaced`]);
    expect(flow.danger).toBe(2);
    await done(flow);
    expect(read('a')).toBe('');
  });

  it('takes a folder with all that is in it', async () => {
    const box = new Box();
    box.files.set('/app/conf/', '').set('/app/conf/sub/', '').set('/app/conf/sub/x', '1');
    const flow = await box.flow({ remote: '/app/conf', local: join(folder, 'new') });
    await done(flow);
    expect(read('new', 'sub', 'x')).toBe('1');
    expect(readdirSync(folder)).toEqual(['new']);
  });

  it('leaves alone what was changed since', async () => {
    const box = new Box();
    box.files.set('/app/a', 'new');
    const flow = await box.flow({ remote: '/app/a', local: join(folder, 'a') });
    writeFileSync(join(folder, 'a'), 'somebody else');
    expect(await done(flow)).toContain('it was changed meanwhile');
    expect(read('a')).toBe('somebody else');
    expect(readdirSync(folder)).toEqual(['a']);
  });

  it.each<[string, FormValues, (box: Box) => void, RegExp]>([
    ['what is not there', { remote: '/app/none' }, () => undefined, /there is no \/app\/none/],
    [
      'what would take the place of a folder',
      { remote: '/app', local: 'here' },
      () => mkdirSync(join(folder, 'here', 'app'), { recursive: true }),
      /here\/app is there already, a folder/,
    ],
    [
      'what would follow a link',
      { remote: '/app/a', local: 'link' },
      (box) => {
        box.files.set('/app/a', '1');
        symlinkSync('elsewhere', join(folder, 'link'));
      },
      /link is there already, a link/,
    ],
    [
      'a container without tar',
      { remote: '/app/a' },
      (box) => {
        const reason = 'exec: "tar": executable file not found in $PATH: unknown';
        box.send = (_, sink) => sink.end({ code: null, reason });
      },
      /has no tar/,
    ],
    [
      'a link',
      { remote: '/app/a' },
      (box) => {
        const link: Entry = { name: 'app/a', type: 'symlink', linkname: '../etc/x' };
        box.send = (_, sink) => void archive(link).then((bytes) => sink.stdout(bytes));
      },
      /is a link to \/etc\/x: copy that/,
    ],
  ])('refuses %s', async (_, values, make, why) => {
    const box = new Box();
    make(box);
    const local = join(folder, values['local'] ?? '');
    expect(at(await box.flow({ ...values, local }), 'refused').reason).toMatch(why);
  });
});

describe('a hostile container', () => {
  /** What comes of what it sends where a folder was asked for. */
  async function received(
    send: (sink: ProcessSink) => void,
    { free = 1e9, signal = new AbortController().signal } = {},
  ): Promise<string> {
    const box = new Box();
    box.send = (_, sink) => send(sink);
    const place = {
      path: join(folder, 'in', 'app'),
      kind: 'none',
      size: 0,
      changed: 0,
      free,
    } as const;
    mkdirSync(join(folder, 'in'), { recursive: true });
    const said: string[] = [];
    const copying = receiveCopy({
      at: { pod: refOf('pods', pod), container: 'web' },
      found: { path: '/app', kind: 'folder', size: 0, target: '' },
      ...{ place, ctx: box.bench.context, signal },
      report: ({ text }) => void said.push(text),
    });
    const text = await copying.then(() => said.at(-1) ?? '', String);
    expect(box.stops).toBeGreaterThan(0);
    expect(readdirSync(folder)).toEqual(['in']);
    return text;
  }

  const top: Entry = { name: 'app/', type: 'directory' };
  const whole =
    (...entries: readonly Entry[]) =>
    (sink: ProcessSink): void =>
      void archive(...entries).then((bytes) => {
        sink.stdout(bytes);
        sink.end({ code: 0, reason: '' });
      });

  it.each<[string, readonly Entry[], RegExp]>([
    ['a name above', [top, { name: 'app/../../x', content: '1' }], /was not asked for/],
    ['a name above all', [top, { name: '../x', content: '1' }], /was not asked for/],
    ['an absolute name', [top, { name: '/etc/x', content: '1' }], /was not asked for/],
    ['a name that begins alike', [top, { name: 'apple', content: '1' }], /was not asked for/],
    ['something else first', [{ name: 'app/x', content: '1' }], /was not asked for/],
    ['a file for a folder', [{ name: 'app', content: '1' }], /was not asked for/],
    [
      'a name twice',
      [top, { name: 'app/x', content: '1' }, { name: 'app/x', content: '2' }],
      /came twice/,
    ],
    [
      'a file below a file',
      [top, { name: 'app/x', content: '1' }, { name: 'app/x/y', content: '2' }],
      /app: /,
    ],
    ['nothing', [], /is not there any more/],
    [
      'a file through a link',
      [
        top,
        { name: 'app/out', type: 'symlink', linkname: '/tmp' },
        { name: 'app/out/x', content: '1' },
      ],
      /"out\/x" came without its folder/,
    ],
    [
      'folders that it did not send',
      [top, { name: 'app/a/b/c/', type: 'directory' }],
      /"a\/b\/c" came without its folder/,
    ],
    [
      'a folder twice',
      [top, { name: 'app/a/', type: 'directory' }, { name: 'app/a/', type: 'directory' }],
      /"a" came twice/,
    ],
    [
      'a name without end',
      [top, { name: `x/${'y'.repeat(1e5)}`, content: '1' }],
      /^Error: the container sends "x\/y{198}", which/,
    ],
  ])('that sends %s leaves nothing here', async (_, entries, why) => {
    expect(await received(whole(...entries))).toMatch(why);
    expect(readdirSync(join(folder, 'in'))).toEqual([]);
  });

  it('that sends links and devices has them left out', async () => {
    const link: Entry = { name: 'app/out', type: 'symlink', linkname: folder };
    const device: Entry = { name: 'app/dev', type: 'character-device' };
    const hard: Entry = { name: 'app/hard', type: 'link', linkname: '/etc/passwd' };
    expect(await received(whole(top, link, device, hard))).toContain(
      'links and devices were left out (3)',
    );
    expect(readdirSync(join(folder, 'in', 'app'))).toEqual([]);
  });

  it.each<[string, (sink: ProcessSink) => void, RegExp]>([
    [
      'is cut off',
      (sink) =>
        void archive(top, { name: 'app/x', content: 'y'.repeat(2000) }).then((bytes) => {
          sink.stdout(bytes.subarray(0, 1500));
          sink.end({ code: null, reason: 'the connection was cut' });
        }),
      /the connection was cut/,
    ],
    [
      'sends less than it says, and all is well',
      (sink) =>
        void archive(top, { name: 'app/x', content: 'y'.repeat(2000) }).then((bytes) => {
          sink.stdout(bytes.subarray(0, 1500));
          sink.end({ code: 0, reason: '' });
        }),
      /no whole archive/,
    ],
    [
      'sends all, and fails',
      (sink) =>
        void archive(top).then((bytes) => {
          sink.stdout(bytes);
          sink.stderr(Buffer.from('tar: app/x: Permission denied\n'));
          sink.end({ code: 1, reason: 'exit 1' });
        }),
      /app\/x: Permission denied/,
    ],
    [
      'sends zeros without end',
      (sink) => {
        for (let i = 0; i < 3000; i++) sink.stdout(Buffer.alloc(2048));
      },
      /it holds no files/,
    ],
    ['sends noise', (sink) => sink.stdout(Buffer.alloc(4096, 'x')), /no whole archive/],
  ])('that %s leaves nothing here', async (_, send, why) => {
    expect(await received(send)).toMatch(why);
    expect(readdirSync(join(folder, 'in'))).toEqual([]);
  });

  it('that sends nothing is left when that is called off while it is asked', async () => {
    const signal = AbortSignal.abort();
    expect(await received(() => undefined, { signal })).toContain('nothing of it is kept');
  });

  it('that sends more than there is room for is left', async () => {
    const big: Entry = { name: 'app/x', content: 'y'.repeat(2000) };
    expect(await received(whole(top, big), { free: 1000 })).toContain(
      'more to copy than the disk has room',
    );
  });
});

describe('copying into a container', () => {
  it('sends a file into a folder, and looks whether all of it came', async () => {
    const box = new Box();
    writeFileSync(join(folder, 'a b'), 'x'.repeat(100_000));
    const flow = await box.flow({ direction: 'to', remote: '/app', local: join(folder, 'a b') });
    expect(at(flow, 'confirm').plan.title).toBe(`Copy ${folder}/a b to /app/a b in pod/api`);
    expect(await done(flow)).toBe('copied to /app/a b: 100 kB');
    expect(box.files.get('/app/a b')).toBe('x'.repeat(100_000));
  });

  it('names what it replaces, and takes folders without their links', async () => {
    const box = new Box();
    box.files.set('/app/conf/', '');
    mkdirSync(join(folder, 'conf'));
    writeFileSync(join(folder, 'conf', 'x'), '1');
    symlinkSync('/etc', join(folder, 'conf', 'etc'));
    const flow = await box.flow({ direction: 'to', remote: '/app', local: join(folder, 'conf') });
    const { plan } = at(flow, 'confirm');
    // kubectl puts it into a folder that is there: into /app/conf it would make another one.
    expect(commandsOf(plan)).toEqual([
      `kubectl --context prod cp ${folder}/conf shop/api:/app -c web`,
    ]);
    expect(plan.victims).toEqual(['/app/conf: files of the same names in it are replaced']);
    expect(plan.warnings).toEqual([`links and devices are left out (1): ${folder}/conf/etc …`]);
    await done(flow);
    expect(box.files.get('/app/conf/x')).toBe('1');
  });

  it('has no line for kubectl where it would take a path for that of a pod', async () => {
    const box = new Box();
    writeFileSync(join(folder, 'a:b'), '');
    const flow = await box.flow({ direction: 'to', remote: '/app/c', local: join(folder, 'a:b') });
    expect(commandsOf(at(flow, 'confirm').plan)).toEqual([]);
  });

  it('says what is not whole where the file changes meanwhile', async () => {
    const box = new Box();
    writeFileSync(join(folder, 'a'), 'x'.repeat(1000));
    const flow = await box.flow({ direction: 'to', remote: '/app/b', local: join(folder, 'a') });
    writeFileSync(join(folder, 'a'), 'x');
    expect(await done(flow)).toBe(
      `${folder}/a was changed while it was copied; what is under /app/b in the container is not whole`,
    );
  });

  it.each<[FormValues, RegExp]>([
    [{ remote: '/app/x', local: 'none' }, /no such file/],
    [{ remote: '/nowhere/x', local: 'a' }, /there is no folder \/nowhere/],
  ])('of %j is refused', async (values, why) => {
    const box = new Box();
    writeFileSync(join(folder, 'a'), '1');
    const local = join(folder, values['local'] ?? '');
    const flow = await box.flow({ direction: 'to', ...values, local });
    expect(at(flow, 'refused').reason).toMatch(why);
  });
});
