import { Notifier } from '../../../core/notifier.ts';
import type { Stop } from '../../../ports/sink.ts';
import { jointTypedName } from '../confirming.ts';
import { firstWrong } from '../form.ts';
import type { DialogState, Operations } from '../view.ts';
import { changeOf, jointStand } from './form.ts';
import { Part, type PartStart } from './part.ts';
import type { JointFlow, JointPart } from './view.ts';

/**
 * An action on several clusters: the flow of each of them, asked in one dialog. Nothing is done on
 * any before all that can be done is shown and confirmed; then each goes on by itself.
 */
export class Joint implements JointFlow {
  readonly title: string;
  readonly #parts: readonly Part[];
  readonly #changes = new Notifier();
  readonly #stops: readonly Stop[];
  /** It is asked whether all is still as it was when it was planned. */
  #isConfirming = false;
  #isLeft = false;

  /** @param parts two at least, each of another cluster */
  constructor(
    title: string,
    parts: readonly PartStart[],
    operations: Pick<Operations, 'all' | 'subscribe'>,
  ) {
    this.title = title;
    this.#parts = parts.map((part) => new Part(part, operations));
    this.#stops = [
      ...parts.map(({ flow }) => flow.subscribe(() => this.#changed())),
      operations.subscribe(() => this.#changed()),
    ];
  }

  get parts(): readonly JointPart[] {
    return this.#parts.map((part) => part.view(this.#parts));
  }

  get subject(): string {
    const about = this.#about;
    const [only, another] = about;
    if (only !== undefined && another === undefined)
      return `${only.flow.subject} in ${only.start.name}`;
    return `${amount(about)} in ${about.length} clusters`;
  }

  get danger(): 0 | 1 | 2 | 3 {
    const dangers = this.#about.map(({ flow }) => flow.danger);
    return dangers.reduce((most, each) => (each > most ? each : most), 0);
  }

  get state(): DialogState {
    if (this.#isLeft) return { stage: 'ended', text: '' };
    if (this.#isConfirming) return { stage: 'planning' };
    if (this.#at('checking').length > 0) return { stage: 'checking' };
    const forms = this.#asked.flatMap(({ form }) => form);
    if (forms.length > 0) return { stage: 'form', ...jointStand(forms) };
    if (this.#at('planning').length > 0) return { stage: 'planning' };
    const plans = this.#at('confirm');
    if (plans.length > 0) return { stage: 'confirm', typeName: typeName(plans) };
    return this.#confirmedState ?? this.#refused;
  }

  get waitsFor(): readonly string[] {
    if (this.#isConfirming || this.#asked.every(({ isWaiting }) => isWaiting)) return [];
    const isReady = this.#at('form').length > 0 || this.#at('confirm').length > 0;
    const waiting = isReady ? this.#asked.filter((part) => part.isWaiting) : [];
    return waiting.map(({ start }) => start.name);
  }

  leaveOut(): void {
    if (this.waitsFor.length === 0) return;
    for (const part of this.#asked) if (part.isWaiting) part.leaveOut();
    this.#changed();
  }

  get goesBack(): string {
    return this.#asked.find(({ flow }) => flow.goesBack !== '')?.flow.goesBack ?? '';
  }

  back(): void {
    // What was done is done: only the others are asked again.
    for (const { flow } of this.#asked) flow.back();
  }

  change(id: string, value: string): void {
    const forms = this.#asked.flatMap((part) => part.form.map((form) => [part, form] as const));
    const all = forms.map(([, form]) => form);
    const changes = forms.map(
      ([{ flow }, form]) => [flow, changeOf(all, form, id, value)] as const,
    );
    for (const [flow, own] of changes) if (own !== undefined) flow.change(id, own);
  }

  edit(): void {
    // A text that is written in an editor is of one object: what is done to several has none.
  }

  submit(): void {
    const { state } = this;
    if (state.stage !== 'form' || firstWrong(state.lines, state.values) >= 0) return;
    for (const { flow } of this.#at('form')) flow.submit();
  }

  confirm(): void {
    if (this.state.stage === 'confirm') void this.#confirm(this.#at('confirm'));
  }

  stop(): void {
    for (const { flow } of this.#asked) flow.stop();
  }

  cancel(): void {
    this.#isLeft = true;
    for (const { flow } of this.#asked) flow.cancel();
    this.#changed();
  }

  subscribe(listener: () => void): Stop {
    return this.#changes.subscribe(listener);
  }

  /** One that has changed since holds all back: nothing else than what is shown is done. */
  async #confirm(parts: readonly Part[]): Promise<void> {
    this.#isConfirming = true;
    const stand = await Promise.all(parts.map(({ flow }) => flow.stands()));
    this.#isConfirming = false;
    if (this.#isLeft) return;
    if (stand.every(Boolean)) {
      const group = Symbol(this.title);
      for (const part of parts) {
        part.isConfirmed = true;
        part.flow.run(parts.length > 1 ? { group, name: part.start.name } : null);
      }
    }
    this.#changed();
  }

  get #asked(): readonly Part[] {
    return this.#parts.filter(({ isLeftOut }) => !isLeftOut);
  }

  #at(stage: Part['stage']): readonly Part[] {
    return this.#asked.filter((part) => part.stage === stage);
  }

  /** Those that something is or may be done on; all, where that is none. */
  get #about(): readonly Part[] {
    const open = this.#asked.filter(({ stage }) => stage !== 'refused' && stage !== 'ended');
    if (open.length > 0) return open;
    const done = this.#asked.filter(({ isConfirmed }) => isConfirmed);
    return done.length > 0 ? done : this.#parts;
  }

  /** How what was confirmed stands; null: nothing was. It is left by itself where all went well. */
  get #confirmedState(): DialogState | null {
    const confirmed = this.#asked.filter(({ isConfirmed }) => isConfirmed);
    if (confirmed.length === 0) return null;
    const failed = confirmed.some((part) => part.hasFailed);
    const running = this.#at('running');
    if (running.length === 0 && !failed) return { stage: 'ended', text: '' };
    const operations = running.flatMap(({ operation }) => operation ?? []);
    const isWorking = operations.some(({ state }) => state === 'working');
    const state = isWorking ? 'working' : failed ? 'failed' : 'done';
    const stoppable = operations.some((each) => each.stoppable);
    return { stage: 'running', operation: { state, stoppable } };
  }

  get #refused(): DialogState {
    const reasons = this.#asked.flatMap(({ flow: { state }, start }) =>
      state.stage === 'refused' ? [`${start.name}: ${state.reason}`] : [],
    );
    if (reasons.length === 0) return { stage: 'ended', text: '' };
    return { stage: 'refused', reason: reasons.join('; '), hint: '' };
  }

  #changed(): void {
    if (this.state.stage === 'ended') for (const stop of this.#stops) stop();
    this.#changes.notify();
  }
}

/** How many of what. */
function amount(parts: readonly Part[]): string {
  const targets = parts.flatMap(({ flow }) => flow.targets);
  const [first] = targets;
  return first === undefined ? 'nothing' : `${targets.length} ${first.resource}`;
}

function typeName(parts: readonly Part[]): string | null {
  const asked = parts.flatMap(({ flow: { state } }) => (state.stage === 'confirm' ? [state] : []));
  return jointTypedName(asked, `${amount(parts)} in ${parts.length} clusters`);
}
