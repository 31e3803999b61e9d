/**
 * The UI in one process: the real session, store, terminal and Ink on a virtual clock, with a world
 * of rows in place of a cluster and a terminal in memory in place of the user's.
 */
import { NO_CHOICE } from '../support/scopes.ts';
import { setImmediate as turn } from 'node:timers/promises';
import { OperationList } from '../../src/actions/engine/operations.ts';
import type { ActionRunner } from '../../src/actions/engine/view.ts';
import { ACTIONS } from '../../src/actions/index.ts';
import { createActionRunner } from '../../src/actions/engine/runner.ts';
import { changePolicy } from '../../src/config/policy.ts';
import type { WorkspaceChoice } from '../../src/config/workspaces.ts';
import { configSchema } from '../../src/config/schema.ts';
import { sleep } from '../../src/core/sleep.ts';
import { shellLine } from '../../src/core/shell.ts';
import { contextKey } from '../../src/domain/cluster-key.ts';
import type { ObjectRef } from '../../src/domain/ref.ts';
import { IDLE, type SourceStatus } from '../../src/domain/status.ts';
import type { KubeTableId } from '../../src/domain/tables/index.ts';
import type { AwsPort } from '../../src/ports/aws.ts';
import type { KubePort } from '../../src/ports/kube.ts';
import type { Memory } from '../../src/ports/memory.ts';
import type { Sink } from '../../src/ports/sink.ts';
import { localCopies, localPrograms, userFiles } from '../../src/sources/local/index.ts';
import type { SignInPort } from '../../src/ports/sign-in.ts';
import { Session, SignIns } from '../../src/session/index.ts';
import { createPainter, loadTheme, type ColorDepth } from '../../src/theme/index.ts';
import type { ResourceRegistry } from '../../src/resources/registry.ts';
import { startUi } from '../../src/ui/index.tsx';
import { Terminal } from '../../src/ui/terminal/index.ts';
import { resources } from '../support/resources.ts';
import { MemoryDrafts } from '../support/memory-drafts.ts';
import { VirtualClock } from '../support/virtual-clock.ts';
import { FakeJobs, FakeStdin, FakeStdout } from '../unit/ui/terminal/fakes.ts';
import { NOW, OFFERED, SHOP, type Rows } from './world.ts';

export interface HarnessOptions {
  readonly columns?: number;
  readonly rows?: number;
  readonly world?: Rows;
  readonly theme?: string;
  readonly depth?: ColorDepth;
  /** As typed behind `:`; absent: the pods, or with a memory what that says; empty: nothing. */
  readonly command?: string;
  /** False: start at the list of clusters. */
  readonly connected?: boolean;
  /** What a cluster answers otherwise; a function: by the name of its context. */
  readonly kube?: Partial<KubePort> | ((context: string) => Partial<KubePort>);
  /** Both contexts lead to one cluster. */
  readonly sameServer?: boolean;
  /** Keep back the rows of these tables until {@link Harness.feed}. */
  readonly withhold?: readonly KubeTableId[];
  readonly readonly?: boolean;
  readonly memory?: Memory;
  /** Lines of the audit log that earlier runs wrote. */
  readonly audited?: readonly string[];
  /** A namespace was asked for on the command line. */
  readonly inNamespace?: boolean;
  readonly signIn?: SignInPort;
  /** Absent: there is no AWS. */
  readonly aws?: AwsPort;
  /** What the configuration says of workspaces of Prometheus. */
  readonly workspaces?: WorkspaceChoice;
  /** Absent: those of the program. */
  readonly resources?: ResourceRegistry;
}

const LIVE: SourceStatus = { ...IDLE, state: 'live', since: NOW, asOf: NOW, synced: true };

/** Account and region of each cluster. */
const PLACES: Readonly<Record<string, readonly string[]>> = {
  'prod-eu': ['account 123456789012', 'eu-central-1'],
  staging: ['account 210987654321', 'eu-central-1'],
};

const NO_SIGN_IN: SignInPort = {
  sessions: () => Promise.resolve([]),
  signIn: () => Promise.reject(new Error('nothing to sign in to')),
};

