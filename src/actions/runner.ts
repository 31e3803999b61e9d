import type { BaseRow } from '../domain/rows.ts';
import type { TableId } from '../domain/tables.ts';
import { writeAudit, type AuditEntry } from './audit.ts';
import type {
  ActionFlow,
  ActionNotice,
  ActionRunner,
  ActionTarget,
  AnyAction,
  FormValues,
} from './define.ts';
import { Flow, type Confirmed } from './flow.ts';
import { followTargets } from './follow.ts';
import { untyped, type Action, type RunnerOptions } from './host.ts';
import { Listeners } from './listeners.ts';

/** Notices kept. */
const NOTICES = 100;
const READ_ONLY = 'read-only: nothing is changed';

/** The last action that was sent, and how it is taken back. */
interface Last {
  readonly notice: number;
  readonly title: string;
  readonly action: Action;
  readonly targets: readonly ActionTarget[];
  /** The values that take it back; null where nothing does. */
  readonly values: FormValues | null;
  /** What {@link Action.state} said of each target (by uid) once it was done. */
  readonly left: Map<string, string>;
}

/** How a flow begins that does not ask for values, since they are known. */
interface Known {
  readonly values: FormValues;
  /** What the plan says first. */
  readonly note: string;
  /** The notice of the action that is taken back. */
  readonly undoes: number;
}

/** The runner of one connection's actions. */
export function createActionRunner(options: RunnerOptions): ActionRunner {
  return new Runner(options);
}

class Runner implements ActionRunner {
  readonly #options: RunnerOptions;
  readonly #actions: readonly Action[];
  readonly #listeners = new Listeners();
  /** How many actions each uid is under. */
  readonly #occupied = new Map<string, number>();
  #busy: ReadonlySet<string> = new Set();
  #notices: readonly ActionNotice[] = [];
  #last: Last | null = null;
  /** Notices of actions that were taken back: what they still report is of no interest. */
  readonly #undone = new Set<number>();
  #ids = 0;

  constructor(options: RunnerOptions) {
    this.#options = options;
    this.#actions = options.actions.map(untyped);
  }

  get busy(): ReadonlySet<string> {
    return this.#busy;
  }

  get notices(): readonly ActionNotice[] {
    return this.#notices;
  }

  subscribe(listener: () => void): () => void {
    return this.#listeners.add(listener);
  }

