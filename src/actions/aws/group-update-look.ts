/** How far the update of a node group's version is: EKS's word, and node by node the cluster's. */
import { humanDuration } from '../../core/duration.ts';
import type { Cell, Tone } from '../../core/styled.ts';
import { reasonOf } from '../../core/words.ts';
import { groupUpdate, type GroupUpdate, type NodeStep } from '../../domain/group-update.ts';
import type { NodeGroupRow } from '../../domain/rows.ts';
import type { UpdateDescription } from '../../ports/aws-shapes.ts';
import type { ActionContext } from '../engine/define.ts';
import type { Progress } from '../engine/plan.ts';
import { awsOf } from '../targets/aws.ts';
import { hasFailed } from '../../domain/eks-update.ts';
import { failureOf } from './eks-updates.ts';
import { lastFailure, nodesOf } from './group-size.ts';

/** More nodes than these are counted, not named. */
const NAMED = 12;

/** What helps where an update failed so. */
const HELP: Readonly<Record<string, string>> = {
  PodEvictionFailure:
    'let the budget allow one pod, or update again with force, which ends them all the same',
  NodeCreationFailure:
    'new nodes did not join: the scaling activities of its Auto Scaling group, and its launch template, tell why',
};

/** What EKS, the nodes and the budgets say of an update. */
export async function lookAtUpdate(
  row: NodeGroupRow,
  updateId: string,
  ctx: ActionContext,
): Promise<Progress> {
  const { door, eks } = awsOf(ctx);
  const asked = { name: eks.name, nodegroupName: row.name, updateId };
  const { update } = await door.call('eks:DescribeUpdate', asked);
  const since = update.createdAt ?? 0;
  const state = groupUpdate(
    nodesOf(row, ctx.query),
    ctx.query.rows('pods'),
    ctx.query.rows('pdbs'),
    since,
  );
  const failure = await scalingFailure(row, state, since, ctx);
  const lines: Cell[] = [
    mark(update.status === 'Successful', `update ${update.status}, begun ${ago(since, ctx)} ago`),
    mark(
      state.old === 0,
      `${count(state.ready, 'new node')} Ready, ${count(state.old, 'old one')} left`,
    ),
    ...(failure === '' ? [] : [[[`✗ ${failure}`, 'bad']] as Cell]),
    ...nodeLines(state.steps),
  ];
  if (hasFailed(update)) return { state: 'failed', text: failedText(row, update), lines };
  const joined = state.steps.every(({ state: each }) => each === 'ready');
  if (update.status === 'Successful' && joined)
    return {
      state: 'done',
      text: `${row.name} is updated: ${count(state.ready, 'node')}, all new and Ready`,
      lines,
    };
  const waits = failure || state.waitsFor;
  return {
    state: 'working',
    text: `${row.name}: ${count(state.ready, 'new node')} Ready, ${state.old} old left${waits === '' ? '' : `; waits for ${waits}`}`,
    lines,
  };
}

/** Why no new node can be started, where none is on its way. */
async function scalingFailure(
  row: NodeGroupRow,
  { steps }: GroupUpdate,
  since: number,
  ctx: ActionContext,
): Promise<string> {
  const isMoving = steps.some(({ state }) => state !== 'to come' && state !== 'ready');
  if (row.asg === '' || isMoving) return '';
  try {
    return await lastFailure(row.asg, since, awsOf(ctx).door);
  } catch (error) {
    return `why no node is started is not known: ${reasonOf(error)}`;
  }
}

function failedText(row: NodeGroupRow, update: UpdateDescription): string {
  const help = update.errors.flatMap(({ errorCode }) => HELP[errorCode] ?? []);
  const why = failureOf(update);
  return `${row.name}: update ${update.status}${why === '' ? '' : `: ${why}`}${help.length === 0 ? '' : `; ${help.join('; ')}`}`;
}

const MARKS: Readonly<
  Record<NodeStep['state'], readonly [glyph: string, tone: Tone, word: string]>
> = {
  'to come': ['·', 'muted', 'to come'],
  draining: ['…', 'info', 'draining'],
  held: ['!', 'warn', 'held'],
  empty: ['…', 'info', 'empty, about to end'],
  joining: ['…', 'info', 'new, not Ready'],
  ready: ['✓', 'good', 'new, Ready'],
};

function nodeLines(steps: readonly NodeStep[]): readonly Cell[] {
  const shown = steps.slice(0, NAMED);
  const lines = shown.flatMap(({ node, state, left, kept }): readonly Cell[] => {
    const [glyph, tone, word] = MARKS[state];
    const pods = left === 0 ? '' : `, ${count(left, 'pod')} left`;
    return [
      [
        [`  ${glyph} `, tone],
        [node.name, 'text'],
        [`  ${word}${pods}`, tone],
      ],
      ...kept.map(({ pod, why }): Cell => [
        [`      ${pod}`, 'warn'],
        [` is kept by ${why}`, 'muted'],
      ]),
    ];
  });
  const rest = steps.length - shown.length;
  return rest === 0 ? lines : [...lines, [[`    and ${count(rest, 'node')} more`, 'muted']]];
}

const mark = (isDone: boolean, text: string): Cell => [
  [isDone ? '✓ ' : '… ', isDone ? 'good' : 'info'],
  [text, 'text'],
];

const ago = (since: number, { now }: ActionContext): string =>
  humanDuration(Math.max(0, now() - since));

const count = (n: number, what: string): string => `${n} ${what}${n === 1 ? '' : 's'}`;
