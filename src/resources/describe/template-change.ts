/** What a rollout changed in the pod template, as the revisions that the API server keeps tell. */
import { diffCells } from '../../core/line-diff.ts';
import { objectDiff } from '../../core/object-diff.ts';
import { placeIn } from '../../domain/ref.ts';
import {
  isControlledBy,
  keeperOf,
  keptAs,
  keptTemplate,
  type KeptTemplate,
} from '../../domain/revisions.ts';
import type { ChangeRow, WorkloadRow } from '../../domain/rows.ts';
import type { Query } from '../../ports/query.ts';
import { muted } from '../cells.ts';
import type { Reading, Readings, Section } from '../define.ts';

const TITLE = 'What differs in the pod template';

function workloadOf({ kind, namespace, name }: ChangeRow, query: Query): WorkloadRow | undefined {
  switch (kind) {
    case 'Deployment':
      return query.named('deployments', namespace, name);
    case 'StatefulSet':
      return query.named('statefulsets', namespace, name);
    case 'DaemonSet':
      return query.named('daemonsets', namespace, name);
    default:
      return undefined;
  }
}

const said = (text: string): readonly Section[] => [{ title: TITLE, lines: [muted(text)] }];

/** The revision in words: the numbers of a deployment are names, too. */
const nameOf = ({ kind }: ChangeRow, revision: string): string =>
  kind === 'Deployment' ? `revision ${revision}` : revision;

async function sections(row: ChangeRow, reading: Reading): Promise<readonly Section[]> {
  const { cluster, query, kube, signal } = reading;
  const { kind, namespace, name, before, after } = row;
  const workload = workloadOf(row, query);
  if (workload === undefined) return said(`${kind}/${name} is not there any more`);
  const keeper = keeperOf(kind);
  const { selector, uid } = workload;
  const all = await kube.list(
    placeIn(keeper, cluster, namespace),
    { labelSelector: selector },
    signal,
  );
  const kept = all
    .filter((each) => isControlledBy(each, uid))
    .flatMap((each): readonly KeptTemplate[] => {
      const template = keptTemplate(keeper, each);
      return template === null ? [] : [template];
    });
  const [was, is] = [keptAs(kept, before), keptAs(kept, after)];
  if (was === undefined || is === undefined) {
    const missing = nameOf(row, was === undefined ? before : after);
    return said(`${missing} is not kept any more: its revisionHistoryLimit says how many are`);
  }
  const lines = diffCells(objectDiff(was.template, is.template));
  const cause = is.cause === '' ? [] : [['Change cause', is.cause] as const];
  return [
    {
      // Others are numbered anew when they are gone back to.
      title: kind === 'Deployment' ? `${TITLE}, ${before} → ${after}` : TITLE,
      lines: [...cause, ...(lines.length === 0 ? [muted('nothing')] : lines)],
    },
  ];
}

/** What is read to describe a change: of a rollout what it changed. */
export const CHANGE_READS: Readings<ChangeRow> = {
  title: TITLE,
  sections: (row, reading) =>
    row.change === 'rollout' && row.before !== '' && row.after !== ''
      ? sections(row, reading)
      : null,
};
