import { denialOf } from './access.ts';
import { typedName } from './confirming.ts';
import type { ActionContext } from './define.ts';
import { DocumentEditing } from './document-editing.ts';
import type { FlowStart } from './flow-start.ts';
import { FlowTargets } from './flow-targets.ts';
import { FormAsking, type FormStand } from './form-asking.ts';
import type { DocumentField, FormValues } from './form.ts';
import { Notifier } from '../../core/notifier.ts';
import { Memo } from './memo.ts';
import type { RunningOperation } from './operation.ts';
import type { Plan } from './plan.ts';
import { planRefusal, withNotes } from './plan-refusal.ts';
import { settled, unknowns } from './tables.ts';
import type { ActionFlow, FlowState } from './view.ts';
import { hintOf, reasonOf } from '../../core/words.ts';

/** One run of an action: guard, access, form, plan, confirm, re-check, run. */
export class Flow implements ActionFlow {
  readonly title: string;
  readonly #start: FlowStart;
  readonly #changes = new Notifier();
  readonly #memo = new Memo();
  /** Rights that the user has, as asked since the flow began or was begun again. */
  readonly #granted = new Set<string>();
  readonly #ctx: ActionContext;
  readonly #targets: FlowTargets;
  readonly #form: FormAsking;
  /** What is planned with. */
  #values: FormValues;
  #state: FlowState = { stage: 'checking' };
  #operation: RunningOperation | null = null;
  /** Counts what was begun: an answer to an earlier question is nobody's business any more. */
  #turn = 0;
  #letGo: () => void = () => undefined;
  /** Whether the form goes on by itself. */
  #eager: boolean;
  readonly #documents: DocumentEditing;

