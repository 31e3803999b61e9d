import type { Clock } from '../../core/clock.ts';
import type { ClusterKey } from '../../domain/cluster-key.ts';
import type { TableId } from '../../domain/tables/index.ts';
import type { Stop } from '../../ports/sink.ts';
import type { ActionContext, AnyAction } from './define.ts';

/** The cluster that an action acts on, and how it hears of changes there. */
export interface ActionHost {
  readonly actions: readonly AnyAction[];
  readonly ctx: Omit<ActionContext, 'once'>;
  readonly clock: Clock;
  /** Nothing is changed: every action is refused (and the port below refuses too). */
  readonly readonly: () => boolean;
  /** Every confirmation wants a name typed. Asked for each plan: what a cluster is may turn out late. */
  readonly isProtected: () => boolean;
  /** The cluster that is acted on: targets of any other are refused. */
  readonly cluster: ClusterKey;
  /** The same for people, a part of it each: name, account, region. */
  readonly where: () => readonly string[];
  /** Whom the API server takes the caller for; empty until it is known. */
  readonly user: () => string;
  /** Whose credentials they are where another user is impersonated; else empty. */
  readonly realUser: () => string;
  /** Calls back when rows or the status of these tables changed. */
  readonly onChange: (tables: readonly TableId[], listener: () => void) => Stop;
  /** Keeps these tables followed until stopped, whatever the screen shows. */
  readonly hold: (tables: readonly TableId[]) => Stop;
  /** Whether IAM allows an action on a resource; null where that is not known. */
  readonly iamAllows: (action: string, resource: string) => Promise<boolean | null>;
}

/** Why an action that changes a cluster is not begun. */
export const READ_ONLY = 'read-only: nothing is changed';
