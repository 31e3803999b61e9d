import type { Clock } from '../core/clock.ts';
import type { ClusterKey } from '../domain/cluster-key.ts';
import type { TableId } from '../domain/tables.ts';
import type { Stop } from '../ports/sink.ts';
import type { AuditWriter } from './audit.ts';
import type { ActionContext, ActionDef, AnyAction } from './define.ts';

/** What a runner is made of: the connection that it acts on, and how it hears of changes there. */
export interface RunnerOptions {
  readonly actions: readonly AnyAction[];
  readonly ctx: ActionContext;
  readonly clock: Clock;
  /** Nothing is changed: every action is refused (and the port below refuses too). */
  readonly readonly: () => boolean;
  /** Every confirmation wants a name typed. Asked for each plan: what a cluster is may turn out late. */
  readonly isProtected: () => boolean;
  /** The cluster that is acted on: targets of any other are refused. */
  readonly cluster: ClusterKey;
  /** The same for people: name, account, region. */
  readonly where: () => string;
  /** Whom the API server takes the caller for; empty until it is known. */
  readonly user: () => string;
  /** Whose credentials they are where another user is impersonated; else empty. */
  readonly realUser: () => string;
  readonly audit: AuditWriter;
  /** Calls back when rows or the status of these tables changed. */
  readonly onChange: (tables: readonly TableId[], listener: () => void) => Stop;
  /** Keeps these tables followed until stopped, whatever the screen shows. */
  readonly hold: (tables: readonly TableId[]) => Stop;
}

/**
 * An action with the types of its rows put aside: rows reach it only through the resources that it
 * applies to, so that they are what it expects.
 */
export type Action = ActionDef;

/** The same action, as the runner calls it. */
export function untyped(action: AnyAction): Action {
  return action as unknown as Action;
}
