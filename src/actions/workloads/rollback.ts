import { humanDuration } from '../../core/duration.ts';
import { at, object, objects, text, without, type Json } from '../../core/json.ts';
import { diffCells, type DiffLine } from '../../core/line-diff.ts';
import { sanitize } from '../../core/text.ts';
import type { Cell } from '../../core/styled.ts';
import { shortImage } from '../../domain/image.ts';
import { REVISION } from '../../domain/revisions.ts';
import type { WorkloadRow } from '../../domain/rows.ts';
import type { KubeObject } from '../../ports/kube.ts';
import { patchAsPlanned, specOf } from '../targets/as-planned.ts';
import { defineAction, type ActionContext } from '../engine/define.ts';
import { dryRun } from '../targets/dry-run.ts';
import { choiceField, type FormValues, type Option } from '../engine/form.ts';
import type { Plan, Step } from '../engine/plan.ts';
import { historyAccess, historyOf, type History, type Revision } from './revisions.ts';
import { rolloutProgress } from './rollout-progress.ts';
import { rolloutWarnings } from '../targets/rollout-warnings.ts';
import { objectDiff } from '../../core/object-diff.ts';
import { names, podsReplaced } from '../targets/victims.ts';
import {
  departed,
  firstReason,
  held,
  livePods,
  nameOf,
  patchAccess,
  refOfTarget,
  revertWarning,
  ROLLOUT_LIMIT,
  type WorkloadTarget,
} from '../targets/workload-target.ts';

/** Image by container, those that run first included. */
function imagesOf(template: Json): ReadonlyMap<string, string> {
  const containers = ['containers', 'initContainers'].flatMap((list) =>
    objects(at(template, 'spec', list)),
  );
  return new Map(containers.map(({ name, image }) => [text(name), sanitize(text(image))]));
}

/** One revision as an option: its age, pods, images and why it was made. */
function optionOf(
  revision: Revision,
  { current }: History,
  target: WorkloadTarget,
  ctx: ActionContext,
): Option {
  const { name, number, created, cause, template, isCurrent, isOf } = revision;
  const pods = livePods(target, ctx.query).filter(isOf).length;
  const known = ctx.query.status('pods').synced;
  const images = [...new Set([...imagesOf(template).values()].map(shortImage))];
  return {
    id: name,
    title: `revision ${number}`,
    detail: [
      humanDuration(ctx.now() - created).padEnd(6),
      `${known ? pods : '?'} ${pods === 1 && known ? 'pod ' : 'pods'}`,
      images.join(' '),
      cause,
    ].join('  '),
    disabled: !isCurrent
      ? ''
      : revision === current
        ? 'this is what runs now'
        : 'the same as what runs now',
  };
}

/** What differs between now and a revision: the pod template, and annotations that come back with it. */
function diffOf({ template, annotations }: History, revision: Revision): readonly DiffLine[] {
  const ofTemplate = objectDiff(template, revision.template);
  if (revision.annotations === null) return ofTemplate;
  const wanted = object(revision.annotations);
  const ofAnnotations = objectDiff(annotations, wanted);
  if (ofAnnotations.length === 0) return ofTemplate;
  return [...ofTemplate, { mark: '@', text: 'annotations of the deployment' }, ...ofAnnotations];
}

/** The images that differ, each as `web  shop/web:2 → shop/web:1`. */
function imageChanges({ template }: History, revision: Revision): readonly Cell[] {
  const before = imagesOf(template);
  const after = imagesOf(revision.template);
  const names = [...new Set([...before.keys(), ...after.keys()])];
  return names.flatMap((name): Cell[] => {
    const [was, will] = [before.get(name), after.get(name)];
    if (was === will) return [];
    return [
      [
        [`${name}  `, 'muted'],
        [`${was === undefined ? 'none' : shortImage(was)} → `, 'text'],
        [will === undefined ? 'none' : shortImage(will), 'accent'],
      ],
    ];
  });
}

function chosenOf({ revisions }: History, values: FormValues): Revision | undefined {
  return revisions.find(({ name }) => name === values['revision']);
}

function warningsOf(target: WorkloadTarget, { object: workload }: History): readonly string[] {
  const { row } = target;
  const inOrder = at(workload, 'spec', 'podManagementPolicy') !== 'Parallel';
  const stuck =
    row.kind === 'StatefulSet' && inOrder && row.strategy !== 'OnDelete' && row.ready < row.desired
      ? `${nameOf(target)} goes on only when all its pods are ready: one that never will be has to be deleted by hand`
      : '';
  return [...rolloutWarnings(target), stuck, revertWarning(target)].filter(Boolean);
}

