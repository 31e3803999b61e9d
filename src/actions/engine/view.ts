/** What the UI sees of actions: dialogs that are under way, and operations that run or ran. */
import type { Cell } from '../../core/styled.ts';
import type { ClusterKey } from '../../domain/cluster-key.ts';
import type { ActionTarget, AnyAction } from './define.ts';
import type { FormStand } from './form-asking.ts';
import type { FormValues } from './form.ts';
import type { Plan, Progress, Stand } from './plan.ts';

/** Where a step of an operation stands. `left`: it was not begun; `barred`: nor was it meant to. */
export interface StepState {
  readonly title: string;
  readonly state: Stand['state'] | Progress['state'] | 'left';
  /** How far it is, or why it failed; may be empty. */
  readonly text: string;
}

/** Of an operation that was confirmed with those of other clusters. */
export interface Together {
  /** The same for all of them. */
  readonly group: symbol;
  /** How its own cluster is called among the others. */
  readonly name: string;
}

/** What was confirmed, while it runs and after. A new object at each change. */
export interface Operation {
  readonly id: number;
  readonly title: string;
  readonly cluster: ClusterKey;
  /** The cluster for people: name, account, region. */
  readonly where: string;
  /** What it was confirmed with, on other clusters; null: it was alone. */
  readonly together: Together | null;
  readonly startedAt: number;
  /** When it last changed (ms). */
  readonly at: number;
  /** `undone`: it was taken back. */
  readonly state: Progress['state'] | 'undone';
  /** How it stands, in a sentence. */
  readonly text: string;
  readonly steps: readonly StepState[];
  /** What there is to see of the step under way. */
  readonly lines: readonly Cell[];
  /** Whether `U` takes it back. */
  readonly undo: boolean;
  /** Whether there are steps left that can be called off. */
  readonly stoppable: boolean;
}

/** What was begun in an earlier run of the program and not seen to its end. */
export interface Unfinished {
  /** Of the line in the audit log. */
  readonly id: string;
  readonly action: string;
  readonly title: string;
  readonly cluster: string;
  readonly targets: readonly string[];
  readonly values: FormValues;
  /** When it was begun (ms). */
  readonly at: number;
}

/** Where an action stands, as a dialog shows it. */
export type FlowState =
  | { readonly stage: 'checking' }
  | ({ readonly stage: 'form' } & FormStand)
  /** A text of the form is in the user's editor, which has the terminal. */
  | { readonly stage: 'editing' }
  | { readonly stage: 'planning' }
  | { readonly stage: 'confirm'; readonly plan: Plan; readonly typeName: string | null }
  | { readonly stage: 'running'; readonly operation: Operation }
  | { readonly stage: 'refused'; readonly reason: string; readonly hint: string }
  /** Sent, or left: the dialog closes, and the list of operations tells what goes on. */
  | {
      readonly stage: 'ended';
      /** What there is to say of it, where nothing was sent; may be empty. */
      readonly text: string;
    };

/** Where a dialog stands, as its keys have to know. */
export type DialogState =
  | Exclude<FlowState, { readonly stage: 'confirm' | 'running' }>
  | Pick<Extract<FlowState, { readonly stage: 'confirm' }>, 'stage' | 'typeName'>
  | {
      readonly stage: 'running';
      readonly operation: Pick<Operation, 'state' | 'stoppable'>;
    };

/** What is asked in a dialog, of one cluster or of several. */
export interface ActionDialog {
  readonly title: string;
  /** What it is about: `orders/api`, or how many of what; empty where it is about no row. */
  readonly subject: string;
  readonly danger: 0 | 1 | 2 | 3;
  readonly state: DialogState;
  /** What `back` does at this stage, in a few words; empty: nothing. */
  readonly goesBack: string;
  /**
   * Back to the form with what was typed, from a plan, a refusal, or what failed; a text of it is
   * opened in the editor again.
   */
  back(): void;
  /** A value of the form changed. */
  change(id: string, value: string): void;
  /** Opens a text of the form in the user's editor. */
  edit(id: string): void;
  /** Plans with the values of the form, where none of them is wrong. */
  submit(): void;
  confirm(): void;
  /** Calls off the steps that have not begun; what has begun goes on being followed. */
  stop(): void;
  /** Leaves it; what runs goes on. */
  cancel(): void;
  subscribe(listener: () => void): () => void;
}

/**
 * One run of an action from key press to its end; it can be left once it is confirmed, and goes on
 * as an {@link Operation}. The UI renders `state` and calls the verbs.
 */
export interface ActionFlow extends ActionDialog {
  readonly state: FlowState;
  /** The cluster that it acts on, with its account. */
  readonly where: string;
}

/** An action on one of several clusters: it does nothing before all of them are confirmed. */
export interface PartFlow extends ActionFlow {
  /** What `where` says, a part of it each. */
  readonly places: readonly string[];
  readonly targets: readonly ActionTarget[];
  /**
   * Whether all is still as the plan says that is asked for. Where it is not, it is planned anew and
   * asked for again; while that is not known, nothing can be confirmed.
   */
  stands(): Promise<boolean>;
  /** Does what is asked for. */
  run(together: Together | null): void;
}

/** An action of a resource, as far as it can be done with these targets. */
export interface Available {
  readonly action: AnyAction;
  /** Why it cannot be done now, from what is known; empty: it can. */
  readonly disabled: string;
  /** Asks whether the user may: why not, or empty, also where nobody can say. */
  readonly denied: () => Promise<string>;
}

/** The one door through which the UI changes anything on one cluster. */
export interface ActionRunner {
  available(resource: string, targets: readonly ActionTarget[]): readonly Available[];
  /** @param values what is known already: with any, its form is only shown where one of them is wrong */
  start(actionId: string, targets: readonly ActionTarget[], values?: FormValues): ActionFlow;
  /** The same as a part of what is asked for on several clusters. */
  startPart(actionId: string, targets: readonly ActionTarget[]): PartFlow;
  /** Takes an operation back as a part of what is taken back on several clusters; null: it is no more. */
  undoPart(operation: number): PartFlow | null;
  /** Takes the last action on this cluster back, through its own plan; or why it cannot be. */
  undo(): ActionFlow | string;
  /** Goes on with what an earlier run began; or why it cannot be. */
  resume(unfinished: Unfinished): ActionFlow | string;
  /** The shell line that does something with kubectl on this cluster. */
  kubectl(args: readonly string[]): string;
}

/** All that runs and ran in this session, whatever the cluster. */
export interface Operations {
  /** uids of rows of a cluster that are under an action now: they show that they are busy. */
  busyOn(cluster: ClusterKey): ReadonlySet<string>;
  /** Oldest first, the last hundred. */
  readonly all: readonly Operation[];
  /** Calls off the steps of an operation that have not begun. */
  stop(id: number): void;
  /** What earlier runs left unfinished, the latest first. */
  unfinished(): Promise<readonly Unfinished[]>;
  /** One of these was gone on with, or is let be: it is not told of again. Rejects with a sentence. */
  dismiss(unfinished: Unfinished): Promise<void>;
  subscribe(listener: () => void): () => void;
}
