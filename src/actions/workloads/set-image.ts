import { at, objects, text } from '../../core/json.ts';
import type { Cell } from '../../core/styled.ts';
import { sanitize, textWidth } from '../../core/text.ts';
import { imageProblem, shortImage } from '../../domain/image.ts';
import type { WorkloadRow } from '../../domain/rows.ts';
import type { KubeObject } from '../../ports/kube.ts';
import { patchAsPlanned } from '../targets/as-planned.ts';
import { defineAction, type ActionContext } from '../engine/define.ts';
import { dryRun, type KubePatch } from '../targets/dry-run.ts';
import { textField, type Field, type FormValues } from '../engine/form.ts';
import type { Step } from '../engine/plan.ts';
import { rolloutProgress } from './rollout-progress.ts';
import { rolloutWarnings } from '../targets/rollout-warnings.ts';
import { names, podsReplaced } from '../targets/victims.ts';
import {
  departed,
  firstReason,
  livePods,
  nameOf,
  patchAccess,
  refOfTarget,
  revertWarning,
  ROLLOUT_LIMIT,
  type WorkloadTarget,
} from '../targets/workload-target.ts';

/** A container of a pod template, and where it stands there. */
interface Container {
  readonly name: string;
  readonly image: string;
  readonly path: string;
  readonly isInit: boolean;
}

/** A workload and what it is made of. */
interface Loaded {
  readonly target: WorkloadTarget;
  readonly object: KubeObject;
  readonly containers: readonly Container[];
}

function containersOf(object: KubeObject): readonly Container[] {
  return ['containers', 'initContainers'].flatMap((list) =>
    objects(at(object, 'spec', 'template', 'spec', list)).map(({ name, image }, i) => ({
      name: text(name),
      image: text(image),
      path: `/spec/template/spec/${list}/${i}`,
      isInit: list === 'initContainers',
    })),
  );
}

async function load(
  targets: readonly WorkloadTarget[],
  ctx: ActionContext,
): Promise<readonly Loaded[]> {
  return Promise.all(
    targets.map(async (target) => {
      const { uid, generation } = target.row;
      const object = await ctx.once(`object ${uid} ${generation}`, () =>
        ctx.kube.get(refOfTarget(target)),
      );
      if (object.metadata.uid !== uid)
        throw new Error(`${nameOf(target)} was deleted, and another one made: open it anew`);
      return { target, object, containers: containersOf(object) };
    }),
  );
}

/** The containers that all have, by name, each with its images. */
function common(loaded: readonly Loaded[]): ReadonlyMap<string, readonly Container[]> {
  const [first, ...others] = loaded;
  const found = new Map<string, readonly Container[]>();
  for (const container of first?.containers ?? []) {
    const same = others.map(({ containers }) =>
      containers.find(({ name, isInit }) => name === container.name && isInit === container.isInit),
    );
    const all = [container, ...same.filter((each) => each !== undefined)];
    if (all.length === loaded.length) found.set(container.name, all);
  }
  return found;
}

const fieldId = (container: string): string => `image:${container}`;

function fieldOf(name: string, containers: readonly Container[], many: boolean): Field {
  const images = new Set(containers.map(({ image }) => image));
  const [image = ''] = images;
  const isInit = containers[0]?.isInit === true;
  const differ = images.size > 1;
  return textField({
    id: fieldId(name),
    label: isInit ? `${name} (init)` : name,
    initial: differ ? '' : image,
    hint: differ
      ? `${images.size} images now: ${[...images].map((each) => sanitize(shortImage(each))).join(', ')}; empty leaves them`
      : many
        ? 'the image in all of them'
        : '',
    check: (value) => (differ && value.trim() === '' ? '' : imageProblem(value.trim())),
  });
}

/** An image that becomes another. */
interface Change {
  readonly container: Container;
  readonly image: string;
}

/** What changes in a workload: its own values where they differ between workloads (undo). */
function changesOf({ target, containers }: Loaded, values: FormValues): readonly Change[] {
  return containers.flatMap((container) => {
    const own = values[`${target.row.uid}/${container.name}`];
    const image = (own ?? values[fieldId(container.name)] ?? '').trim();
    return image === '' || image === container.image ? [] : [{ container, image }];
  });
}

/** Sets images where the containers are still those of the plan. */
function patchOf(changes: readonly Change[]): KubePatch {
  return {
    type: 'json',
    body: changes.flatMap(({ container: { name, path }, image }) => [
      { op: 'test', path: `${path}/name`, value: name },
      { op: 'replace', path: `${path}/image`, value: image },
    ]),
  };
}

/** Whether pods that have ended up with these images are among those that are replaced. */
function ending({ target }: Loaded, changes: readonly Change[], ctx: ActionContext) {
  if (changes.length === 0 || target.row.paused) return [];
  return podsReplaced(target, () => false, ctx.query);
}

function changeCells({ target }: Loaded, changes: readonly Change[]): readonly Cell[] {
  const name: Cell = [
    [nameOf(target), 'strong'],
    [changes.length === 0 ? '  no change' : '', 'muted'],
  ];
  const lines = changes.flatMap(({ container, image }): readonly Cell[] => [
    [[`${container.name}  ${sanitize(container.image)}`, 'text']],
    [[`${' '.repeat(textWidth(container.name))}→ ${image}`, 'accent']],
  ]);
  return [name, ...lines];
}

