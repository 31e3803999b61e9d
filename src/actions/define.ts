/**
 * How a mutation is declared: once, in one file of this folder, and listed in index.ts. An action
 * cannot exist without a guard and a plan; the runner (runner.ts) does the rest: ask the guard,
 * fill the form, plan, confirm by danger, re-check, run, audit, follow, offer undo.
 */
import type { AccessRequest, KubePort } from '../ports/kube.ts';
import type { AwsPort } from '../ports/aws.ts';
import type { Query } from '../ports/query.ts';
import type { Cell } from '../core/styled.ts';
import type { BaseRow } from '../domain/rows.ts';
import type { TableId } from '../domain/tables.ts';

/** What an action works with: always of the targets' own connection, never "the current" one. */
export interface ActionContext {
  readonly query: Query;
  readonly kube: KubePort;
  readonly aws: AwsPort | null;
  readonly now: () => number;
  /**
   * The shell line that does the same with kubectl on this cluster; a comment where kubectl has no
   * way to it.
   */
  readonly kubectl: (args: readonly string[]) => string;
}

/** One object an action is about; its row carries the cluster that it is of. */
export interface ActionTarget<Row extends BaseRow = BaseRow> {
  /** Resource id, e.g. `deployments`. */
  readonly resource: string;
  readonly row: Row;
}

/** A field of an action's form. */
export interface FormField {
  readonly id: string;
  readonly label: string;
  readonly type: 'number' | 'text' | 'select';
  readonly initial: string;
  readonly options?: readonly string[];
  /** What is wrong with this value, or empty. */
  readonly check: (value: string) => string;
}

/** What is going to happen, shown before it does. */
export interface Plan {
  /** e.g. `Scale deployment/api from 3 to 5 replicas`. */
  readonly title: string;
  /** One line per target: what changes, from what to what. */
  readonly changes: readonly Cell[];
  /** Who suffers, a line each: pods that will be ended, traffic that stops. */
  readonly victims: readonly string[];
  /** How many suffer, where that is not the number of lines (`any 2 of 5: …`). */
  readonly victimCount?: number;
  /** Where these values make it more dangerous than the action is as such (scaling to zero). */
  readonly danger?: 2 | 3;
  /** What the user should know first: an HPA owns the number, a PDB blocks, Argo CD will revert. */
  readonly warnings: readonly string[];
  /** The same thing in kubectl or aws words, a line per command. */
  readonly commands: readonly string[];
  /** What the server said to a dry run: empty when it accepted or there is none. */
  readonly refusals: readonly string[];
  /** What {@link ActionDef.state} said of each target (by uid) at planning time. */
  readonly versions: Readonly<Record<string, string>>;
}

/** How far a started action is, as the world shows it. */
export interface Progress {
  readonly state: 'working' | 'done' | 'failed';
  readonly text: string;
}

/** Form values by field id. */
export type FormValues = Readonly<Record<string, string>>;

