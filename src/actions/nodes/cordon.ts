import type { Cell } from '../../core/styled.ts';
import type { NodeRow } from '../../domain/rows.ts';
import { defineAction, type ActionContext, type ActionDef } from '../engine/define.ts';
import { dryRun, type KubePatch } from '../targets/dry-run.ts';
import type { FormValues } from '../engine/form.ts';
import {
  departed,
  firstReason,
  nameOf,
  patchAccess,
  present,
  refOfTarget,
  titleOf,
  type ObjectTarget,
} from '../targets/object-target.ts';
import type { Progress, Step } from '../engine/plan.ts';

export type NodeTarget = ObjectTarget<NodeRow>;

/** How long (ms) it may take until the change is seen. */
const LIMIT = 60_000;

/** The value, by a node's uid, that has taking back leave a node as it is. */
export const CORDONED_BEFORE = 'cordoned before';

/** What is said of the two ways. */
const WORDS = {
  cordon: { verb: 'Cordon', after: 'takes no new pods', so: 'is cordoned', done: 'cordoned' },
  uncordon: {
    verb: 'Uncordon',
    after: 'takes new pods again',
    so: 'is not cordoned',
    done: 'uncordoned',
  },
} as const;

type Way = keyof typeof WORDS;

/** Another node of the same name is not meant. What is left out is false, as kubectl leaves it. */
const patchOf = (way: Way, { row }: NodeTarget): KubePatch => ({
  type: 'merge',
  body: {
    metadata: { uid: row.uid },
    spec: { unschedulable: way === 'cordon' ? true : null },
  },
});

/** Why nothing is to do, or empty. */
function alreadyOf(way: Way, target: NodeTarget, values: FormValues): string {
  const { row } = target;
  if (way === 'uncordon' && values[row.uid] === CORDONED_BEFORE)
    return `${nameOf(target)} was cordoned before`;
  return row.cordoned === (way === 'cordon') ? `${nameOf(target)} ${WORDS[way].so}` : '';
}

function follow(way: Way, target: NodeTarget, { query }: ActionContext): Progress {
  const row = present(target, query);
  const name = nameOf(target);
  if (row === undefined) return { state: 'failed', text: `${name} was deleted meanwhile` };
  return row.cordoned === (way === 'cordon')
    ? { state: 'done', text: `${WORDS[way].done} ${name}` }
    : { state: 'working', text: `${name}: sent` };
}

/** One node's part of a plan. */
export function cordonStep(
  way: Way,
  target: NodeTarget,
  values: FormValues,
  ctx: ActionContext,
): Step {
  return {
    title: `${WORDS[way].verb} ${nameOf(target)}`,
    uid: target.row.uid,
    command: ctx.kubectl([way, target.row.name]),
    access: [{ kube: patchAccess(target) }],
    already: alreadyOf(way, target, values),
    run: async () => {
      await ctx.kube.patch(refOfTarget(target), patchOf(way, target));
    },
    follow: { tables: ['nodes'], limit: LIMIT, look: () => follow(way, target, ctx) },
  };
}

function change(way: Way, target: NodeTarget): Cell {
  const { pods } = target.row;
  const running = pods === null ? '' : `; its ${pods} ${pods === 1 ? 'pod stays' : 'pods stay'}`;
  return [
    [nameOf(target), 'strong'],
    [`  ${WORDS[way].after}`, 'text'],
    [running, 'muted'],
  ];
}

/** Where no node would be left that takes pods. */
export function lastOnes(targets: readonly NodeTarget[], { query }: ActionContext): string[] {
  const uids = new Set(targets.map(({ row }) => row.uid));
  for (const node of query.rows('nodes')) {
    const takesPods = node.gone === 0 && !node.cordoned && node.isReady;
    // A Fargate node is there for its one pod.
    if (takesPods && node.compute !== 'fargate' && !uids.has(node.uid)) return [];
  }
  return ['no other node is ready and takes pods: new ones stay Pending'];
}

const cordoning = (way: Way, def: Pick<ActionDef, 'description' | 'key'>): ActionDef<NodeRow> =>
  defineAction<NodeRow>({
    id: way,
    title: WORDS[way].verb,
    ...def,
    appliesTo: ['nodes'],
    danger: 1,
    many: true,
    needs: [],
    state: ({ cordoned }) => String(cordoned),
    access: (target) => [patchAccess(target)],
    iam: [],
    guard: (targets) => {
      const reason = firstReason(targets, departed);
      const [first] = targets;
      if (reason !== '' || first === undefined) return reason;
      const done = targets.every((target) => alreadyOf(way, target, {}) !== '');
      return done ? alreadyOf(way, first, {}) : '';
    },
    plan: async (targets, values, ctx) => {
      const todo = targets.filter((target) => alreadyOf(way, target, values) === '');
      return {
        title: titleOf(WORDS[way].verb, targets),
        changes: todo.map((target) => change(way, target)),
        victims: [],
        warnings: way === 'cordon' ? lastOnes(todo, ctx) : [],
        refusals: await dryRun(
          todo.map((target) => [refOfTarget(target), patchOf(way, target)] as const),
          ctx,
        ),
        steps: targets.map((target) => cordonStep(way, target, values, ctx)),
        chain: false,
        inverse: { action: way === 'cordon' ? 'uncordon' : 'cordon', values: {} },
      };
    },
  });

export const cordon = cordoning('cordon', {
  description: 'Lets no new pods onto nodes; those that run there stay.',
  key: 'K',
});

export const uncordon = cordoning('uncordon', {
  description: 'Lets new pods onto nodes again.',
  key: 'u',
});
