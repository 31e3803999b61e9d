import type { Action, ActionTarget } from './define.ts';
import { follow } from './follow.ts';
import type { FormValues } from './form.ts';
import type { ActionHost } from './host.ts';
import { isToDo, standOf, type Plan, type Progress, type Step } from './plan.ts';
import type { Operation, StepState, Together } from './view.ts';
import { explained, troubleOf } from '../../core/words.ts';
import { AwsFault } from '../../domain/aws-fault.ts';

/** What was confirmed. */
export interface Confirmed {
  readonly action: Action;
  readonly targets: readonly ActionTarget[];
  readonly values: FormValues;
  readonly plan: Plan;
  /** Id of the operation that it takes back; null where it takes back none. */
  readonly undoes: number | null;
  /** What it was confirmed with, on other clusters; null: it was alone. */
  readonly together: Together | null;
}

/** What AWS throttled, in whatever a step asks before it changes anything, may be tried again. */
const whyFailed = (error: unknown): string =>
  error instanceof AwsFault && error.kind === 'busy' && error.hint === ''
    ? explained(error.message, 'try it again in a moment')
    : troubleOf(error);

/** A confirmed plan: runs its steps, follows them, and tells how it stands. */
export class RunningOperation {
  readonly confirmed: Confirmed;
  readonly host: ActionHost;
  readonly #changed: () => void;
  readonly #abort = new AbortController();
  readonly #steps: StepState[];
  readonly #followed: Promise<void>[] = [];
  readonly #sentSteps = new Set<number>();
  #lines: Operation['lines'] = [];
  #trouble = '';
  #begun = false;
  #sent = false;
  #view: Operation;