/** An action's declaration. */
export interface ActionDef<Row extends BaseRow = BaseRow> {
  readonly id: string;
  /** Imperative, e.g. `Scale`. */
  readonly title: string;
  readonly description: string;
  /** The chord in the table of the resources it applies to. */
  readonly key: string;
  /** Resource ids it applies to. */
  readonly appliesTo: readonly string[];
  /** 0: no question asked · 1: confirm · 2: confirm, in red · 3: type the name. */
  readonly danger: 0 | 1 | 2 | 3;
  /** May several marked rows be given at once. */
  readonly many: boolean;
  /** Tables that guard and plan look into: they are followed while the action is under way. */
  readonly needs: readonly TableId[];
  /** What of a target the plan relies on: where it has changed before running, it is planned anew. */
  readonly state: (row: Row) => string;
  /** What the API server is asked beforehand. */
  readonly access: (target: ActionTarget<Row>) => readonly AccessRequest[];
  /** IAM actions it needs, for docs. */
  readonly iam: readonly string[];
  /** Why it cannot be done now, or empty. Synchronous: from what is known. */
  readonly guard: (targets: readonly ActionTarget<Row>[], ctx: ActionContext) => string;
  readonly form?: (
    targets: readonly ActionTarget<Row>[],
    ctx: ActionContext,
  ) => readonly FormField[];
  readonly plan: (
    targets: readonly ActionTarget<Row>[],
    values: FormValues,
    ctx: ActionContext,
  ) => Promise<Plan>;
  /** Does it to one target. Rejects with a sentence. */
  readonly run: (
    target: ActionTarget<Row>,
    values: FormValues,
    ctx: ActionContext,
  ) => Promise<void>;
  /** How far one target is since `startedAt` (ms); polled on store changes until done or failed. */
  readonly follow: (
    target: ActionTarget<Row>,
    values: FormValues,
    startedAt: number,
    ctx: ActionContext,
  ) => Progress;
  /**
   * The values that would take it back (same action); absent where there is no inverse. Those of
   * several targets are merged: values that differ go by the target's uid.
   */
  readonly undo?: (target: ActionTarget<Row>, values: FormValues) => FormValues;
}

/** Checks a definition's types where it is written and returns it. */
export function defineAction<Row extends BaseRow>(def: ActionDef<Row>): ActionDef<Row> {
  return def;
}

/** A definition whose row type no longer matters to the reader. */
export type AnyAction = ActionDef<never>;

/** Where a running action stands, as a dialog shows it. */
export type FlowState =
  | { readonly stage: 'checking' }
  | { readonly stage: 'form'; readonly fields: readonly FormField[]; readonly values: FormValues }
  | { readonly stage: 'planning' }
  | { readonly stage: 'confirm'; readonly plan: Plan; readonly typeName: string | null }
  | {
      readonly stage: 'running';
      readonly plan: Plan;
      readonly done: number;
      readonly total: number;
    }
  | { readonly stage: 'refused'; readonly reason: string; readonly hint: string }
  /** Sent, or left: the dialog closes, and notices tell what goes on. */
  | { readonly stage: 'ended' };

/**
 * One run of an action from key press to confirmation; after that it goes on in the background and
 * reports through {@link ActionNotice}s. The UI renders `state` and calls the verbs.
 */
export interface ActionFlow {
  readonly title: string;
  /** The cluster that it acts on, with its account. */
  readonly where: string;
  readonly danger: 0 | 1 | 2 | 3;
  readonly state: FlowState;
  /** Back to the form after `confirm` or `refused`, with what was typed; no-op without a form. */
  back(): void;
  submit(values: FormValues): void;
  confirm(): void;
  /** Leaves it; what already runs goes on being followed. */
  cancel(): void;
  subscribe(listener: () => void): () => void;
}

/** What the flash line says about an action that runs in the background. */
export interface ActionNotice {
  readonly id: number;
  /** `undone`: it was taken back. */
  readonly state: Progress['state'] | 'undone';
  readonly text: string;
  /** Whether `U` takes it back. */
  readonly undo: boolean;
  readonly at: number;
}

/** The one door through which the UI changes anything. */
export interface ActionRunner {
  /** Actions of a resource, each with the reason why it cannot be done now (empty: it can). */
  available(
    resource: string,
    targets: readonly ActionTarget[],
  ): readonly { readonly action: AnyAction; readonly disabled: string }[];
  start(actionId: string, targets: readonly ActionTarget[]): ActionFlow;
  /** Takes the last action back, through the same plan and confirmation; or why it cannot be. */
  undo(): ActionFlow | string;
  /** The shell line that does something with kubectl on this cluster, as {@link ActionContext}'s. */
  kubectl(args: readonly string[]): string;
  /** uids under an action now: their rows show that they are busy. */
  readonly busy: ReadonlySet<string>;
  /** Notices, oldest first, the last hundred. */
  readonly notices: readonly ActionNotice[];
  subscribe(listener: () => void): () => void;
}
