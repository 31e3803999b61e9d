/** A connection for tests of actions: a store of plain maps, and an API server that does as told. */
import { createActionRunner } from '../../../src/actions/engine/runner.ts';
import { ACTIONS } from '../../../src/actions/index.ts';
import type { AuditEntry } from '../../../src/actions/engine/audit.ts';
import type { ActionContext } from '../../../src/actions/engine/define.ts';
import type { ActionHost } from '../../../src/actions/engine/host.ts';
import type { RunnerHost } from '../../../src/actions/engine/runner-host.ts';
import { OperationList } from '../../../src/actions/engine/operations.ts';
import type { ActionFlow } from '../../../src/actions/engine/view.ts';
import { sleep } from '../../../src/core/sleep.ts';
import { shellLine } from '../../../src/core/shell.ts';
import { AwsFault } from '../../../src/domain/aws-fault.ts';
import { NO_CLUSTER } from '../../../src/domain/cluster-key.ts';
import type { KindRef, ObjectRef } from '../../../src/domain/ref.ts';
import type { BaseRow, WorkloadRow } from '../../../src/domain/rows.ts';
import { IDLE, type SourceStatus } from '../../../src/domain/status.ts';
import type { TableId } from '../../../src/domain/tables/index.ts';
import type { AwsDoor, EksCluster } from '../../../src/ports/aws.ts';
import type { AwsCall, AwsCalls } from '../../../src/ports/aws-calls.ts';
import type {
  AccessRequest,
  DeleteOptions,
  KubeObject,
  KubePort,
  NewObject,
  ProcessOptions,
  ProcessSink,
  PortForwardState,
  WriteOptions,
} from '../../../src/ports/kube.ts';
import type { LocalPort, ManifestFile, ProgramEnd } from '../../../src/ports/local.ts';
import type { Query } from '../../../src/ports/query.ts';
import { localCopies } from '../../../src/sources/local/index.ts';
import { MemoryDrafts } from '../../support/memory-drafts.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

export const EKS: EksCluster = {
  name: 'prod',
  arn: 'arn:aws:eks:eu-central-1:111122223333:cluster/prod',
  profile: '',
  region: 'eu-central-1',
};

type Patch = Parameters<KubePort['patch']>[1];
type ApplyOptions = NonNullable<Parameters<KubePort['apply']>[2]>;
type CreateRef = Parameters<KubePort['create']>[0];

/** An error as the Kubernetes source makes them. */
export function kubeError(code: number, message: string, hint = ''): Error {
  return Object.assign(new Error(message), { code, hint });
}

/** Lets promises settle: as many turns as any flow takes. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 50; turn++) await Promise.resolve();
}

/** A port that is forwarded, and what a test has it say. */
export interface Forward {
  readonly ref: ObjectRef;
  readonly ports: { readonly local: number; readonly remote: number };
  readonly tell: (state: Partial<PortForwardState>) => void;
  stopped: boolean;
}

