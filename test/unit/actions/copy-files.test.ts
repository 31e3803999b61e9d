import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pack, extract, type Header } from 'tar-stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { receiveCopy } from '../../../src/actions/copying.ts';
import type { FormValues } from '../../../src/actions/form.ts';
import { commandsOf } from '../../../src/actions/plan.ts';
import type { ActionFlow, FlowState } from '../../../src/actions/view.ts';
import { refOf } from '../../../src/domain/ref.ts';
import type { ProcessSink, RemoteProcess } from '../../../src/ports/kube.ts';
import { container, podRow } from '../../support/rows.ts';
import { ActionBench, at } from './bench.ts';

const pod = podRow({ namespace: 'shop', name: 'api', containers: [container({ name: 'web' })] });

let folder = '';
beforeEach(() => (folder = realpathSync(mkdtempSync(join(tmpdir(), 'copies-')))));
afterEach(() => rmSync(folder, { recursive: true }));

type Entry = Partial<Header> & { readonly name: string; readonly content?: string };

/** An archive of these entries. */
async function archive(...entries: readonly Entry[]): Promise<Buffer> {
  const packing = pack();
  for (const { content, ...header } of entries)
    if (content === undefined) packing.entry(header);
    else packing.entry(header, content);
  packing.finalize();
  const chunks: Buffer[] = [];
  for await (const chunk of packing as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** A container with a tar: files by their paths, folders end with a slash. */
class Box {
  readonly bench = new ActionBench();
  readonly files = new Map<string, string>([['/app/', '']]);
  /** Sends something else than what there is. */
  send: ((path: string, sink: ProcessSink) => void) | null = null;
  stops = 0;

  constructor() {
    this.bench.onExec = async (_pod, { command }, sink) => {
      const input: Buffer[] = [];
      if (command[1] === 'cf') void this.#read(command[3] ?? '', sink);
      await Promise.resolve();
      const process: Partial<RemoteProcess> = {
        write: (bytes) => void input.push(Buffer.from(bytes)),
        written: () => Promise.resolve(),
        hold: () => undefined,
        go: () => undefined,
        stop: () => {
          this.stops++;
        },
        closeInput: () => this.#write(command[4] ?? '', Buffer.concat(input), sink),
      };
      return process as RemoteProcess;
    };
  }

  async #read(path: string, sink: ProcessSink): Promise<void> {
    if (this.send !== null) {
      this.send(path, sink);
      return;
    }
    const below = [...this.files].filter(
      ([each]) => each === path || each === `${path}/` || each.startsWith(`${path}/`),
    );
    if (below.length === 0) {
      sink.stderr(Buffer.from(`tar: ${path}: Cannot stat: No such file or directory\n`));
      sink.end({ code: 2, reason: 'exit 2' });
      return;
    }
    sink.stderr(Buffer.from("tar: Removing leading `/' from member names\n"));
    const entries = below.map(([name, content]): Entry =>
      name.endsWith('/')
        ? { name: name.slice(1), type: 'directory' }
        : { name: name.slice(1), content },
    );
    sink.stdout(await archive(...entries));
    sink.end({ code: 0, reason: '' });
  }

  #write(directory: string, bytes: Buffer, sink: ProcessSink): void {
    void this.#unpack(directory, bytes, sink);
  }

  async #unpack(directory: string, bytes: Buffer, sink: ProcessSink): Promise<void> {
    const extraction = extract();
    extraction.end(bytes);
    for await (const source of extraction) {
      const chunks: Buffer[] = [];
      for await (const chunk of source as AsyncIterable<Buffer>) chunks.push(chunk);
      this.files.set(join(directory, source.header.name), Buffer.concat(chunks).toString());
    }
    sink.end({ code: 0, reason: '' });
  }

  async flow(values: FormValues): Promise<ActionFlow> {
    const flow = this.bench.runner().start('copy-files', [this.bench.target('pods', pod)]);
    await until(flow, 'form');
    for (const [id, value] of Object.entries(values)) flow.change(id, value);
    await until(flow, 'form', (state) => 'busy' in state && !state.busy);
    flow.submit();
    await until(flow, 'confirm', () => true, 'refused');
    return flow;
  }
}

/** Waits for what comes of real files: a stage, whenever that is. */
function until(
  flow: ActionFlow,
  stage: FlowState['stage'],
  holds: (state: FlowState) => boolean = () => true,
  or = stage,
): Promise<void> {
  return new Promise((resolve) => {
    const look = (): void => {
      const { state } = flow;
      if ((state.stage !== stage && state.stage !== or) || !holds(state)) return;
      stop();
      resolve();
    };
    const stop = flow.subscribe(look);
    look();
  });
}

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
  async function received(send: (sink: ProcessSink) => void, free = 1e9): Promise<string> {
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
      ...{ place, ctx: box.bench.context, signal: new AbortController().signal },
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
  ])('that sends %s leaves nothing here', async (_, entries, why) => {
    expect(await received(whole(...entries))).toMatch(why);
    expect(readdirSync(join(folder, 'in'))).toEqual([]);
  });

  it('that sends links and devices has them left out', async () => {
    const link: Entry = { name: 'app/out', type: 'symlink', linkname: folder };
    const through: Entry = { name: 'app/out/x', content: '1' };
    const device: Entry = { name: 'app/dev', type: 'character-device' };
    const hard: Entry = { name: 'app/hard', type: 'link', linkname: '/etc/passwd' };
    expect(await received(whole(top, link, device, hard, through))).toContain(
      'links and devices were left out (3)',
    );
    expect(statSync(join(folder, 'in', 'app', 'out')).isDirectory()).toBe(true);
    expect(readdirSync(join(folder, 'in', 'app'))).toEqual(['out']);
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
    ['sends noise', (sink) => sink.stdout(Buffer.alloc(4096, 'x')), /no whole archive/],
  ])('that %s leaves nothing here', async (_, send, why) => {
    expect(await received(send)).toMatch(why);
    expect(readdirSync(join(folder, 'in'))).toEqual([]);
  });

  it('that sends more than there is room for is left', async () => {
    const big: Entry = { name: 'app/x', content: 'y'.repeat(2000) };
    expect(await received(whole(top, big), 1000)).toContain('more to copy than the disk has room');
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
    expect(plan.victims).toEqual(['/app/conf: files of the same names in it are replaced']);
    expect(plan.warnings).toEqual([`links and devices are left out (1): ${folder}/conf/etc …`]);
    await done(flow);
    expect(box.files.get('/app/conf/x')).toBe('1');
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
