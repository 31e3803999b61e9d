import type { Operation, Operations, PartFlow, StepState } from '../view.ts';
import type { FormPart } from './form.ts';
import type { JointPart, NamedPart } from './view.ts';

const isFailed = ({ state }: StepState): boolean => state === 'failed';

/** A cluster, and the action on it. */
export interface PartStart extends NamedPart {
  readonly flow: PartFlow;
}

/** One cluster of several that an action is asked for on. */
export class Part {
  readonly start: PartStart;
  readonly #operations: Pick<Operations, 'all'>;
  /** It was not waited for: nothing is done there, whatever it answers. */
  isLeftOut = false;
  /** Whether what it asked for was confirmed. */
  isConfirmed = false;
  #last: Operation | null = null;

  constructor(start: PartStart, operations: Pick<Operations, 'all'>) {
    this.start = start;
    this.#operations = operations;
  }

  get flow(): PartFlow {
    return this.start.flow;
  }

  get stage(): PartFlow['state']['stage'] {
    return this.flow.state.stage;
  }

  /** Something is asked that it depends on what can be done. */
  get isWaiting(): boolean {
    return this.stage === 'checking' || this.stage === 'planning';
  }

  /** What was confirmed did not go as planned, or not at all. */
  get hasFailed(): boolean {
    if (!this.isConfirmed) return false;
    const { state, steps = [] } = this.operation ?? {};
    return this.stage === 'refused' || state === 'failed' || steps.some(isFailed);
  }

  /** What was begun, as it stands: it goes on when nobody looks at the dialog any more. */
  get operation(): Operation | null {
    const { state } = this.flow;
    if (state.stage === 'running') this.#last = state.operation;
    const last = this.#last;
    return this.#operations.all.find(({ id }) => id === last?.id) ?? last;
  }

  /** The form that it is at. */
  get form(): readonly FormPart[] {
    const { name, tone, flow } = this.start;
    return flow.state.stage === 'form' ? [{ name, tone, stand: flow.state }] : [];
  }

  leaveOut(): void {
    this.isLeftOut = true;
    this.flow.cancel();
  }

  /** @param others all parts, this one too */
  view(others: readonly Part[]): JointPart {
    const { cluster, name, tone, flow } = this.start;
    const own = flow.places.filter(
      (place) => place !== name && !others.every((other) => other.flow.places.includes(place)),
    );
    const { isLeftOut, isConfirmed, operation } = this;
    const place = own.join(' · ');
    return { cluster, name, tone, place, state: flow.state, isLeftOut, isConfirmed, operation };
  }
}
