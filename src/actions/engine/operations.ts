import type { Clock } from '../../core/clock.ts';
import type { ClusterKey } from '../../domain/cluster-key.ts';
import type { Stop } from '../../ports/sink.ts';
import { writeAudit, type AuditEntry, type AuditLog } from './audit.ts';
import type { ActionTarget } from './define.ts';
import { Notifier } from '../../core/notifier.ts';
import type { FormValues } from './form.ts';
import { RunningOperation, type Confirmed } from './operation.ts';
import { READ_ONLY, type ActionHost } from './host.ts';
import { commandsOf, type Inverse } from './plan.ts';
import { unfinishedOf } from './recovery.ts';
import type { Operation, Operations, Unfinished } from './view.ts';
import { troubleOf } from '../../core/words.ts';

const omit = (values: FormValues, ids: readonly string[]): FormValues =>
  Object.fromEntries(Object.entries(values).filter(([id]) => !ids.includes(id)));

/** Operations kept. */
const KEPT = 100;

const NOTHING: ReadonlySet<string> = new Set();

/** What was done on a cluster, and how it is taken back. */
export interface Done {
  readonly operation: number;
  readonly title: string;
  readonly action: Confirmed['action'];
  readonly targets: readonly ActionTarget[];
  readonly inverse: Inverse | null;
  /** What the action's `state` said of each target (by uid) once it was done. */
  readonly left: Map<string, string>;
}

/** All that runs and ran, whatever the cluster: one for the session. */
export class OperationList implements Operations {
  readonly #clock: Clock;
  readonly #audit: AuditLog;
  readonly #changes = new Notifier();
  readonly #running = new Map<number, RunningOperation>();
  /** Written down as begun, and not yet with what came of it. */
  readonly #open = new Set<number>();
  readonly #stacks = new Map<ClusterKey, Done[]>();
  /** What was taken back: what it still reports is of no interest. */
  readonly #undone = new Map<number, Operation>();
  #all: readonly Operation[] = [];
  #busy: ReadonlyMap<ClusterKey, ReadonlySet<string>> = new Map();
  #ids = 0;

  constructor(clock: Clock, audit: AuditLog) {
    this.#clock = clock;
    this.#audit = audit;
  }

  busyOn(cluster: ClusterKey): ReadonlySet<string> {
    return this.#busy.get(cluster) ?? NOTHING;
  }

  get all(): readonly Operation[] {
    return this.#all;
  }

  /** What a later run would find unfinished if this one ended now. */
  get open(): readonly Operation[] {
    return this.#all.filter(({ id }) => this.#open.has(id));
  }

  /** What goes on on a cluster and will end by itself, begun last; undefined: nothing does. */
  going(cluster: ClusterKey): Operation | undefined {
    return [...this.#running.values()].findLast(
      ({ view, confirmed }) =>
        view.cluster === cluster && this.#open.has(view.id) && confirmed.plan.passing !== true,
    )?.view;
  }

  subscribe(listener: () => void): Stop {
    return this.#changes.subscribe(listener);
  }

  stop(id: number): void {
    this.#running.get(id)?.stop();
  }