export class ActionBench {
  readonly clock = new VirtualClock();
  readonly audit: AuditEntry[] = [];
  readonly patches: (readonly [ref: ObjectRef, patch: Patch])[] = [];
  readonly deletions: (readonly [ref: ObjectRef, options: DeleteOptions])[] = [];
  readonly evictions: (readonly [ref: ObjectRef, options: DeleteOptions])[] = [];
  readonly creations: (readonly [ref: CreateRef, object: NewObject, dryRun: boolean])[] = [];
  readonly asked: AccessRequest[] = [];
  /** What the API server has, by name, where that is not what the rows say. */
  readonly objects = new Map<string, KubeObject>();
  /** What the API server lists, by resource. */
  readonly lists = new Map<string, readonly KubeObject[]>();
  /** Answers of the API server; a test replaces them. */
  can: KubePort['can'] = () => Promise.resolve({ allowed: true, reason: '' });
  onExec: KubePort['exec'] = () => Promise.reject(new Error('no such container'));
  onAttach: KubePort['attach'] = () => Promise.reject(new Error('no such container'));
  onGet: (ref: ObjectRef) => KubeObject | undefined = () => undefined;
  onPatch: (ref: ObjectRef, patch: Patch) => void = () => {};
  onCreate: (object: NewObject) => void = () => {};
  /** Kinds that the server has; a test replaces it. */
  kindOf: (apiVersion: string, kind: string) => KindRef | null = () => null;
  readonly applied: (readonly [ref: ObjectRef, object: NewObject, options: ApplyOptions])[] = [];
  onApply: (ref: ObjectRef, object: NewObject, options: ApplyOptions) => KubeObject = (_, object) =>
    object as KubeObject;
  /** What a patch makes of an object. */
  patched: (ref: ObjectRef, patch: Patch) => KubeObject = ({ name }) => ({ metadata: { name } });
  onDelete: (ref: ObjectRef, options: DeleteOptions) => void = () => {};
  onEvict: (ref: ObjectRef, options: DeleteOptions) => void = () => {};
  /** Ports that are or were forwarded. */
  readonly forwards: Forward[] = [];
  onForward: (forward: Forward) => void = () => {};
  auditFails = false;
  held = 0;
  readonly #tables = new Map<TableId, Map<string, BaseRow>>();
  readonly #status = new Map<TableId, SourceStatus>();
  readonly #listeners = new Set<() => void>();

  put(table: TableId, ...rows: readonly BaseRow[]): void {
    const map = this.#tables.get(table) ?? new Map<string, BaseRow>();
    this.#tables.set(table, map);
    for (const row of rows) {
      map.set(row.uid, row);
      this.objects.delete(row.name);
    }
    this.changed();
  }

  remove(table: TableId, uid: string): void {
    this.#tables.get(table)?.delete(uid);
    this.changed();
  }

  setStatus(table: TableId, status: Partial<SourceStatus>): void {
    this.#status.set(table, { ...IDLE, ...status });
    this.changed();
  }

