import type { AccessRequest, KubeError } from '../ports/kube.ts';
import type { TableId } from '../domain/tables.ts';
import type { ActionFlow, ActionTarget, FlowState, FormValues, Plan } from './define.ts';
import type { Action, RunnerOptions } from './host.ts';
import { Listeners } from './listeners.ts';
import { settled, unknowns } from './tables.ts';

/** More victims than these are not ended by pressing enter. */
const MANY_VICTIMS = 10;

/** How a flow hands over what was confirmed. */
export interface Confirmed {
  readonly action: Action;
  readonly targets: readonly ActionTarget[];
  readonly values: FormValues;
  readonly plan: Plan;
  /** Tells the dialog how many targets are done. */
  readonly progress: (done: number) => void;
  /** Has the user left: targets not begun are left alone. */
  readonly left: () => boolean;
}

/** What a flow is started with. */
export interface FlowStart {
  readonly action: Action;
  readonly title: string;
  readonly targets: readonly ActionTarget[];
  /** Values that are known already (undo): the form is passed over. */
  readonly values: FormValues | null;
  /** What the first plan says before all else; may be empty. */
  readonly note: string;
  /** Why it cannot even be asked for (read-only, nothing selected); null where it can. */
  readonly refusal: { readonly reason: string; readonly hint: string } | null;
  readonly options: RunnerOptions;
  /** Does what was confirmed; settles when all is sent, and rejects where nothing was. */
  readonly run: (confirmed: Confirmed) => Promise<void>;
}

/** One run of an action up to its confirmation: guard, access, form, plan, confirm, re-check. */
export class Flow implements ActionFlow {
  readonly title: string;
  readonly #start: FlowStart;
  readonly #listeners = new Listeners();
  #targets: readonly ActionTarget[];
  #values: FormValues;
  #state: FlowState = { stage: 'checking' };
  /** Counts what was begun: an answer to an earlier question is nobody's business any more. */
  #turn = 0;
  #letGo: () => void = () => undefined;

  constructor(start: FlowStart) {
    this.#start = start;
    this.title = start.title;
    this.#targets = start.targets;
    this.#values = start.values ?? {};
    if (start.refusal !== null) {
      this.#state = { stage: 'refused', ...start.refusal };
      return;
    }
    this.#letGo = start.options.hold(this.#tables);
    void this.#check();
  }

  get state(): FlowState {
    return this.#state;
  }

  get where(): string {
    return this.#start.options.where();
  }

  get danger(): 0 | 1 | 2 | 3 {
    const { danger } = this.#start.action;
    const planned = this.#state.stage === 'confirm' ? (this.#state.plan.danger ?? 0) : 0;
    return planned > danger ? planned : danger;
  }

  subscribe(listener: () => void): () => void {
    return this.#listeners.add(listener);
  }

  back(): void {
    const { stage } = this.#state;
    if (stage !== 'confirm' && stage !== 'refused' && stage !== 'planning') return;
    const { action, values, refusal } = this.#start;
    if (action.form === undefined || values !== null || refusal !== null) return;
    // What was refused may be allowed by now: everything is asked again, nothing typed is lost.
    void this.#check();
  }

