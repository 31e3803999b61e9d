import { shellLine } from '../../core/shell.ts';
import type { PodRow } from '../../domain/rows.ts';
import { budgetsIn, forbidding } from './budgets.ts';
import { defineAction, type ActionContext } from '../engine/define.ts';
import { refusalsOf } from '../targets/dry-run.ts';
import { evictionReason } from './evicting.ts';
import {
  departed,
  firstReason,
  nameOf,
  present,
  refOfTarget,
  rightTo,
  titleOf,
  type ObjectTarget,
} from '../targets/object-target.ts';
import { silenced } from '../targets/owned.ts';
import type { Step } from '../engine/plan.ts';

type PodTarget = ObjectTarget<PodRow>;

/** How long (ms) a pod's end is followed. */
const LIMIT = 10 * 60_000;

/** Asks for the eviction; what a disruption budget says is told whole. */
async function evictPod(target: PodTarget, ctx: ActionContext, dryRun: boolean): Promise<void> {
  try {
    await ctx.kube.evict(refOfTarget(target), { uid: target.row.uid, dryRun });
  } catch (error) {
    throw Object.assign(error as Error, { message: evictionReason(error) });
  }
}

function stepOf(target: PodTarget, ctx: ActionContext): Step {
  const { namespace, name, uid } = target.row;
  const path = `/api/v1/namespaces/${namespace}/pods/${name}/eviction`;
  const body = {
    ...{ apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name, namespace } },
    deleteOptions: { preconditions: { uid } },
  };
  const line = ctx.kubectl(['create', '--raw', path, '-f', '-']);
  return {
    title: `Evict ${nameOf(target)}`,
    uid,
    command: line.startsWith('#') ? line : `${shellLine(['echo', JSON.stringify(body)])} | ${line}`,
    access: [{ kube: rightTo('create', target, 'eviction') }],
    already: '',
    run: () => evictPod(target, ctx, false),
    follow: {
      tables: ['pods'],
      limit: LIMIT,
      look: () =>
        present(target, ctx.query) === undefined
          ? { state: 'done', text: `evicted ${nameOf(target)}` }
          : { state: 'working', text: `${nameOf(target)} is ending` },
    },
  };
}

/** Ends pods as disruption budgets allow. */
export const evict = defineAction<PodRow>({
  id: 'evict',
  title: 'Evict',
  description: 'Ends pods, where their disruption budgets allow it.',
  key: 'E',
  appliesTo: ['pods'],
  danger: 2,
  many: true,
  needs: ['endpointslices'],
  state: ({ deleting }) => String(deleting),
  access: (target) => [rightTo('create', target, 'eviction')],
  iam: [],
  guard: (targets) => firstReason(targets, departed),
  plan: async (targets, _values, ctx) => {
    const rows = targets.map(({ row }) => row);
    const budgets = await budgetsIn(
      rows.map(({ namespace }) => namespace),
      ctx,
    );
    const covering = budgets.list.filter(({ covers }) => rows.some(covers));
    return {
      title: titleOf('Evict', targets),
      changes: targets.map((target) => [
        [nameOf(target), 'strong'],
        [target.row.node === '' ? '' : `  from ${target.row.node}`, 'muted'],
      ]),
      victims: rows.map(({ namespace, name }) => `${namespace}/${name}`),
      warnings: [
        ...rows
          .filter(({ ownerName }) => ownerName === '')
          .map(({ name }) => `nothing starts pod/${name} again`),
        ...silenced(rows, ctx.query).map(
          (name) => `service ${name} has no other endpoints: it stops answering`,
        ),
        ...covering.map(({ name, allowed }) => `${name} allows ${allowed} now`),
        ...(budgets.unknown === '' ? [] : [budgets.unknown]),
      ],
      refusals: await refusalsOf(
        targets.filter(({ row }) => forbidding(row, budgets).length === 0 || targets.length === 1),
        nameOf,
        (target) => evictPod(target, ctx, true),
      ),
      steps: targets.map((target) => stepOf(target, ctx)),
      chain: false,
      inverse: null,
    };
  },
});