export class Harness {
  readonly clock = new VirtualClock(NOW);
  readonly stdin = new FakeStdin();
  readonly stdout: FakeStdout;
  readonly terminal: Terminal;
  readonly session: Session<ActionRunner>;
  readonly operations: OperationList;
  readonly done: Promise<void>;
  /** What was asked to be changed. */
  readonly patches: {
    readonly ref: ObjectRef;
    readonly patch: Parameters<KubePort['patch']>[1];
  }[] = [];
  /** Those that are followed, the newest last. */
  #sinks: {
    readonly context: string;
    readonly table: KubeTableId;
    readonly sink: Sink<never>;
  }[] = [];
  readonly #options: HarnessOptions;

  constructor(options: HarnessOptions = {}) {
    const { columns = 120, rows = 40, theme = 'mono', depth = 'none' } = options;
    this.#options = options;
    this.stdout = new FakeStdout(columns, rows);
    const jobs = new FakeJobs();
    this.terminal = new Terminal({
      stdin: this.stdin,
      stdout: this.stdout,
      env: {},
      jobs,
      timer: jobs.timer,
    });
    this.operations = new OperationList(this.clock, {
      write: () => {},
      recent: () => Promise.resolve(options.audited ?? []),
      pid: 1,
      isAlive: () => false,
    });
    this.session = new Session<ActionRunner>({
      clock: this.clock,
      contexts: [
        {
          name: 'prod-eu',
          server: 'https://10.9.8.7',
          namespace: '',
          current: true,
          eks: null,
          problem: '',
        },
        {
          name: 'staging',
          server: options.sameServer === true ? 'https://10.9.8.7/' : 'https://10.9.8.6',
          namespace: '',
          current: false,
          eks: null,
          problem: '',
        },
      ],
      kube: (target) => this.#kube('context' in target ? target.context : ''),
      aws: options.aws ?? null,
      awsProblem: { reason: 'no AWS credentials', hint: '' },
      scopes: options.aws ? [{ profile: '', region: 'eu-central-1' }] : [],
      choosing: NO_CHOICE,
      actions: (connection) =>
        createActionRunner({
          actions: ACTIONS,
          clock: this.clock,
          readonly: () => connection.readonly,
          isProtected: () => connection.isProtected,
          cluster: connection.cluster,
          where: () => [connection.title, ...(PLACES[connection.title] ?? [])],
          user: () => connection.info.user,
          realUser: () => '',
          operations: this.operations,
          iamAllows: () => Promise.resolve(null),
          onChange: (tables, listener) => connection.store.onChange(tables, listener),
          hold: (tables) => connection.need(tables),
          ctx: {
            cluster: connection.cluster,
            query: connection.store,
            kube: connection.kube,
            eks: null,
            aws: null,
            awsCli: (args) => shellLine(['aws', ...args]),
            now: () => this.clock.now(),
            lend: (run) => this.terminal.lend(run),
            local: {
              ...localPrograms({ env: {}, handOver: (run) => this.terminal.handOver(run) }),
              drafts: new MemoryDrafts(),
              files: userFiles(),
              copies: localCopies('/home/me'),
              kubeconfig: { paths: [], profile: '' },
              absolute: (path) => path,
              manifests: () => Promise.resolve([]),
            },
            sleep: (ms, signal) => sleep(ms, signal, this.clock),
            kubectl: (args) => shellLine(['kubectl', '--context', connection.title, ...args]),
          },
        }),
      favorites: [],
      workspaces: options.workspaces ?? (() => null),
      policy: changePolicy(configSchema.parse({}), { readonly: options.readonly }),
      frameMs: () => 100,
      goneMs: 15 * 60_000,
    });
    if (options.connected !== false) this.session.open(contextKey('prod-eu'));
    this.terminal.open();
    this.done = startUi({
      session: this.session,
      terminal: this.terminal,
      clock: this.clock,
      config: { ...configSchema.parse({}), theme },
      actions: ACTIONS,
      resources: options.resources ?? resources,
      operations: this.operations,
      signIns: new SignIns(options.signIn ?? NO_SIGN_IN, () => this.session.retryNow()),
      painter: (name) => createPainter(loadTheme(name, 'themes', depth), depth),
      saves: '/nonexistent/saves',
      command: options.command ?? (isTold(options) ? '' : 'pods'),
      memory: options.memory,
      inNamespace: options.inNamespace ?? false,
    });
  }

  /** A harness whose first rows are on the screen. */
  static async start(options: HarnessOptions = {}): Promise<Harness> {
    const harness = new Harness(options);
    await harness.settle();
    harness.clock.advance(100);
    await harness.settle();
    return harness;
  }

  /** Until all that was begun is drawn. */
  async settle(): Promise<void> {
    for (let i = 0; i < 4; i++) await turn();
  }

  /** Types text and named keys: `press('j', 'enter', ':pods', 'ctrl-w')`; words are typed letter by letter. */
  async press(...keys: readonly string[]): Promise<void> {
    for (const key of keys) {
      this.stdin.type(BYTES[key] ?? key);
      await this.settle();
    }
  }

  /** Lets time pass and draws. */
  async wait(ms: number): Promise<void> {
    this.clock.advance(ms);
    await this.settle();
  }

  /** Gives a table its rows, whatever was withheld. */
  feed(table: KubeTableId, rows: Rows = this.#options.world ?? SHOP, status = LIVE): void {
    const sink = this.sink(table);
    if (!sink) return;
    sink.relist();
    // Each connection decodes rows of its own.
    sink.put((rows[table] ?? []).map((row) => ({ ...row })) as never[]);
    sink.synced();
    sink.status(status);
  }

  /** Of the cluster of a context; none named: of the one that was connected to last. */
  sink(table: KubeTableId, context?: string): Sink<never> | undefined {
    return this.#sinks.findLast(
      (each) => each.table === table && (context ?? each.context) === each.context,
    )?.sink;
  }

  /** The screen, one line per row. */
  async screen(): Promise<string> {
    const lines = await this.stdout.vt.text();
    return `${lines.join('\n')}\n`;
  }

  /** The line that has this text. */
  async line(text: string): Promise<string | undefined> {
    return (await this.stdout.vt.text()).find((line) => line.includes(text));
  }

  async quit(): Promise<void> {
    this.stdin.type(BYTES['ctrl-c'] ?? '');
    await this.done;
    this.session.close();
    this.terminal.restore();
  }

  #kube(context: string): KubePort {
    const { kube } = this.#options;
    return {
      watch: (table, _scope, sink) => {
        this.#sinks.push({ context, table, sink });
        sink.status({ ...IDLE, state: 'loading', since: NOW });
        if (!this.#options.withhold?.includes(table)) this.feed(table);
        return () => {
          this.#sinks = this.#sinks.filter((each) => each.sink !== sink);
        };
      },
      followKinds: (sink) => {
        sink.put(OFFERED.map((kind) => ({ ...kind })));
        sink.synced();
        sink.status(LIVE);
        return () => {};
      },
      look: () => {},
      watchKind: () => () => {},
      retryNow: () => {},
      clockOffset: null,
      insecure: null,
      info: () =>
        Promise.resolve({
          version: 'v1.36.0',
          server: 'https://10.9.8.7',
          user: 'arn:aws:sts::123456789012:assumed-role/Admin/alice',
          realUser: '',
          roundTrip: 12,
        }),
      get: ({ kind, name, namespace }) =>
        Promise.resolve({ kind, metadata: { name, namespace, uid: 'u1' }, spec: {}, status: {} }),
      kindOf: () => Promise.resolve(null),
      list: () => Promise.resolve([]),
      logs: () => () => {},
      can: () => Promise.resolve({ allowed: true, reason: '' }),
      patch: (ref, patch) => {
        this.patches.push({ ref, patch });
        return Promise.resolve({ metadata: { name: ref.name } });
      },
      ...UNASKED,
      encodings: () => ({}),
      close: () => {},
      ...(typeof kube === 'function' ? kube(context) : kube),
    };
  }
}

