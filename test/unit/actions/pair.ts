import { Joint } from '../../../src/actions/engine/joint/flow.ts';
import type { RunnerHost } from '../../../src/actions/engine/runner-host.ts';
import type { DialogState } from '../../../src/actions/engine/view.ts';
import { shellLine } from '../../../src/core/shell.ts';
import { contextKey } from '../../../src/domain/cluster-key.ts';
import type { BaseRow } from '../../../src/domain/rows.ts';
import type { TableId } from '../../../src/domain/tables/index.ts';
import { podRow, workloadRow } from '../../support/rows.ts';
import { ActionBench, settle } from './bench.ts';

/** Two clusters that are both called prod, in two accounts. */
export class Pair {
  readonly eu = new ActionBench();
  readonly us = new ActionBench();
  readonly #options: Readonly<Record<string, Partial<RunnerHost>>>;

  constructor(options: Readonly<Record<string, Partial<RunnerHost>>> = {}) {
    this.#options = options;
    // One audit log for all.
    this.us.onAudit = (line) => this.eu.onAudit(line);
  }

  runner(name: 'eu' | 'us') {
    const bench = this[name];
    const cluster = contextKey(name);
    const account = name === 'eu' ? '1111' : '2222';
    return bench.runner({
      cluster,
      where: () => ['prod', `account ${account}`, 'eu-central-1'],
      operations: this.eu.operations,
      ctx: {
        ...bench.context,
        cluster,
        kubectl: (args) => shellLine(['kubectl', '--context', name, ...args]),
      },
      ...this.#options[name],
    });
  }

  target(name: 'eu' | 'us', table: TableId, row: BaseRow) {
    return this[name].target(table, { ...row, cluster: contextKey(name) });
  }

  /** Begins an action on rows that both have. */
  async start(action: string, table: TableId, ...rows: readonly BaseRow[]): Promise<Joint> {
    const parts = (['eu', 'us'] as const).map((name) => {
      const targets = rows.map((row) => this.target(name, table, row));
      const flow = this.runner(name).startPart(action, targets);
      return { cluster: contextKey(name), name, tone: 'text' as const, flow };
    });
    const flow = new Joint('Action', parts, this.eu.operations);
    await settle();
    return flow;
  }

  get operations() {
    return this.eu.operations.all.map(({ cluster, state }) => `${cluster} ${state}`);
  }

  get audit() {
    return this.eu.audit.map(({ phase, cluster, result }) =>
      `${phase} ${cluster} ${result}`.trim(),
    );
  }
}

export const api = workloadRow('Deployment', {
  name: 'api',
  namespace: 'shop',
  desired: 3,
  current: 3,
});
export const web = workloadRow('Deployment', {
  name: 'web',
  namespace: 'shop',
  desired: 2,
  current: 2,
});
export const pods = (count: number) =>
  Array.from({ length: count }, (_, i) => podRow({ namespace: 'shop', name: `web-${i}` }));

export function at<S extends DialogState['stage']>(
  { state }: Joint,
  stage: S,
): Extract<DialogState, { readonly stage: S }> {
  if (state.stage !== stage) throw new Error(`at ${JSON.stringify(state)}, not ${stage}`);
  return state as Extract<DialogState, { readonly stage: S }>;
}

export const stages = ({ parts }: Joint) => parts.map(({ state }) => state.stage);
export const reasons = ({ parts }: Joint) =>
  parts.map(({ state }) => (state.stage === 'refused' ? state.reason : ''));

export async function confirm(flow: Joint): Promise<void> {
  flow.confirm();
  await settle();
}

export async function submit(flow: Joint): Promise<void> {
  flow.submit();
  await settle();
}

/** What was really asked to be changed, without dry runs. */
export const realPatches = ({ patches }: ActionBench) =>
  patches.filter(([, { dryRun }]) => dryRun !== true).map(([ref]) => `${ref.cluster} ${ref.name}`);