  constructor(id: number, confirmed: Confirmed, host: ActionHost, changed: () => void) {
    this.confirmed = confirmed;
    this.host = host;
    this.#changed = changed;
    const { plan } = confirmed;
    this.#steps = plan.steps.map((step) => ({ title: step.title, ...standOf(step) }));
    const now = host.clock.now();
    this.#view = {
      id,
      title: plan.title,
      cluster: host.cluster,
      where: host.where().join(' · '),
      together: confirmed.together,
      startedAt: now,
      at: now,
      state: 'working',
      text: plan.title,
      steps: this.#steps,
      lines: [],
      undo: false,
      stoppable: true,
    };
  }

  get view(): Operation {
    return this.#view;
  }

  /** Calls off what has not begun. */
  stop(): void {
    this.#abort.abort();
    this.#tell();
  }

  /** Whether it was written down and may change something. */
  get begun(): boolean {
    return this.#begun;
  }

  get stopped(): boolean {
    return this.#abort.signal.aborted;
  }

  /** Rows whose steps were sent, by uid. */
  get sentUids(): ReadonlySet<string> {
    const { steps } = this.confirmed.plan;
    return new Set([...this.#sentSteps].map((i) => steps[i]?.uid ?? ''));
  }

  /** Rows that are under it now, by uid. */
  get busyUids(): ReadonlySet<string> {
    const { steps } = this.confirmed.plan;
    const under = steps.filter((_, i) =>
      this.#sent
        ? this.#steps[i]?.state === 'working'
        : ['working', 'waiting'].includes(this.#steps[i]?.state ?? ''),
    );
    return new Set(under.map(({ uid }) => uid).filter((uid) => uid !== ''));
  }

  /** Does the steps one after the other; settles when all that could be sent is sent. */
  async run(): Promise<void> {
    const { steps, chain, separate = false } = this.confirmed.plan;
    const failed = new Set<string>();
    const inVain = ({ uid }: Step): boolean => (separate ? failed.has(uid) : failed.size > 0);
    this.#begun = true;
    for (const [i, step] of steps.entries()) {
      if (!isToDo(step)) continue;
      if (this.stopped) break;
      if (chain && inVain(step)) continue;
      await this.#runStep(i, step);
      if (this.#steps[i]?.state === 'failed') failed.add(step.uid);
    }
    for (const [i, { state }] of this.#steps.entries())
      if (state === 'waiting') this.#set(i, { state: 'left', text: '' });
    this.#sent = true;
    this.#tell();
  }

  /** Settles when all that was sent is done, has failed, or has been followed long enough. */
  async ended(): Promise<void> {
    await Promise.all(this.#followed);
  }

  /** What failed or was left, for the audit log; `ok` where nothing was. */
  get result(): string {
    return this.#failures().join('; ') || 'ok';
  }

  /** Something went wrong beside the steps. */
  addTrouble(text: string): void {
    if (text === '') return;
    this.#trouble = text;
    this.#tell();
  }

  async #runStep(i: number, step: Step): Promise<void> {
    this.#set(i, { state: 'working', text: '' });
    try {
      await step.run(this.#abort.signal, (progress) => this.#hear(i, progress));
    } catch (error) {
      this.#set(i, { state: 'failed', text: whyFailed(error) });
      return;
    }
    this.#sentSteps.add(i);
    if (step.follow === undefined) {
      this.#set(i, { state: 'done', text: this.#steps[i]?.text ?? '' });
      return;
    }
    const end = follow(step.follow, this.host, (progress) => this.#hear(i, progress));
    this.#followed.push(end);
    if (this.confirmed.plan.chain) await end;
  }

  #hear(i: number, { state, text, lines }: Progress): void {
    if (lines !== undefined) this.#lines = lines;
    this.#set(i, { state, text: text === '' ? (this.#steps[i]?.text ?? '') : text });
  }

  #set(i: number, change: Pick<StepState, 'state' | 'text'>): void {
    const step = this.#steps[i];
    if (step !== undefined) this.#steps[i] = { ...step, ...change };
    this.#tell();
  }

  #tell(): void {
    const { host } = this;
    const steps = [...this.#steps];
    this.#view = {
      ...this.#view,
      at: host.clock.now(),
      state: this.#state(),
      text: this.#text(),
      steps,
      lines: this.#lines,
      stoppable:
        !this.stopped &&
        steps.some(
          ({ state }, i) =>
            state === 'waiting' ||
            (state === 'working' && this.confirmed.plan.steps[i]?.stoppable === true),
        ),
    };
    this.#changed();
  }

  #state(): Progress['state'] {
    const states = new Set(this.#steps.map(({ state }) => state));
    if (states.has('working') || states.has('waiting')) return 'working';
    return states.has('failed') || states.has('left') || this.#trouble !== '' ? 'failed' : 'done';
  }

  #failures(): readonly string[] {
    // What a follower says of its object stands for itself.
    const failed = this.#steps.flatMap(({ state, title, text }, i) =>
      state !== 'failed' ? [] : [this.#sentSteps.has(i) ? text : `${title}: ${text}`],
    );
    const left = this.#steps.filter(({ state }) => state === 'left').length;
    return left === 0
      ? failed
      : [...failed, left === 1 ? '1 step left undone' : `${left} steps left undone`];
  }

  #text(): string {
    const { title, chain } = this.confirmed.plan;
    const failures = this.#failures();
    const of = (state: StepState['state']): readonly StepState[] =>
      this.#steps.filter((step) => step.state === state);
    const working = of('working');
    const done = of('done');
    const total = this.#steps.length;
    const said = ({ title: name, text }: StepState): string => text || name;
    const [now] = working;
    const parts: string[] = [];
    if (now !== undefined) {
      const count = total > 1 ? `${done.length + of('already').length} of ${total} done; ` : '';
      parts.push(`${count}${chain && now.text !== '' ? `${now.title}: ${now.text}` : said(now)}`);
    } else if (done.length > 0 && !chain) parts.push(done.map(said).join(', '));
    else if (failures.length === 0 || done.length > 0) parts.push(title);
    return [...parts, ...failures, this.#trouble].filter((part) => part !== '').join('; ');
  }
}
