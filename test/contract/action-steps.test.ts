/** Guard, form, preview and plan of every action over sample rows; every step of it in read-only. */
import { describe, expect, it } from 'vitest';
import { untyped, type Action, type ActionContext } from '../../src/actions/engine/define.ts';
import { formLines, type FormValues } from '../../src/actions/engine/form.ts';
import { ACTIONS } from '../../src/actions/index.ts';
import { AWS_ACTIONS } from '../../src/domain/aws-actions.ts';
import { AwsFault } from '../../src/domain/aws-fault.ts';
import { ANY_FOUND } from '../../src/resources/found.ts';
import type { BaseRow, PodRow } from '../../src/domain/rows.ts';
import type { TableId } from '../../src/domain/tables/index.ts';
import type { AwsDoor } from '../../src/ports/aws.ts';
import type { KubePort } from '../../src/ports/kube.ts';
import { ActionBench } from '../unit/actions/bench.ts';
import { MINIMAL, recordedRows } from './sample-rows.ts';
import { resources } from '../support/resources.ts';

const READ_ONLY = 'read-only: nothing is changed';
const READS = new Set(['get', 'list', 'can', 'info']);

/** The context of a connection that may read and change nothing, as the ports below the UI are. */
function readOnly(bench: ActionBench, refused: () => void): ActionContext {
  const { context } = bench;
  const refuse = (): Promise<never> => {
    refused();
    return Promise.reject(new Error(READ_ONLY));
  };
  const kube = new Proxy(context.kube, {
    get: (port, method: keyof KubePort): unknown =>
      READS.has(method) ? Reflect.get(port, method) : refuse,
  });
  const eks = { name: 'prod', arn: 'arn:aws:eks:eu-central-1:1:cluster/prod', profile: '' };
  const aws: AwsDoor = {
    scope: { profile: '', region: 'eu-central-1' },
    call: (action) =>
      AWS_ACTIONS[action] === 'read'
        ? Promise.reject(
            new AwsFault('denied', `you may not do ${action}`, '', { code: 'NoSuchEntity' }),
          )
        : refuse(),
  };
  return { ...context, kube, aws, eks: { ...eks, region: 'eu-central-1' } };
}

/** Rejections are sentences for people: a mistake of the program is none. */
async function settled<T>(work: () => T | Promise<T>): Promise<T | null> {
  try {
    return await work();
  } catch (error) {
    expect(error).toBeInstanceOf(Error);
    expect(error).not.toBeInstanceOf(TypeError);
    expect((error as Error).message).not.toMatch(/undefined|\[object/);
    return null;
  }
}

async function valuesOf(
  action: Action,
  targets: Parameters<Action['plan']>[0],
  ctx: ActionContext,
): Promise<FormValues> {
  const form = (await settled(() => action.form?.(targets, {}, ctx) ?? [])) ?? [];
  const initial = formLines(form, {}).flatMap((line) =>
    line.type === 'more' ? [] : [[line.id, line.initial] as const],
  );
  return Object.fromEntries(initial);
}

const cases = ACTIONS.map(untyped).flatMap((action) =>
  action.appliesTo.map((resource) => ({ action, resource, name: `${action.id} of ${resource}` })),
);

describe.each(cases)('$name', ({ action, resource }) => {
  // A container is a part of a pod.
  const isPart = resource === 'containers';
  const of = isPart ? 'pods' : resource;
  const table = (resources.byId(of)?.table ?? (of === 'found' ? ANY_FOUND.table : of)) as TableId;
  const rows: readonly BaseRow[] = [
    ...(MINIMAL[of] === undefined ? [] : [MINIMAL[of]]),
    ...recordedRows(table).slice(0, 6),
  ];

  it('has guard, form, preview and plan for every row, and changes nothing in read-only', async () => {
    expect(rows.length).toBeGreaterThan(0);
    for (const row of rows) {
      const bench = new ActionBench();
      let refusals = 0;
      const ctx = readOnly(bench, () => refusals++);
      const part = isPart ? { part: (row as PodRow).containers[0]?.name ?? '' } : {};
      const targets = [{ ...bench.target(table, row), resource, ...part }];
      expect(action.guard(targets, ctx)).toBeTypeOf('string');
      expect(action.state(row)).toBeTypeOf('string');
      const values = await valuesOf(action, targets, ctx);
      await settled(() => action.preview?.(targets, values, ctx) ?? []);
      const plan = await settled(() => action.plan(targets, values, ctx));
      for (const step of plan?.steps ?? []) {
        expect(step.title).not.toBe('');
        expect(step.title).not.toMatch(/undefined|null/);
        const before = refusals;
        const outcome = await step
          .run(AbortSignal.abort(), () => undefined)
          .then(
            () => 'done',
            () => 'refused',
          );
        // A step without anything to write may end well; one that was refused must say so.
        if (refusals > before) expect([step.title, outcome]).toEqual([step.title, 'refused']);
      }
      expect(bench.patches.filter(([, { dryRun }]) => dryRun !== true)).toEqual([]);
    }
  });
});