  changed(): void {
    for (const listener of [...this.#listeners]) listener();
  }

  readonly query: Query = {
    get: (table, uid) => this.#tables.get(table)?.get(uid) as never,
    named: (table, namespace, name) =>
      [...(this.#tables.get(table)?.values() ?? [])].find(
        (row) => row.namespace === namespace && row.name === name,
      ) as never,
    rows: (table) => [...(this.#tables.get(table)?.values() ?? [])] as never,
    size: (table) => this.#tables.get(table)?.size ?? 0,
    columns: () => [],
    status: (table) => this.#status.get(table) ?? { ...IDLE, state: 'live', synced: true },
  };

  /** What AWS answers, by call; what is not here is refused, as a caller without rights is. */
  readonly awsAnswers: { [A in AwsCall]?: (input: AwsCalls[A]['input']) => AwsCalls[A]['output'] } =
    {};
  readonly awsCalls: (readonly [action: AwsCall, input: unknown])[] = [];
  readonly door: AwsDoor = {
    scope: EKS,
    call: async (action, input) => {
      this.awsCalls.push([action, input]);
      await Promise.resolve();
      const answer = this.awsAnswers[action];
      if (answer === undefined)
        throw new AwsFault('denied', `${action} is not allowed`, '', { code: 'AccessDenied' });
      return answer(input);
    },
  };

  /** An EKS cluster, and AWS to ask about it. */
  onEks(): Partial<ActionHost> {
    return { ctx: { ...this.context, aws: this.door, eks: EKS } };
  }

  /** Our terminal; a test types into it. */
  lend: ActionContext['lend'] = () => Promise.reject(new Error('no terminal'));

  /** Programs that are installed here, by name, and what was started. */
  readonly programs = new Map<string, () => ProgramEnd>();
  readonly started: (readonly string[])[] = [];
  /** What they write to their standard error. */
  readonly complaints = new Map<string, string>();
  readonly drafts = new MemoryDrafts();
  /** Files that describe objects, by the path that they are asked for with. */
  readonly manifests = new Map<string, readonly ManifestFile[]>();
  readonly local: LocalPort = {
    drafts: this.drafts,
    absolute: (path) => `/work/${path}`,
    manifests: (path) => {
      const files = this.manifests.get(path);
      return files === undefined
        ? Promise.reject(new Error(`${path}: there is no such file or folder`))
        : Promise.resolve(files);
    },
    find: (command) => (this.programs.has(command) ? `/usr/bin/${command}` : null),
    run: (command, args, _env, hear) => {
      this.started.push([command, ...args]);
      hear?.(this.complaints.get(command) ?? '');
      const program = this.programs.get(command);
      return program === undefined
        ? Promise.reject(new Error(`${command} is not installed (not on PATH)`))
        : Promise.resolve().then(program);
    },
    files: {
      read: async (path, most) => {
        await Promise.resolve();
        const bytes = this.files.get(path) ?? null;
        if (bytes !== null && bytes.length > most) throw new Error(`${path}: it is too large`);
        return { path, bytes, locked: this.lockedFiles.get(path) ?? '' };
      },
      replace: async (file, bytes) => {
        await Promise.resolve();
        this.#formers.set(`${file.path} ${String(bytes)}`, file.bytes);
        if (bytes === null) this.files.delete(file.path);
        else this.files.set(file.path, bytes);
      },
      former: ({ path, bytes }) => this.#formers.get(`${path} ${String(bytes)}`),
    },
    copies: localCopies('/home/me'),
    kubeconfig: { paths: ['/home/me/.kube/config', '/home/me/.kube/more'], profile: '' },
  };
  /** Files of the user, and why some cannot be written. */
  readonly files = new Map<string, Uint8Array>();
  readonly lockedFiles = new Map<string, string>();
  readonly #formers = new Map<string, Uint8Array | null>();

  readonly context: ActionContext = {
    query: this.query,
    kube: {
      can: (request: AccessRequest) => {
        this.asked.push(request);
        return this.can(request);
      },
      list: (ref: ObjectRef) => Promise.resolve(this.lists.get(ref.resource) ?? []),
      get: (ref: ObjectRef) =>
        Promise.resolve(this.onGet(ref) ?? this.objects.get(ref.name) ?? this.#objectOf(ref)),
      kindOf: ({ apiVersion, kind }: { readonly apiVersion: string; readonly kind: string }) =>
        Promise.resolve(this.kindOf(apiVersion, kind)),
      apply: async (ref: ObjectRef, object: NewObject, options: ApplyOptions = {}) => {
        await Promise.resolve();
        const made = this.onApply(ref, object, options);
        this.applied.push([ref, object, options]);
        return made;
      },
      exec: (ref: ObjectRef, options: ProcessOptions, sink: ProcessSink) =>
        this.onExec(ref, options, sink),
      attach: (ref: ObjectRef, options: Omit<ProcessOptions, 'command'>, sink: ProcessSink) =>
        this.onAttach(ref, options, sink),
      token: () => Promise.resolve({ token: 'a.b.c', expires: 0 }),
      portForward: async (
        ref: ObjectRef,
        ports: Forward['ports'],
        onState: (state: PortForwardState) => void,
      ) => {
        await Promise.resolve();
        const port = ports.local === 0 ? 40_001 : ports.local;
        const tell = (state: Partial<PortForwardState>): void =>
          onState({ port, open: 0, total: 0, problem: null, ...state });
        const forward: Forward = { ref, ports, tell, stopped: false };
        this.onForward(forward);
        this.forwards.push(forward);
        tell({});
        return () => {
          forward.stopped = true;
          tell({ port: 0 });
        };
      },
      create: async (ref: CreateRef, object: NewObject, { dryRun = false }: WriteOptions = {}) => {
        await Promise.resolve();
        this.creations.push([ref, object, dryRun]);
        this.onCreate(object);
        return object;
      },
      delete: async (ref: ObjectRef, options: DeleteOptions = {}) => {
        await Promise.resolve();
        this.deletions.push([ref, options]);
        this.onDelete(ref, options);
        return null;
      },
      evict: async (ref: ObjectRef, options: DeleteOptions = {}) => {
        await Promise.resolve();
        this.evictions.push([ref, options]);
        this.onEvict(ref, options);
      },
      patch: (ref: ObjectRef, patch: Patch) => {
        this.patches.push([ref, patch]);
        return Promise.resolve().then(() => {
          this.onPatch(ref, patch);
          if (patch.dryRun !== true && patch.subresource === 'scale') this.#scale(ref, patch);
          return this.patched(ref, patch);
        });
      },
    } as unknown as KubePort,
    cluster: NO_CLUSTER,
    eks: null,
    aws: null,
    awsCli: (args) => shellLine(['aws', ...args, '--region', 'eu-central-1']),
    once: (_key, ask) => ask(),
    now: () => this.clock.now(),
    lend: (run) => this.lend(run),
    local: this.local,
    sleep: (ms, signal) => sleep(ms, signal, this.clock),
    kubectl: (args) => shellLine(['kubectl', '--context', 'prod', ...args]),
  };

  /** Lines that the audit log has from earlier runs, and the processes that are still there. */
  earlier: string[] = [];
  readonly alive = new Set<number>();
  /** What the audit log does with a line. */
  onAudit: (line: string) => void | Promise<void> = (line) => {
    if (this.auditFails) throw kubeError(0, 'disk full', 'make room');
    this.audit.push(JSON.parse(line) as AuditEntry);
  };

  readonly operations = new OperationList(this.clock, {
    write: (line) => this.onAudit(line),
    recent: () => Promise.resolve(this.earlier),
    pid: 1,
    isAlive: (pid) => this.alive.has(pid),
  });

  /** The operation that was begun last. */
  get last() {
    return this.operations.all.at(-1);
  }

  #objectOf({ name }: ObjectRef): KubeObject {
    for (const table of this.#tables.values())
      for (const row of table.values())
        if (row.name === name) {
          const { desired } = row as WorkloadRow;
          return { metadata: { name, uid: row.uid }, spec: { replicas: desired } };
        }
    throw kubeError(404, `${name} not found`);
  }

  #scale({ name }: ObjectRef, { body }: Patch): void {
    const replicas = (body as { op: string; value: number }[]).find(({ op }) => op === 'replace');
    this.objects.set(name, { metadata: { name }, spec: { replicas: replicas?.value } });
  }

  runner(options: Partial<RunnerHost> = {}) {
    return createActionRunner({
      actions: ACTIONS,
      ctx: this.context,
      clock: this.clock,
      readonly: () => false,
      isProtected: () => false,
      cluster: NO_CLUSTER,
      where: () => ['prod'],
      realUser: () => '',
      user: () => 'arn:aws:iam::1:user/me',
      operations: this.operations,
      iamAllows: () => Promise.resolve(null),
      onChange: (_tables, listener) => {
        this.#listeners.add(listener);
        return () => {
          this.#listeners.delete(listener);
        };
      },
      hold: () => {
        this.held++;
        return () => {
          this.held--;
        };
      },
      ...options,
    });
  }

  /** A target of the table's resource. */
  target<Row extends BaseRow>(table: TableId, row: Row) {
    this.put(table, row);
    return { resource: table, table, row };
  }
}

/** The stage of a flow, for what only one stage has. */
export function at<S extends ActionFlow['state']['stage']>(
  flow: ActionFlow | string | null,
  stage: S,
): Extract<ActionFlow['state'], { readonly stage: S }> {
  if (flow === null || typeof flow === 'string')
    throw new Error(`${flow ?? 'nothing'}, not ${stage}`);
  if (flow.state.stage !== stage) throw new Error(`at ${JSON.stringify(flow.state)}, not ${stage}`);
  return flow.state as Extract<ActionFlow['state'], { readonly stage: S }>;
}