  unfinished(): Promise<readonly Unfinished[]> {
    return unfinishedOf(this.#audit, this.#clock.now());
  }

  /** Ends in the audit log what an earlier run began, so that it is unfinished no longer. */
  async dismiss({ id, action, title, cluster, targets, values }: Unfinished): Promise<void> {
    const [, pid = '', own = ''] = /^(\d+)\/(.*)$/s.exec(id) ?? [];
    await writeAudit(this.#audit, {
      ...{ action, title, cluster, targets, values },
      ts: new Date(this.#clock.now()).toISOString(),
      phase: 'result',
      id: own,
      pid: Number(pid),
      ...{ user: '', realUser: '', commands: [] },
      result: 'cut short; gone on with or let be by a later run',
    });
  }

  /** What can be taken back on a cluster, the last at the end. */
  done(cluster: ClusterKey): readonly Done[] {
    return this.#stacks.get(cluster) ?? [];
  }

  /** @param changed is told whenever it stands otherwise */
  prepare(confirmed: Confirmed, host: ActionHost, changed: () => void): RunningOperation {
    const operation: RunningOperation = new RunningOperation(++this.#ids, confirmed, host, () => {
      if (this.#running.has(operation.view.id)) this.#show();
      changed();
    });
    return operation;
  }

  /**
   * Writes down what is about to be done and does it; settles when all is sent. What cannot be
   * written down is not done.
   * @throws AuditError, or Error where it has turned out meanwhile to be a read-only cluster; nothing
   * was sent then
   */
  async run(operation: RunningOperation): Promise<void> {
    const { view, confirmed, host } = operation;
    // Ports refuse by themselves; a program of this machine knows nothing of read-only.
    if (host.readonly() && confirmed.action.touches !== 'machine') throw new Error(READ_ONLY);
    const entry = this.#entry(operation);
    await writeAudit(this.#audit, entry);
    this.#open.add(view.id);
    this.#running.set(view.id, operation);
    this.#show();
    await operation.run();
    const sent = operation.sentUids;
    if (sent.size > 0 && confirmed.plan.passing !== true) this.#remember(operation, sent);
    this.#show();
    const ts = new Date(this.#clock.now()).toISOString();
    const { result } = operation;
    await writeAudit(this.#audit, { ...entry, ts, phase: 'result', result }).catch(
      (error: unknown) => operation.addTrouble(troubleOf(error)),
    );
    this.#open.delete(view.id);
    void operation.ended().then(() => {
      this.#noteLeft(confirmed, view.id, host);
      this.#show();
      this.#running.delete(view.id);
    });
  }

  /** Shows an operation that ended before anything was sent. */
  fail(operation: RunningOperation, reason: string): void {
    const { view } = operation;
    this.#keep({ ...view, state: 'failed', text: `${view.title}: ${reason}`, stoppable: false });
  }

  #entry({ view, confirmed, host }: RunningOperation): AuditEntry {
    const { action, targets, values, plan } = confirmed;
    return {
      ts: new Date(this.#clock.now()).toISOString(),
      phase: 'intent',
      id: `${this.#clock.now()}-${view.id}`,
      pid: this.#audit.pid,
      action: action.id,
      title: plan.title,
      cluster: host.cluster,
      user: host.user(),
      realUser: host.realUser(),
      targets: targets.map(({ table, row }) => `${table} ${row.namespace}/${row.name}`),
      values: omit(values, action.unaudited ?? []),
      commands: commandsOf(plan),
      result: '',
    };
  }

  /** Keeps what was sent, and how to take it back. */
  #remember({ view, confirmed, host }: RunningOperation, sent: ReadonlySet<string>): void {
    const { action, targets, plan, undoes } = confirmed;
    const stack = this.#stacks.get(host.cluster) ?? [];
    this.#stacks.set(host.cluster, stack);
    if (undoes !== null) {
      // Taking back again goes on with what was done before.
      const at = stack.findIndex(({ operation }) => operation === undoes);
      if (at >= 0) stack.splice(at, 1);
      // What it still waits for will not come.
      this.#running.delete(undoes);
      const before = this.#all.find(({ id }) => id === undoes);
      if (before !== undefined)
        this.#undone.set(undoes, {
          ...before,
          state: 'undone',
          text: `${before.text} (taken back)`,
        });
      return;
    }
    stack.push({
      operation: view.id,
      title: plan.title,
      action,
      targets: targets.filter(({ row }) => sent.has(row.uid)),
      inverse: plan.inverse,
      left: new Map(),
    });
    stack.splice(0, stack.length - KEPT);
  }

  /** It is done: what it left is what taking it back starts from. */
  #noteLeft({ action, targets }: Confirmed, id: number, { cluster, ctx }: ActionHost): void {
    const done = this.done(cluster).find(({ operation }) => operation === id);
    for (const { table, row } of targets) {
      const now = ctx.query.get(table, row.uid);
      if (now !== undefined) done?.left.set(row.uid, action.state(now));
    }
  }

  #show(): void {
    for (const [, operation] of this.#running) this.#keep(operation.view, false);
    const busy = new Map<ClusterKey, ReadonlySet<string>>();
    for (const { view, busyUids } of this.#running.values()) {
      busy.set(view.cluster, new Set([...(busy.get(view.cluster) ?? NOTHING), ...busyUids]));
    }
    this.#busy = busy;
    this.#all = this.#all.map((each) => this.#offered(this.#undone.get(each.id) ?? each));
    this.#changes.notify();
  }

  #keep(view: Operation, tell = true): void {
    const known = this.#all.some(({ id }) => id === view.id);
    this.#all = known
      ? this.#all.map((each) => (each.id === view.id ? view : each))
      : [...this.#all, view].slice(-KEPT);
    if (tell) this.#changes.notify();
  }

  /** Only the last action on its cluster can be taken back. */
  #offered(operation: Operation): Operation {
    const last = this.done(operation.cluster).at(-1);
    const undo = last?.operation === operation.id && last.inverse !== null;
    return undo === operation.undo ? operation : { ...operation, undo };
  }
}