  submit(values: FormValues): void {
    if (this.#state.stage !== 'form') return;
    this.#values = values;
    const wrong = this.#state.fields.some(({ id, check }) => check(values[id] ?? '') !== '');
    if (wrong) this.#become({ ...this.#state, values });
    else void this.#plan('');
  }

  confirm(): void {
    if (this.#state.stage !== 'confirm') return;
    const { plan, typeName } = this.#state;
    if (typeName === null && this.#start.options.isProtected()) {
      void this.#plan('this cluster turns out to be a protected one');
      return;
    }
    if (this.#refresh() && this.#isAsPlanned(plan)) void this.#run(plan);
  }

  cancel(): void {
    this.#turn++;
    this.#end();
  }

  get #tables(): readonly TableId[] {
    const { action, targets } = this.#start;
    return [...new Set([...targets.map(({ resource }) => resource as TableId), ...action.needs])];
  }

  async #check(): Promise<void> {
    const { action, options } = this.#start;
    const turn = ++this.#turn;
    this.#become({ stage: 'checking' });
    if (!this.#refresh()) return;
    const reason = action.guard(this.#targets, options.ctx);
    if (reason !== '') {
      this.#refuse(reason, '');
      return;
    }
    const denial = await this.#denial();
    if (turn !== this.#turn) return;
    if (denial !== null) {
      this.#refuse(denial.reason, denial.hint);
      return;
    }
    if (action.form === undefined || this.#start.values !== null) {
      await this.#plan(this.#start.note);
      return;
    }
    const fields = action.form(this.#targets, options.ctx);
    const initial = Object.fromEntries(fields.map((field) => [field.id, field.initial]));
    this.#become({ stage: 'form', fields, values: { ...initial, ...this.#values } });
  }

  /** Asks the API server for every right beforehand. Null: all is allowed. */
  async #denial(): Promise<{ readonly reason: string; readonly hint: string } | null> {
    const { action, options } = this.#start;
    const asked = new Map<string, AccessRequest>();
    for (const request of this.#targets.flatMap((target) => action.access(target)))
      asked.set(JSON.stringify(request), request);
    try {
      const answers = await Promise.all(
        [...asked.values()].map(async (request) => ({
          request,
          ...(await options.ctx.kube.can(request)),
        })),
      );
      const denied = answers.find(({ allowed }) => !allowed);
      return denied ? deniedText(denied.request, denied.reason) : null;
    } catch (error) {
      return { reason: `may it be done? ${messageOf(error)}`, hint: hintOf(error) };
    }
  }

  async #plan(note: string): Promise<void> {
    const { action, options } = this.#start;
    const turn = ++this.#turn;
    this.#become({ stage: 'planning' });
    try {
      await settled(action.needs, options);
      if (turn !== this.#turn || !this.#refresh()) return;
      const plan = await action.plan(this.#targets, this.#values, options.ctx);
      if (turn !== this.#turn) return;
      // With one of several refused the others can still be done; with all there is nothing to ask.
      if (plan.refusals.length >= this.#targets.length)
        this.#refuse(plan.refusals.join('; '), 'the API server refused a dry run');
      else
        this.#propose({
          ...plan,
          warnings: [
            ...(note === '' ? [] : [note]),
            ...plan.warnings,
            ...unknowns(action.needs, options),
          ],
        });
    } catch (error) {
      if (turn === this.#turn) this.#refuse(messageOf(error), hintOf(error));
    }
  }

  #propose(plan: Plan): void {
    const { action, options } = this.#start;
    const danger = Math.max(action.danger, plan.danger ?? 0);
    if (danger === 0) {
      void this.#run(plan);
      return;
    }
    const victims = plan.victimCount ?? plan.victims.length;
    const typed = danger === 3 || options.isProtected() || victims > MANY_VICTIMS;
    this.#become({ stage: 'confirm', plan, typeName: typed ? this.#name() : null });
  }

  /** What is typed to confirm: the object's name, or how many there are of what. */
  #name(): string {
    const [target] = this.#targets;
    if (target !== undefined && this.#targets.length === 1) return target.row.name;
    return `${this.#targets.length} ${target?.resource ?? ''}`;
  }

  /** Takes the rows as they are now; false (and refused) where one is gone. */
  #refresh(): boolean {
    const { query } = this.#start.options.ctx;
    const missing = this.#targets.find(({ resource, row }) => {
      const now = query.get(resource as TableId, row.uid);
      return now === undefined || now.gone > 0;
    });
    if (missing !== undefined) {
      this.#refuse(`${missing.row.name} is no longer there`, '');
      return false;
    }
    this.#targets = this.#targets.map(({ resource, row }) => ({
      resource,
      row: query.get(resource as TableId, row.uid) ?? row,
    }));
    return true;
  }

  /** Has nothing changed that the plan relies on? Otherwise it is planned anew. */
  #isAsPlanned(plan: Plan): boolean {
    const changed = this.#targets.find(
      ({ row }) => this.#start.action.state(row) !== plan.versions[row.uid],
    );
    if (changed === undefined) return true;
    void this.#plan(`${changed.row.name} has changed since: this is the new plan`);
    return false;
  }

  async #run(plan: Plan): Promise<void> {
    const turn = ++this.#turn;
    const total = this.#targets.length;
    const progress = (done: number): void => {
      if (turn === this.#turn) this.#become({ stage: 'running', plan, done, total });
    };
    progress(0);
    try {
      await this.#start.run({
        action: this.#start.action,
        targets: this.#targets,
        values: this.#values,
        plan,
        progress,
        left: () => turn !== this.#turn,
      });
      if (turn === this.#turn) this.#end();
    } catch (error) {
      if (turn === this.#turn) this.#refuse(`nothing was sent: ${messageOf(error)}`, hintOf(error));
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

function deniedText(request: AccessRequest, reason: string) {
  const { verb, resource, subresource, namespace, group } = request;
  const what = subresource === undefined ? resource : `${resource}/${subresource}`;
  const where = namespace === '' ? '' : ` in namespace ${namespace}`;
  return {
    reason: `you may not ${verb} ${what}${where}${reason === '' ? '' : `: ${reason}`}`,
    hint: `needs RBAC: ${verb} ${what}${group === '' ? '' : ` (${group})`}${where}`,
  };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function hintOf(error: unknown): string {
  return (error as Partial<KubeError>).hint ?? '';
}
