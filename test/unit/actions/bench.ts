/** A connection for tests of actions: a store of plain maps, and an API server that does as told. */
import { createActionRunner } from '../../../src/actions/runner.ts';
import { ACTIONS } from '../../../src/actions/index.ts';
import type { AuditEntry } from '../../../src/actions/audit.ts';
import type { ActionContext, ActionFlow } from '../../../src/actions/define.ts';
import type { RunnerOptions } from '../../../src/actions/host.ts';
import { shellLine } from '../../../src/core/shell.ts';
import { NO_CLUSTER } from '../../../src/domain/cluster-key.ts';
import type { ObjectRef } from '../../../src/domain/ref.ts';
import type { BaseRow, WorkloadRow } from '../../../src/domain/rows.ts';
import { IDLE, type SourceStatus } from '../../../src/domain/status.ts';
import type { TableId } from '../../../src/domain/tables.ts';
import type { AccessRequest, KubePort } from '../../../src/ports/kube.ts';
import type { Query } from '../../../src/ports/query.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

type Patch = Parameters<KubePort['patch']>[1];

/** An error as the Kubernetes source makes them. */
export function kubeError(code: number, message: string, hint = ''): Error {
  return Object.assign(new Error(message), { code, hint });
}

/** Lets promises settle: as many turns as any flow takes. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 50; turn++) await Promise.resolve();
}

export class ActionBench {
  readonly clock = new VirtualClock();
  readonly audit: AuditEntry[] = [];
  readonly patches: (readonly [ref: ObjectRef, patch: Patch])[] = [];
  readonly asked: AccessRequest[] = [];
  /** Answers of the API server; a test replaces them. */
  can: KubePort['can'] = () => Promise.resolve({ allowed: true, reason: '' });
  onPatch: (ref: ObjectRef, patch: Patch) => void = () => {};
  auditFails = false;
  held = 0;
  readonly #tables = new Map<TableId, Map<string, BaseRow>>();
  readonly #status = new Map<TableId, SourceStatus>();
  readonly #listeners = new Set<() => void>();

  put(table: TableId, ...rows: readonly BaseRow[]): void {
    const map = this.#tables.get(table) ?? new Map<string, BaseRow>();
    this.#tables.set(table, map);
    for (const row of rows) map.set(row.uid, row);
    this.changed();
  }

  remove(table: TableId, uid: string): void {
    this.#tables.get(table)?.delete(uid);
    this.changed();
  }

  setStatus(table: TableId, status: Partial<SourceStatus>): void {
    this.#status.set(table, { ...IDLE, ...status });
    this.changed();
  }

  changed(): void {
    for (const listener of [...this.#listeners]) listener();
  }

  readonly query: Query = {
    get: (table, uid) => this.#tables.get(table)?.get(uid) as never,
    named: () => undefined,
    rows: (table) => [...(this.#tables.get(table)?.values() ?? [])] as never,
    size: (table) => this.#tables.get(table)?.size ?? 0,
    status: (table) => this.#status.get(table) ?? { ...IDLE, state: 'live', synced: true },
  };

  readonly context: ActionContext = {
    query: this.query,
    kube: {
      can: (request: AccessRequest) => {
        this.asked.push(request);
        return this.can(request);
      },
      patch: (ref: ObjectRef, patch: Patch) => {
        this.patches.push([ref, patch]);
        return Promise.resolve().then(() => {
          this.onPatch(ref, patch);
          return { metadata: { name: ref.name } };
        });
      },
    } as unknown as KubePort,
    aws: null,
    now: () => this.clock.now(),
    kubectl: (args) => shellLine(['kubectl', '--context', 'prod', ...args]),
  };

  runner(options: Partial<RunnerOptions> = {}) {
    return createActionRunner({
      actions: ACTIONS,
      ctx: this.context,
      clock: this.clock,
      readonly: () => false,
      isProtected: () => false,
      cluster: NO_CLUSTER,
      where: () => 'prod',
      realUser: () => '',
      user: () => 'arn:aws:iam::1:user/me',
      audit: (line) => {
        if (this.auditFails) throw kubeError(0, 'disk full', 'make room');
        this.audit.push(JSON.parse(line) as AuditEntry);
      },
      onChange: (_tables, listener) => {
        this.#listeners.add(listener);
        return () => {
          this.#listeners.delete(listener);
        };
      },
      hold: () => {
        this.held++;
        return () => {
          this.held--;
        };
      },
      ...options,
    });
  }

  /** A target of the table's resource. */
  target(table: TableId, row: WorkloadRow) {
    this.put(table, row);
    return { resource: table, row };
  }
}

/** The stage of a flow, for what only one stage has. */
export function at<S extends ActionFlow['state']['stage']>(
  flow: ActionFlow | string | null,
  stage: S,
): Extract<ActionFlow['state'], { readonly stage: S }> {
  if (flow === null || typeof flow === 'string')
    throw new Error(`${flow ?? 'nothing'}, not ${stage}`);
  if (flow.state.stage !== stage) throw new Error(`at ${JSON.stringify(flow.state)}, not ${stage}`);
  return flow.state as Extract<ActionFlow['state'], { readonly stage: S }>;
}
