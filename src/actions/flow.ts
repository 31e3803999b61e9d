import type { TableId } from '../domain/tables.ts';
import { denialOf, type Denial } from './access.ts';
import type { Action, ActionContext, ActionTarget } from './define.ts';
import { FormAsking } from './form-asking.ts';
import type { FormValues } from './form.ts';
import type { ActionHost } from './host.ts';
import { Listeners } from '../core/listeners.ts';
import { Memo } from './memo.ts';
import type { RunningOperation } from './operation.ts';
import type { Plan } from './plan.ts';
import { settled, unknowns } from './tables.ts';
import type { ActionFlow, FlowState } from './view.ts';
import { hintOf, reasonOf } from '../core/words.ts';

/** More victims than these are not ended by pressing enter. */
const MANY_VICTIMS = 10;

/** What a flow is started with. */
export interface FlowStart {
  readonly action: Action;
  readonly title: string;
  readonly targets: readonly ActionTarget[];
  /** Values that are known already: what the form begins with, or what is planned with. */
  readonly values: FormValues;
  /** Whether the form is shown. */
  readonly asks: boolean;
  /** What the first plan says before all else; may be empty. */
  readonly note: string;
  readonly undoes: number | null;
  /** Why it cannot even be asked for (read-only, nothing selected); null where it can. */
  readonly refusal: Pick<Denial, 'reason' | 'hint'> | null;
  readonly host: ActionHost;
}

/** One run of an action: guard, access, form, plan, confirm, re-check, run. */
export class Flow implements ActionFlow {
  readonly title: string;
  readonly #start: FlowStart;
  readonly #listeners = new Listeners();
  readonly #memo = new Memo();
  /** Rights that the user has, as asked since the flow began or was begun again. */
  readonly #granted = new Set<string>();
  readonly #ctx: ActionContext;
  #targets: readonly ActionTarget[];
  readonly #form: FormAsking;
  /** What is planned with. */
  #values: FormValues;
  /** What the plan that is shown was made of: what the action's `state` said, by uid. */
  #versions: ReadonlyMap<string, string> = new Map();
  #state: FlowState = { stage: 'checking' };
  #operation: RunningOperation | null = null;
  /** Counts what was begun: an answer to an earlier question is nobody's business any more. */
  #turn = 0;
  #letGo: () => void = () => undefined;