/** What to begin with is said by other means. */
const isTold = ({ memory, connected }: HarnessOptions): boolean =>
  memory !== undefined || connected === false;

/** What no frame asks for: a test that does says what is answered. */
const unasked = () => Promise.reject(new Error('the harness was not told what to answer'));
const UNASKED = {
  create: unasked,
  replace: unasked,
  apply: unasked,
  delete: unasked,
  evict: unasked,
  token: unasked,
  exec: unasked,
  attach: unasked,
  portForward: unasked,
  volumeStats: unasked,
};

const BYTES: Readonly<Record<string, string>> = {
  enter: '\r',
  esc: '\x1b[27u',
  tab: '\t',
  space: ' ',
  backspace: '\x7f',
  up: '\x1b[A',
  down: '\x1b[B',
  right: '\x1b[C',
  left: '\x1b[D',
  'shift-left': '\x1b[1;2D',
  'shift-right': '\x1b[1;2C',
  pgdn: '\x1b[6~',
  pgup: '\x1b[5~',
  'ctrl-c': '\x03',
  'ctrl-d': '\x04',
  'ctrl-e': '\x05',
  'ctrl-p': '\x10',
  'ctrl-r': '\x12',
  'ctrl-s': '\x13',
  'ctrl-w': '\x17',
  'ctrl-space': '\x00',
  'ctrl-\\': '\x1c',
};
