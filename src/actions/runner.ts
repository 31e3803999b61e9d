import type { BaseRow } from '../domain/rows.ts';
import { writeAudit, type AuditEntry } from './audit.ts';
import type {
  ActionFlow,
  ActionNotice,
  ActionRunner,
  ActionTarget,
  AnyAction,
  FormValues,
  Progress,
} from './define.ts';
import { Flow, type Confirmed } from './flow.ts';
import { followTargets } from './follow.ts';
import { untyped, type Action, type RunnerOptions } from './host.ts';
import { Listeners } from './listeners.ts';

/** Notices kept. */
const NOTICES = 100;
const READ_ONLY = 'read-only: nothing is changed';

/** How the last undoable action is taken back. */
interface Inverse {
  readonly notice: number;
  readonly action: Action;
  readonly targets: readonly ActionTarget[];
  readonly values: FormValues;
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
  #inverse: Inverse | null = null;
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

  undo(): ActionFlow | null {
    if (this.#inverse === null) return null;
    const { action, targets, values } = this.#inverse;
    return this.#flow(action, targets, values);
  }

  #flow(action: Action, targets: readonly ActionTarget[], values: FormValues | null): ActionFlow {
    const disabled = this.#disabled(action, targets);
    const hint = disabled === READ_ONLY ? 'start with --write to change things' : '';
    return new Flow({
      action,
      title: values === null ? action.title : `Undo: ${action.title.toLowerCase()}`,
      targets,
      values,
      refusal: disabled === '' ? null : { reason: disabled, hint },
      options: this.#options,
      run: (confirmed) => this.#run(confirmed),
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

  async #run(confirmed: Confirmed): Promise<void> {
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
    this.#remember(id, action, sent, values);
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

  /** Keeps how to take back what was sent. */
  #remember(
    notice: number,
    action: Action,
    targets: readonly ActionTarget[],
    values: FormValues,
  ): void {
    const { undo } = action;
    if (undo === undefined || targets.length === 0) return;
    const inverse = targets.map((target) => undo(target, values));
    this.#inverse = {
      notice,
      action,
      targets,
      values: Object.assign({}, ...inverse) as FormValues,
    };
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
      this.#notice(id, state === 'done' && trouble !== '' ? 'failed' : state, said);
    });
  }

  #occupy({ uid }: BaseRow, by: 1 | -1): void {
    const count = (this.#occupied.get(uid) ?? 0) + by;
    if (count > 0) this.#occupied.set(uid, count);
    else this.#occupied.delete(uid);
    this.#busy = new Set(this.#occupied.keys());
    this.#listeners.tell();
  }

  #notice(id: number, state: Progress['state'], text: string): void {
    const notice = { id, state, text, undo: false, at: this.#options.clock.now() };
    this.#notices = [...this.#notices.filter((one) => one.id !== id), notice]
      .sort((a, b) => a.id - b.id)
      // Only the last action can be taken back: the ones before it no longer offer it.
      .map((one) => ({ ...one, undo: this.#inverse?.notice === one.id }))
      .slice(-NOTICES);
    this.#listeners.tell();
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