  constructor(start: FlowStart) {
    this.#start = start;
    this.title = start.title;
    this.#targets = start.targets;
    this.#values = start.values;
    this.#ctx = { ...start.host.ctx, once: this.#memo.once };
    this.#form = new FormAsking({
      action: start.action,
      ctx: this.#ctx,
      values: start.values,
      ready: () => settled(start.action.needs, start.host),
      show: (stand) => this.#become({ stage: 'form', ...stand }),
      none: () => void this.#plan(start.note),
      fail: (error) => this.#refuse(reasonOf(error), hintOf(error)),
    });
    if (start.refusal !== null) {
      this.#state = { stage: 'refused', ...start.refusal };
      return;
    }
    this.#letGo = start.host.hold(this.#tables);
    void this.#check();
  }

  get state(): FlowState {
    return this.#state;
  }

  get where(): string {
    return this.#start.host.where();
  }

  get danger(): 0 | 1 | 2 | 3 {
    const planned = this.#state.stage === 'confirm' ? (this.#state.plan.danger ?? 0) : 0;
    return planned > this.#start.action.danger ? planned : this.#start.action.danger;
  }

  subscribe(listener: () => void): () => void {
    return this.#listeners.add(listener);
  }

  back(): void {
    const { stage } = this.#state;
    if (stage !== 'confirm' && stage !== 'refused' && stage !== 'planning') return;
    if (!this.#start.asks || this.#start.refusal !== null) return;
    // What was refused may be allowed by now: everything is asked again, nothing typed is lost.
    void this.#check();
  }

  change(id: string, value: string): void {
    if (this.#state.stage === 'form' && this.#state.values[id] !== value)
      this.#form.change(id, value);
  }

  submit(): void {
    if (this.#state.stage !== 'form') return;
    const { lines, values } = this.#state;
    const wrong = lines.some(
      (line) => line.type !== 'more' && line.check(values[line.id] ?? '') !== '',
    );
    if (wrong) return;
    this.#values = values;
    void this.#plan('');
  }

  confirm(): void {
    if (this.#state.stage !== 'confirm') return;
    const { plan, typeName } = this.#state;
    if (typeName === null && this.#start.host.isProtected()) {
      void this.#plan('this cluster turns out to be a protected one');
      return;
    }
    if (this.#refresh() && this.#isAsPlanned()) void this.#run(plan);
  }

  stop(): void {
    this.#operation?.stop();
  }

  cancel(): void {
    // What has not even been written down is not done behind the back of who leaves.
    if (this.#operation?.begun === false) this.#operation.stop();
    this.#turn++;
    this.#form.leave();
    this.#end();
  }

  get #tables(): readonly TableId[] {
    const { action, targets } = this.#start;
    return [...new Set([...targets.map(({ table }) => table), ...action.needs])];
  }

  async #check(): Promise<void> {
    const { action, host } = this.#start;
    const turn = ++this.#turn;
    this.#memo.forget();
    this.#granted.clear();
    this.#become({ stage: 'checking' });
    if (!this.#refresh()) return;
    const reason = action.guard(this.#targets, this.#ctx);
    if (reason !== '') {
      this.#refuse(reason, '');
      return;
    }
    const rights = this.#targets.flatMap((target) => action.access(target));
    const denial = await denialOf(
      rights.map((kube) => ({ kube })),
      host,
      this.#granted,
    );
    if (turn !== this.#turn) return;
    if (denial !== null) this.#refuse(denial.reason, denial.hint);
    else if (this.#start.asks) await this.#form.open(this.#targets);
    else await this.#plan(this.#start.note);
  }

  async #plan(note: string): Promise<void> {
    const { action, host } = this.#start;
    const turn = ++this.#turn;
    this.#form.leave();
    this.#memo.forget();
    this.#become({ stage: 'planning' });
    try {
      await settled(action.needs, host);
      if (turn !== this.#turn || !this.#refresh()) return;
      const plan = await action.plan(this.#targets, this.#values, this.#ctx);
      const todo = plan.steps.filter(({ already }) => already === '');
      const denial = await denialOf(
        todo.flatMap(({ access }) => access),
        host,
        this.#granted,
      );
      if (turn !== this.#turn) return;
      if (denial !== null) this.#refuse(denial.reason, denial.hint);
      else if (todo.length === 0)
        this.#refuse(
          `nothing is to do: ${alreadyText(plan)}`,
          'everything is as it would be after',
        );
      // With one of several refused the others can still be done; with all there is nothing to ask.
      else if (plan.refusals.length > 0 && plan.refusals.length >= this.#targets.length)
        this.#refuse(plan.refusals.join('; '), 'the API server refused a dry run');
      else this.#propose(withNotes(plan, note, unknowns(action.needs, host)));
    } catch (error) {
      if (turn === this.#turn) this.#refuse(reasonOf(error), hintOf(error));
    }
  }

  #propose(plan: Plan): void {
    const { action, host } = this.#start;
    const danger = Math.max(action.danger, plan.danger ?? 0);
    this.#versions = new Map(this.#targets.map(({ row }) => [row.uid, action.state(row)]));
    if (danger === 0 && !host.isProtected()) {
      void this.#run(plan);
      return;
    }
    const victims = plan.victimCount ?? plan.victims.length;
    const typed = danger === 3 || host.isProtected() || victims > MANY_VICTIMS;
    this.#become({
      stage: 'confirm',
      plan,
      typeName: typed ? (plan.subject ?? this.#name()) : null,
    });
  }

  /** What is typed to confirm: the object's name, or how many there are of what. */
  #name(): string {
    const [target] = this.#targets;
    if (target !== undefined && this.#targets.length === 1) return target.row.name;
    return `${this.#targets.length} ${target?.resource ?? ''}`;
  }

  /** Takes the rows as they are now; false (and refused) where one is gone. */
  #refresh(): boolean {
    if (this.#start.action.anywhere === true) return true;
    const { query } = this.#start.host.ctx;
    const missing = this.#targets.find(({ table, row }) => {
      const now = query.get(table, row.uid);
      return now === undefined || now.gone > 0;
    });
    if (missing !== undefined) {
      this.#refuse(`${missing.row.name} is no longer there`, '');
      return false;
    }
    this.#targets = this.#targets.map((target) => ({
      ...target,
      row: query.get(target.table, target.row.uid) ?? target.row,
    }));
    return true;
  }

  /** Has nothing changed that the plan relies on? Otherwise it is planned anew. */
  #isAsPlanned(): boolean {
    const changed = this.#targets.find(
      ({ row }) => this.#start.action.state(row) !== this.#versions.get(row.uid),
    );
    if (changed === undefined) return true;
    void this.#plan(`${changed.row.name} has changed since: this is the new plan`);
    return false;
  }

  async #run(plan: Plan): Promise<void> {
    const { action, host, undoes } = this.#start;
    const turn = ++this.#turn;
    const confirmed = { action, targets: this.#targets, values: this.#values, plan, undoes };
    const show = (): void => {
      if (turn === this.#turn) this.#become({ stage: 'running', operation: operation.view });
    };
    const operation = host.operations.prepare(confirmed, host, show);
    this.#operation = operation;
    show();
    try {
      await host.operations.run(operation);
      // The steps of a chain are followed to their end, and what they say is read there.
      if (turn === this.#turn && !plan.chain) this.#end();
    } catch (error) {
      const reason = `nothing was sent: ${reasonOf(error)}`;
      if (turn === this.#turn) this.#refuse(reason, hintOf(error));
      // A dialog that is left says nothing any more.
      else host.operations.fail(operation, reason);
    }
  }

  #refuse(reason: string, hint: string): void {
    this.#become({ stage: 'refused', reason, hint });
  }

  #end(): void {
    this.#letGo();
    this.#letGo = () => undefined;
    this.#become({ stage: 'ended' });
  }

  #become(state: FlowState): void {
    this.#state = state;
    this.#listeners.tell();
  }
}

const alreadyText = ({ steps }: Plan): string =>
  [...new Set(steps.map(({ already }) => already))].join('; ');

function withNotes(plan: Plan, note: string, unknown: readonly string[]): Plan {
  const first = note === '' ? [] : [note];
  return { ...plan, warnings: [...first, ...plan.warnings, ...unknown] };
}
