import { typedName } from './confirming.ts';
import type { ActionContext, ActionTarget } from './define.ts';
import { DocumentEditing } from './document-editing.ts';
import { canGoBack, type FlowStart } from './flow-start.ts';
import { FlowTargets } from './flow-targets.ts';
import { FormAsking, type FormStand } from './form-asking.ts';
import { firstWrong, type DocumentField, type FormValues } from './form.ts';
import { Notifier } from '../../core/notifier.ts';
import { Memo } from './memo.ts';
import type { RunningOperation } from './operation.ts';
import type { Plan } from './plan.ts';
import { proposalOf, refusalOf, type ProposalInput } from './proposal.ts';
import { settled } from './tables.ts';
import type { FlowState, PartFlow, Together } from './view.ts';
import { hintOf, reasonOf } from '../../core/words.ts';

/** One run of an action: guard, access, form, plan, confirm, re-check, run. */
export class Flow implements PartFlow {
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
    return this.places.join(' · ');
  }

  get places(): readonly string[] {
    return this.#start.host.where();
  }

  get targets(): readonly ActionTarget[] {
    return this.#targets.list;
  }

  get danger(): 0 | 1 | 2 | 3 {
    const planned = this.#state.stage === 'confirm' ? (this.#state.plan.danger ?? 0) : 0;
    return planned > this.#start.action.danger ? planned : this.#start.action.danger;
  }

  subscribe(listener: () => void): () => void {
    return this.#changes.subscribe(listener);
  }

  get goesBack(): string {
    if (!canGoBack(this.#start, this.#state)) return '';
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
    if (firstWrong(lines, values) >= 0) return;
    this.#values = values;
    void this.#plan('');
  }

  confirm(): void {
    void this.stands().then((stands) => {
      if (stands) this.run(null);
    });
  }

  async stands(): Promise<boolean> {
    const asked = this.#state;
    if (asked.stage !== 'confirm') return false;
    const turn = ++this.#turn;
    // Nothing can be confirmed twice.
    this.#become({ stage: 'planning' });
    if (!this.#refresh()) return false;
    const changed =
      asked.typeName === null && this.#isProtected
        ? 'this cluster turns out to be a protected one'
        : await this.#targets.changedSince(asked.plan);
    if (turn !== this.#turn) return false;
    if (changed === '') this.#become(asked);
    else void this.#plan(`${changed}: this is the new plan`);
    return changed === '';
  }

  run(together: Together | null): void {
    if (this.#state.stage === 'confirm') void this.#run(this.#state.plan, together);
  }

  stop(): void {
    this.#operation?.stop();
  }

  cancel(): void {
    // What has not even been written down is not done behind the back of who leaves.
    if (this.#operation?.begun === false) this.#operation.stop();
    this.#form.leave();
    this.#end(this.#operation === null ? this.#documents.kept(this.#form.values) : '');
  }

  get #isProtected(): boolean {
    return this.#start.action.touches !== 'machine' && this.#start.host.isProtected();
  }

  async #check(): Promise<void> {
    const turn = ++this.#turn;
    this.#memo.forget();
    this.#granted.clear();
    this.#operation = null;
    this.#become({ stage: 'checking' });
    if (!this.#refresh()) return;
    const refusal = await refusalOf(this.#proposed(''));
    if (turn !== this.#turn) return;
    if (refusal !== null) this.#refuse(refusal.reason, refusal.hint);
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
      const found = await proposalOf(this.#proposed(note));
      if (turn !== this.#turn) return;
      if ('reason' in found) this.#refuse(found.reason, found.hint);
      else this.#propose(found);
    } catch (error) {
      if (turn === this.#turn) this.#refuse(reasonOf(error), hintOf(error));
    }
  }

  #proposed(note: string): ProposalInput {
    const [start, ctx, granted] = [this.#start, this.#ctx, this.#granted];
    return { start, targets: this.#targets.list, values: this.#values, ctx, granted, note };
  }

  #propose(plan: Plan): void {
    const danger = Math.max(this.#start.action.danger, plan.danger ?? 0);
    const isProtected = this.#isProtected;
    this.#targets.planned();
    if (danger === 0 && !isProtected && !this.#start.isPart) {
      void this.#run(plan, null);
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

  async #run(plan: Plan, together: Together | null): Promise<void> {
    const { action, host, undoes } = this.#start;
    const turn = ++this.#turn;
    const { list: targets } = this.#targets;
    const confirmed = { action, targets, values: this.#values, plan, undoes, together };
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
    this.#turn++;
    this.#letGo();
    this.#letGo = () => undefined;
    this.#become({ stage: 'ended', text });
  }

  #become(state: FlowState): void {
    this.#state = state;
    this.#changes.notify();
  }
}