  constructor(start: FlowStart) {
    this.#start = start;
    this.title = start.title;
    this.#targets = new FlowTargets(start.action, start.targets, start.host.ctx.query);
    this.#values = start.values;
    this.#eager = start.eager;
    this.#ctx = { ...start.host.ctx, once: this.#memo.once };
    this.#form = new FormAsking({
      action: start.action,
      ctx: this.#ctx,
      values: start.values,
      ready: () => settled(start.action.needs, start.host),
      show: (stand) => this.#stand(stand),
      none: () => void this.#plan(start.note),
      fail: (error) => this.#refuse(reasonOf(error), hintOf(error)),
    });
    this.#documents = new DocumentEditing(start.host.ctx.local.drafts, () => this.#form.documents);
    if (start.refusal !== null) {
      this.#state = { stage: 'refused', ...start.refusal };
      return;
    }
    this.#letGo = start.host.hold(this.#targets.tables);
    void this.#check();
  }

  get state(): FlowState {
    return this.#state;
  }

  get subject(): string {
    return this.#targets.subject;
  }

  get where(): string {
    return this.#start.host.where();
  }

  get danger(): 0 | 1 | 2 | 3 {
    const planned = this.#state.stage === 'confirm' ? (this.#state.plan.danger ?? 0) : 0;
    return planned > this.#start.action.danger ? planned : this.#start.action.danger;
  }

  subscribe(listener: () => void): () => void {
    return this.#changes.subscribe(listener);
  }

  get goesBack(): string {
    if (!this.#start.asks || this.#start.refusal !== null || !isLeft(this.#state)) return '';
    return this.#documents.any ? 'edit again' : 'back';
  }

  back(): void {
    if (this.goesBack === '') return;
    if (this.#state.stage === 'running') this.#documents.refused(this.#state.operation.text);
    this.#documents.again();
    // What was refused may be allowed by now: everything is asked again, nothing typed is lost.
    void this.#check();
  }

  edit(id: string): void {
    const field = this.#documents.field(id);
    if (this.#state.stage === 'form' && field !== undefined)
      void this.#edit(field, this.#state.values[id] ?? '');
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
    if (typeName === null && this.#isProtected) {
      void this.#plan('this cluster turns out to be a protected one');
      return;
    }
    if (this.#refresh()) void this.#confirmed(plan);
  }

  stop(): void {
    this.#operation?.stop();
  }

  cancel(): void {
    // What has not even been written down is not done behind the back of who leaves.
    if (this.#operation?.begun === false) this.#operation.stop();
    this.#turn++;
    this.#form.leave();
    this.#end(this.#operation === null ? this.#documents.kept(this.#form.values) : '');
  }

  get #isProtected(): boolean {
    return this.#start.action.touches !== 'machine' && this.#start.host.isProtected();
  }

  async #check(): Promise<void> {
    const { action, host } = this.#start;
    const turn = ++this.#turn;
    this.#memo.forget();
    this.#granted.clear();
    this.#operation = null;
    this.#become({ stage: 'checking' });
    if (!this.#refresh()) return;
    const reason = action.guard(this.#targets.list, this.#ctx);
    if (reason !== '') {
      this.#refuse(reason, '');
      return;
    }
    const rights = this.#targets.list.flatMap((target) => action.access(target));
    const asked = rights.map((kube) => ({ kube }));
    const denial = await denialOf(asked, host, this.#granted);
    if (turn !== this.#turn) return;
    if (denial !== null) this.#refuse(denial.reason, denial.hint);
    else if (this.#start.asks) await this.#form.open(this.#targets.list);
    else await this.#plan(this.#start.note);
  }

  /** The form as it stands, unless it goes on without anybody's doing. */
  #stand(stand: FormStand): void {
    const due = this.#documents.due(stand.values);
    if (due !== undefined) {
      void this.#edit(due, stand.values[due.id] ?? '');
      return;
    }
    this.#become({ stage: 'form', ...stand });
    if (stand.busy) return;
    const goesOn = this.#eager && stand.trouble === '';
    this.#eager = false;
    if (goesOn) this.submit();
  }

  /** Has the user write a text, and goes on where one came of it. */
  async #edit(field: DocumentField, kept: string): Promise<void> {
    const turn = ++this.#turn;
    this.#form.leave();
    this.#become({ stage: 'editing' });
    try {
      const { path, changed, trouble } = await this.#documents.edit(field, kept);
      if (turn !== this.#turn) return;
      if (path !== '') {
        this.#eager = changed && trouble === '';
        this.#form.resume(field.id, path, trouble);
      } else if (trouble === '') this.#end('nothing was changed: nothing was sent');
      else this.#refuse(trouble, 'nothing was changed, and nothing sent');
    } catch (error) {
      if (turn === this.#turn) this.#refuse(reasonOf(error), hintOf(error));
    }
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
      const plan = await action.plan(this.#targets.list, this.#values, this.#ctx);
      const todo = plan.steps.filter(({ already }) => already === '');
      const asked = todo.flatMap(({ access }) => access);
      const denial = await denialOf(asked, host, this.#granted);
      if (turn !== this.#turn) return;
      const refusal = denial ?? planRefusal(plan, this.#targets.list.length);
      if (refusal !== null) this.#refuse(refusal.reason, refusal.hint);
      else this.#propose(withNotes(plan, note, unknowns(action.needs, host)));
    } catch (error) {
      if (turn === this.#turn) this.#refuse(reasonOf(error), hintOf(error));
    }
  }

  #propose(plan: Plan): void {
    const danger = Math.max(this.#start.action.danger, plan.danger ?? 0);
    const isProtected = this.#isProtected;
    this.#targets.planned();
    if (danger === 0 && !isProtected) {
      void this.#run(plan);
      return;
    }
    const typeName = typedName(plan, this.#targets.name, { danger, isProtected });
    this.#become({ stage: 'confirm', plan, typeName });
  }

  /** Takes the rows as they are now; false (and refused) where one is gone. */
  #refresh(): boolean {
    const missing = this.#targets.refresh();
    if (missing !== '') this.#refuse(`${missing} is no longer there`, '');
    return missing === '';
  }

  /** Runs it, unless something that it relies on has changed since: then it is planned anew. */
  async #confirmed(plan: Plan): Promise<void> {
    const target = this.#targets.changed();
    let changed = target === '' ? '' : `${target} has changed since`;
    if (changed === '' && plan.changed !== undefined) {
      const turn = ++this.#turn;
      this.#become({ stage: 'planning' });
      changed = await plan.changed().catch(reasonOf);
      if (turn !== this.#turn) return;
    }
    await (changed === '' ? this.#run(plan) : this.#plan(`${changed}: this is the new plan`));
  }

  async #run(plan: Plan): Promise<void> {
    const { action, host, undoes } = this.#start;
    const turn = ++this.#turn;
    const confirmed = { action, targets: this.#targets.list, values: this.#values, plan, undoes };
    const show = (): void => {
      if (turn === this.#turn) this.#become({ stage: 'running', operation: operation.view });
    };
    const operation = host.operations.prepare(confirmed, host, show);
    this.#operation = operation;
    show();
    try {
      await host.operations.run(operation);
      // The steps of a chain are followed to their end, and what they say is read there. What failed
      // at once can be mended in the form, where there is one.
      if (turn === this.#turn && !plan.chain && this.goesBack === '') this.#end();
    } catch (error) {
      this.#operation = null;
      const reason = `nothing was sent: ${reasonOf(error)}`;
      if (turn === this.#turn) this.#refuse(reason, hintOf(error));
      // A dialog that is left says nothing any more.
      else host.operations.fail(operation, reason);
    }
  }

  #refuse(reason: string, hint: string): void {
    this.#documents.refused(reason);
    this.#become({ stage: 'refused', reason, hint });
  }

  #end(text = ''): void {
    this.#letGo();
    this.#letGo = () => undefined;
    this.#become({ stage: 'ended', text });
  }

  #become(state: FlowState): void {
    this.#state = state;
    this.#changes.notify();
  }
}

/** Whether a form is behind this stage, and nothing goes on that may change something. */
const isLeft = (state: FlowState): boolean =>
  state.stage === 'running'
    ? state.operation.state === 'failed'
    : ['confirm', 'refused', 'planning'].includes(state.stage);
