/**
 * How a mutation is declared: once, in one file of the folder of what it is about, and listed in the
 * index. An action cannot exist without a guard and a plan; the engine does the rest: ask the guard,
 * fill the form, plan, confirm by danger, re-check, run step by step, audit, follow, offer undo.
 */
import type { Cell } from '../../core/styled.ts';
import type { ClusterKey } from '../../domain/cluster-key.ts';
import type { BaseRow } from '../../domain/rows.ts';
import type { TableId } from '../../domain/tables/index.ts';
import type { AwsDoor, EksCluster } from '../../ports/aws.ts';
import type { AccessRequest, KubePort } from '../../ports/kube.ts';
import type { LocalPort } from '../../ports/local.ts';
import type { Query } from '../../ports/query.ts';
import type { LendTerminal } from '../../ports/terminal.ts';
import type { Form, FormValues } from './form.ts';
import type { Plan } from './plan.ts';

/** What an action works with: always of the targets' own cluster, never "the current" one. */
export interface ActionContext {
  /** For references to objects that have no row. */
  readonly cluster: ClusterKey;
  readonly query: Query;
  readonly kube: KubePort;
  /** The EKS cluster behind it, once that is known; null where it is none. */
  readonly eks: EksCluster | null;
  /** AWS as that cluster is asked there; null where it is no EKS cluster. */
  readonly aws: AwsDoor | null;
  readonly now: () => number;
  /** Lends our terminal to a process in a container. */
  readonly lend: LendTerminal;
  /** The machine that we run on. */
  readonly local: LocalPort;
  /** Resolves after that long (ms), or at once when the signal is aborted. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  /**
   * The shell line that does the same with kubectl on this cluster; a comment where kubectl has no
   * way to it.
   */
  readonly kubectl: (args: readonly string[]) => string;
  /** The shell line that does the same with the aws CLI, in the cluster's profile and region. */
  readonly awsCli: (args: readonly string[]) => string;
  /**
   * What `ask` answers, asked once for as long as a form is filled: each value that changes makes a
   * form anew. A plan asks anew. A failed question is asked again.
   */
  readonly once: <T>(key: string, ask: () => Promise<T>) => Promise<T>;
}

/** One object an action is about; its row carries the cluster that it is of. */
export interface ActionTarget<Row extends BaseRow = BaseRow> {
  /** Resource id, e.g. `deployments`. */
  readonly resource: string;
  /** Where its row stands. */
  readonly table: TableId;
  readonly row: Row;
  /** What of the row is meant, where that is a part of it: the name of a container of a pod. */
  readonly part?: string;
}

/** An action's declaration. */
export interface ActionDef<Row extends BaseRow = BaseRow> {
  readonly id: string;
  /** Imperative, e.g. `Scale`. */
  readonly title: string;
  readonly description: string;
  /** The chord in the table of the resources it applies to; empty: in the palette only. */
  readonly key: string;
  /** Resource ids it applies to; `containers`: parts of pods, which the target names. */
  readonly appliesTo: readonly string[];
  /** 0: no question asked · 1: confirm · 2: confirm, in red · 3: type the name. */
  readonly danger: 0 | 1 | 2 | 3;
  /** May several marked rows be given at once. */
  readonly many: boolean;
  /** It is about no row: the one under the cursor, if there is one, is only what it begins with. */
  readonly anywhere?: boolean;
  /**
   * What it changes: `machine` is files of this machine alone, which read-only and the protection
   * of clusters do not concern. By default the cluster.
   */
  readonly touches?: 'machine';
  /** Tables that guard, form and plan look into: they are followed while the action is under way. */
  readonly needs: readonly TableId[];
  /** What of a target the plan relies on: where it has changed before running, it is planned anew. */
  readonly state: (row: Row) => string;
  /** What the API server is asked before anything else; steps may need more. */
  readonly access: (target: ActionTarget<Row>) => readonly AccessRequest[];
  /** IAM actions it needs, for docs. */
  readonly iam: readonly string[];
  /** Values that are not written into the audit log: what they hold may be secret. */
  readonly unaudited?: readonly string[];
  /** Why it cannot be done now, or empty. Synchronous: from what is known. */
  readonly guard: (targets: readonly ActionTarget<Row>[], ctx: ActionContext) => string;
  /** What is asked, as it is with these values. Rejects with a sentence. */
  readonly form?: (
    targets: readonly ActionTarget<Row>[],
    values: FormValues,
    ctx: ActionContext,
  ) => Form | Promise<Form>;
  /** What stands beside the form and follows the values. Rejects with a sentence. */
  readonly preview?: (
    targets: readonly ActionTarget<Row>[],
    values: FormValues,
    ctx: ActionContext,
  ) => readonly Cell[] | Promise<readonly Cell[]>;
  /** What is going to happen. Rejects with a sentence. */
  readonly plan: (
    targets: readonly ActionTarget<Row>[],
    values: FormValues,
    ctx: ActionContext,
  ) => Promise<Plan>;
}

/** Checks a definition's types where it is written and returns it. */
export function defineAction<Row extends BaseRow>(def: ActionDef<Row>): ActionDef<Row> {
  return def;
}

/** A definition whose row type no longer matters to the reader. */
export type AnyAction = ActionDef<never>;

/**
 * An action with the types of its rows put aside: rows reach it only through the resources that it
 * applies to, so that they are what it expects.
 */
export type Action = ActionDef;

/** The same action, as the engine calls it. */
export function untyped(action: AnyAction): Action {
  return action as unknown as Action;
}