function warningsOf({ target }: Loaded, changes: readonly Change[]): readonly string[] {
  if (changes.length === 0) return [];
  const paused = target.row.paused
    ? `${nameOf(target)} is paused: the new image waits until it is resumed`
    : '';
  const rolling = target.row.paused ? [] : rolloutWarnings(target);
  return [paused, ...rolling, revertWarning(target)].filter(Boolean);
}

function stepOf(loaded: Loaded, changes: readonly Change[], ctx: ActionContext): Step {
  const { target, object } = loaded;
  const name = nameOf(target);
  const { uid, namespace } = target.row;
  const before = new Set(livePods(target, ctx.query).map((pod) => pod.uid));
  const images = changes.map(({ container, image }) => `${container.name}=${image}`);
  return {
    title: `Set ${changes.length === 1 ? 'the image' : 'images'} of ${name}`,
    uid,
    command: ctx.kubectl(['set', 'image', name, ...images, '-n', namespace]),
    access: [{ kube: patchAccess(target) }],
    already: changes.length === 0 ? `${name} has these images already` : '',
    run: () =>
      patchAsPlanned(
        { ref: refOfTarget(target), planned: object, patch: patchOf(changes) },
        ctx.kube,
      ),
    follow: {
      tables: [target.table, 'pods'],
      limit: ROLLOUT_LIMIT,
      look: () => {
        const progress = rolloutProgress(
          target,
          {
            generation: Number(object.metadata['generation']),
            doing: 'new image for',
            done: `new image in ${name}`,
            failing: `new image for ${name}`,
            isNew: (pod) => !before.has(pod.uid),
          },
          ctx,
        );
        return target.row.paused && progress.state === 'working' && isSent(target, object, ctx)
          ? { state: 'done', text: `new image for ${name}, once it is resumed` }
          : progress;
      },
    },
  };
}

/** Whether the change has come back to us. */
function isSent({ table, row }: WorkloadTarget, object: KubeObject, ctx: ActionContext): boolean {
  const now = ctx.query.get(table, row.uid) as WorkloadRow | undefined;
  return now !== undefined && now.generation > Number(object.metadata['generation']);
}

const stateOf = (row: WorkloadRow): string => String(row.generation);

export const setImage = defineAction<WorkloadRow>({
  id: 'image',
  title: 'Set image',
  description: 'Gives containers another image, in one workload or in all that are marked.',
  key: 'i',
  appliesTo: ['deployments', 'statefulsets', 'daemonsets'],
  danger: 1,
  many: true,
  needs: ['pods'],
  state: stateOf,
  access: (target) => {
    const right = patchAccess(target);
    return [right, { ...right, verb: 'get' }];
  },
  iam: [],
  guard: (targets) => firstReason(targets, departed),
  form: async (targets, _values, ctx) => {
    const loaded = await load(targets, ctx);
    const fields = [...common(loaded)].map(([name, all]) => fieldOf(name, all, loaded.length > 1));
    if (fields.length === 0)
      throw new Error('the marked workloads have no container of the same name: mark others');
    return fields;
  },
  preview: async (targets, values, ctx) => {
    const loaded = await load(targets, ctx);
    const lines = loaded.map((each): Cell => {
      const changes = changesOf(each, values);
      const pods = ending(each, changes, ctx).length;
      const restarts = `${pods} ${pods === 1 ? 'pod is' : 'pods are'} replaced`;
      return [
        [nameOf(each.target), 'strong'],
        [changes.length === 0 ? '  no change' : `  ${restarts}`, 'text'],
        [each.target.row.paused ? ': it is paused' : '', 'warn'],
      ];
    });
    return lines;
  },
  plan: async (targets, values, ctx) => {
    const all = (await load(targets, ctx)).map(
      (loaded) => [loaded, changesOf(loaded, values)] as const,
    );
    const changed = all.filter(([, changes]) => changes.length > 0);
    const pods = all.flatMap(([loaded, changes]) => ending(loaded, changes, ctx));
    const [target] = targets;
    const whose =
      target !== undefined && targets.length === 1 ? nameOf(target) : `${targets.length} workloads`;
    return {
      title: `Set the image of ${whose}`,
      changes: all.flatMap(([loaded, changes]) => changeCells(loaded, changes)),
      victims: names(pods, 16),
      victimCount: pods.length,
      warnings: all.flatMap(([loaded, changes]) => warningsOf(loaded, changes)),
      refusals: await dryRun(
        changed.map(([loaded, changes]) => [refOfTarget(loaded.target), patchOf(changes)]),
        ctx,
      ),
      steps: all.map(([loaded, changes]) => stepOf(loaded, changes, ctx)),
      chain: false,
      inverse: {
        action: 'image',
        values: Object.fromEntries(
          changed.flatMap(
            ([
              {
                target: { row },
              },
              changes,
            ]) => changes.map(({ container }) => [`${row.uid}/${container.name}`, container.image]),
          ),
        ),
      },
    };
  },
});