  available(
    resource: string,
    targets: readonly ActionTarget[],
  ): readonly { readonly action: AnyAction; readonly disabled: string }[] {
    return this.#actions
      .filter(({ appliesTo }) => appliesTo.includes(resource))
      .map((action) => ({ action, disabled: this.#disabled(action, targets) }));
  }

  start(actionId: string, targets: readonly ActionTarget[]): ActionFlow {
    const action = this.#actions.find(({ id }) => id === actionId);
    if (action === undefined) throw new Error(`there is no action ${actionId}`);
    return this.#flow(action, targets, null);
  }

  undo(): ActionFlow | string {
    if (this.#last === null) return 'there is nothing to take back';
    const { action, targets, values, title, notice } = this.#last;
    if (values === null) return `the last action cannot be taken back: ${title}`;
    return this.#flow(action, targets, { values, note: this.#changedSince(), undoes: notice });
  }

  kubectl(args: readonly string[]): string {
    return this.#options.ctx.kubectl(args);
  }

  /** What happened since the last action to what it was sent to, or empty. */
  #changedSince(): string {
    if (this.#last === null) return '';
    const { action, targets, left, notice } = this.#last;
    const { query } = this.#options.ctx;
    const changed = targets.filter(({ resource, row: { uid } }) => {
      const row = query.get(resource as TableId, uid);
      return row !== undefined && left.has(uid) && left.get(uid) !== action.state(row);
    });
    if (changed.length > 0) {
      return `${changed.map(({ row }) => row.name).join(', ')} was changed by someone since`;
    }
    const { state, text } = this.#notices.find(({ id }) => id === notice) ?? {};
    return state === 'failed' ? `it did not go as planned: ${text ?? ''}` : '';
  }

  #flow(action: Action, targets: readonly ActionTarget[], known: Known | null): ActionFlow {
    const disabled = this.#disabled(action, targets);
    const hint = disabled === READ_ONLY ? 'start with --write to change things' : '';
    return new Flow({
      action,
      title: known === null ? action.title : `Undo: ${action.title.toLowerCase()}`,
      targets,
      values: known?.values ?? null,
      note: known?.note ?? '',
      refusal: disabled === '' ? null : { reason: disabled, hint },
      options: this.#options,
      run: (confirmed) => this.#run(confirmed, known?.undoes ?? null),
    });
  }

  #disabled(action: Action, targets: readonly ActionTarget[]): string {
    if (this.#options.readonly()) return READ_ONLY;
    if (targets.length === 0) return 'nothing is selected';
    if (targets.length > 1 && !action.many) return 'one at a time';
    const { cluster } = this.#options;
    const elsewhere = targets.find(({ row }) => row.cluster !== cluster);
    if (elsewhere !== undefined) return `${elsewhere.row.name} is not of this cluster`;
    const foreign = targets.find(({ resource }) => !action.appliesTo.includes(resource));
    if (foreign !== undefined) return `not for ${foreign.resource}`;
    return action.guard(targets, this.#options.ctx);
  }

  async #run(confirmed: Confirmed, undoes: number | null): Promise<void> {
    const { action, targets, values, plan, progress, left } = confirmed;
    const { audit, ctx } = this.#options;
    const id = ++this.#ids;
    const entry = this.#entry(id, confirmed);
    try {
      await writeAudit(audit, entry);
    } catch (error) {
      // What is not written down is not done. A dialog that is left says nothing any more.
      if (left())
        this.#notice(id, 'failed', `${plan.title}: nothing was sent: ${messageOf(error)}`);
      throw error;
    }
    this.#notice(id, 'working', plan.title);
    for (const { row } of targets) this.#occupy(row, 1);

    const sent: ActionTarget[] = [];
    const failures: string[] = [];
    for (const target of targets) {
      if (left()) break;
      try {
        await action.run(target, values, ctx);
        sent.push(target);
      } catch (error) {
        failures.push(`${target.row.name}: ${messageOf(error)}`);
      }
      progress(sent.length + failures.length);
    }
    const skipped = targets.length - sent.length - failures.length;
    if (skipped > 0) failures.push(`${skipped} left alone`);

    const lost = await writeAudit(audit, {
      ...entry,
      ts: new Date(this.#options.clock.now()).toISOString(),
      phase: 'result',
      result: failures.join('; ') || 'ok',
    }).then(() => '', messageOf);
    for (const { row } of targets) if (!sent.some((one) => one.row === row)) this.#occupy(row, -1);
    if (sent.length > 0) this.#remember(id, { ...confirmed, targets: sent }, undoes);
    this.#follow(id, { ...confirmed, targets: sent }, [...failures, lost]);
  }

  #entry(id: number, { action, targets, values, plan }: Confirmed): AuditEntry {
    const { clock, cluster, user, realUser } = this.#options;
    return {
      ts: new Date(clock.now()).toISOString(),
      phase: 'intent',
      id: `${clock.now()}-${id}`,
      action: action.id,
      cluster,
      user: user(),
      realUser: realUser(),
      targets: targets.map(({ resource, row }) => `${resource} ${row.namespace}/${row.name}`),
      values,
      commands: plan.commands,
      result: '',
    };
  }

  /** Keeps what was sent, and how to take it back. */
  #remember(notice: number, confirmed: Confirmed, undoes: number | null): void {
    const { action, targets, values, plan } = confirmed;
    const { undo } = action;
    const inverse = undo && targets.map((target) => undo(target, values));
    this.#last = {
      notice,
      title: plan.title,
      action,
      targets,
      values: inverse === undefined ? null : (Object.assign({}, ...inverse) as FormValues),
      left: new Map(),
    };
    const before = this.#notices.find(({ id }) => id === undoes);
    if (before === undefined) return;
    this.#notice(before.id, 'undone', `${before.text} (taken back)`);
    this.#undone.add(before.id);
  }

  #follow(id: number, confirmed: Confirmed, troubles: readonly string[]): void {
    const { targets } = confirmed;
    const trouble = troubles.filter((text) => text !== '').join('; ');
    if (targets.length === 0) {
      this.#notice(id, 'failed', `${confirmed.plan.title}: ${trouble}`);
      return;
    }
    followTargets(confirmed, this.#options, ({ state, text }) => {
      const said = trouble === '' ? text : `${text}; ${trouble}`;
      if (state !== 'working') for (const { row } of targets) this.#occupy(row, -1);
      if (state === 'done') this.#noteLeft(id);
      this.#notice(id, state === 'done' && trouble !== '' ? 'failed' : state, said);
    });
  }

  /** The last action is done: what it left is what taking it back starts from. */
  #noteLeft(notice: number): void {
    if (this.#last?.notice !== notice) return;
    const { action, targets, left } = this.#last;
    for (const { resource, row } of targets) {
      const now = this.#options.ctx.query.get(resource as TableId, row.uid);
      if (now !== undefined) left.set(row.uid, action.state(now));
    }
  }

  #occupy({ uid }: BaseRow, by: 1 | -1): void {
    const count = (this.#occupied.get(uid) ?? 0) + by;
    if (count > 0) this.#occupied.set(uid, count);
    else this.#occupied.delete(uid);
    this.#busy = new Set(this.#occupied.keys());
    this.#listeners.tell();
  }

  #notice(id: number, state: ActionNotice['state'], text: string): void {
    if (this.#undone.has(id)) return;
    const notice = { id, state, text, undo: false, at: this.#options.clock.now() };
    this.#notices = [...this.#notices.filter((one) => one.id !== id), notice]
      .sort((a, b) => a.id - b.id)
      // Only the last action can be taken back: the ones before it no longer offer it.
      .map((one) => ({ ...one, undo: this.#last?.notice === one.id && this.#last.values !== null }))
      .slice(-NOTICES);
    this.#listeners.tell();
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