/**
 * Annotations are replaced as a whole, so that another one would be lost. The revision's number is
 * its controller's: that writes it anew.
 */
const relies = (workload: KubeObject): unknown => [
  specOf(workload),
  without(object(workload.metadata.annotations), REVISION),
];

function stepOf(
  target: WorkloadTarget,
  history: History,
  revision: Revision,
  ctx: ActionContext,
): Step {
  const name = nameOf(target);
  const { uid, namespace } = target.row;
  const { number, patch, isCurrent, isOf } = revision;
  const back = `${name} to revision ${number}`;
  return {
    title: `Roll back ${back}`,
    uid,
    command: ctx.kubectl([
      ...['rollout', 'undo', name, `--to-revision=${number}`],
      ...['-n', namespace],
    ]),
    access: [{ kube: patchAccess(target) }],
    already: isCurrent ? `the pod template of ${name} is that of revision ${number} already` : '',
    run: () =>
      patchAsPlanned(
        { ref: refOfTarget(target), planned: history.object, patch, relies },
        ctx.kube,
      ),
    follow: {
      tables: [target.table, 'pods'],
      limit: ROLLOUT_LIMIT,
      look: () =>
        rolloutProgress(
          target,
          {
            generation: Number(history.object.metadata['generation']),
            doing: 'rolling back',
            done: `rolled back ${back}`,
            failing: `rollback of ${back}`,
            isNew: isOf,
          },
          ctx,
        ),
    },
  };
}

const stateOf = (row: WorkloadRow): string => String(row.generation);

export const rollback = defineAction<WorkloadRow>({
  id: 'rollback',
  title: 'Roll back',
  description:
    'Goes back to an earlier revision of the pod template, as kubectl rollout undo does, with the difference shown first.',
  key: 'R',
  appliesTo: ['deployments', 'statefulsets', 'daemonsets'],
  danger: 1,
  many: false,
  needs: ['pods'],
  state: stateOf,
  access: (target) => [patchAccess(target), historyAccess(target)],
  iam: [],
  guard: (targets) => firstReason(targets, departed) || firstReason(targets, held),
  form: async ([target], _values, ctx) => {
    if (target === undefined) return [];
    const history = await historyOf(target, ctx);
    const { revisions } = history;
    if (!revisions.some(({ isCurrent }) => !isCurrent))
      throw new Error(
        `${nameOf(target)} has no earlier revision with another template to go back to: its revisionHistoryLimit says how many are kept`,
      );
    return [
      choiceField({
        id: 'revision',
        label: 'Go back to',
        options: revisions.map((each) => optionOf(each, history, target, ctx)),
      }),
    ];
  },
  preview: async ([target], values, ctx) => {
    if (target === undefined) return [];
    const history = await historyOf(target, ctx);
    const revision = chosenOf(history, values);
    if (revision === undefined) return [];
    const cause: Cell[] =
      revision.cause === '' ? [] : [[[`change cause: ${revision.cause}`, 'text']]];
    return [...cause, ...diffCells(diffOf(history, revision))];
  },
  plan: async ([target], values, ctx): Promise<Plan> => {
    if (target === undefined) throw new Error('nothing is selected');
    const history = await historyOf(target, ctx);
    const name = nameOf(target);
    const revision = chosenOf(history, values);
    if (revision === undefined)
      throw new Error(`the chosen revision of ${name} is not kept any more: choose another`);
    const { current } = history;
    const pods = revision.isCurrent ? [] : podsReplaced(target, revision.isOf, ctx.query);
    const step = stepOf(target, history, revision, ctx);
    return {
      title: step.title,
      changes: [
        [
          [name, 'strong'],
          [`  revision ${current?.number ?? '?'} → `, 'text'],
          [String(revision.number), 'accent'],
          [revision.cause === '' ? '' : `  ${revision.cause}`, 'muted'],
        ],
        ...imageChanges(history, revision),
      ],
      victims: names(pods, 16),
      victimCount: pods.length,
      warnings: warningsOf(target, history),
      diff: diffOf(history, revision),
      refusals: revision.isCurrent
        ? []
        : await dryRun([[refOfTarget(target), revision.patch]], ctx),
      steps: [step],
      // Followed in the dialog: what there is to see are the pods that come and go.
      chain: true,
      inverse:
        current === undefined ? null : { action: 'rollback', values: { revision: current.name } },
    };
  },
});
