import { failureText } from '../../../../domain/eks-update.ts';
import type { UpdateRow } from '../../../../domain/rows.ts';
import { updates as table, type UpdatedKind } from '../../../../domain/tables/updates.ts';
import type { AwsCalls } from '../../../../ports/aws-calls.ts';
import type { UpdateDescription } from '../../../../ports/aws-shapes.ts';
import { type Round, tolerate } from '../../polling/round.ts';
import type { Reads, TablePart } from '../../polling/table.ts';

/** What has updates of its own. */
interface Subject {
  readonly kind: UpdatedKind;
  readonly name: string;
  readonly scope: AwsCalls['eks:ListUpdates']['input'];
}

/** The most updates of one subject that are asked for: EKS lists ids alone, and keeps many. */
const MOST = 40;

/** The row of an update. */
export const updateRow = (
  { kind, name }: Pick<Subject, 'kind' | 'name'>,
  update: UpdateDescription,
): UpdateRow => ({
  ...table.blank,
  uid: `${kind}/${name}/${update.id}`,
  name,
  created: update.createdAt ?? 0,
  kind,
  type: update.type || 'Update',
  status: update.status,
  what: update.params.map(({ type, value }) => `${type} ${value}`).join(', '),
  why: failureText(update.errors),
});

/** The updates that EKS remembers of a cluster, its node groups and its add-ons; one that ended is asked for once. */
export function eksUpdates(
  clusterName: string,
  aws: Reads<'eks:ListNodegroups' | 'eks:ListAddons' | 'eks:ListUpdates' | 'eks:DescribeUpdate'>,
  ended: ReadonlySet<string>,
): TablePart<UpdateRow> {
  const rows = new Map<string, UpdateRow>();

  async function subjects({ signal }: Round): Promise<readonly Subject[]> {
    const [groups, addons] = await Promise.all([
      aws.call('eks:ListNodegroups', { clusterName }, signal),
      aws.call('eks:ListAddons', { clusterName }, signal),
    ]);
    const scope = { name: clusterName };
    return [
      { kind: 'Cluster', name: clusterName, scope },
      ...groups.nodegroups.map((name): Subject => ({
        kind: 'NodeGroup',
        name,
        scope: { ...scope, nodegroupName: name },
      })),
      ...addons.addons.map((name): Subject => ({
        kind: 'Addon',
        name,
        scope: { ...scope, addonName: name },
      })),
    ];
  }

  /** Reads what is new or not ended yet of one subject; tells the uids of all that it has. */
  async function readOne(subject: Subject, round: Round): Promise<readonly string[]> {
    const { scope, kind, name } = subject;
    const { updateIds } = await aws.call('eks:ListUpdates', scope, round.signal);
    return Promise.all(
      updateIds.slice(0, MOST).map(async (updateId) => {
        const uid = `${kind}/${name}/${updateId}`;
        const known = rows.get(uid);
        if (known !== undefined && ended.has(known.status)) return uid;
        const asked = { ...scope, updateId };
        const { update } = await aws.call('eks:DescribeUpdate', asked, round.signal);
        rows.set(uid, updateRow(subject, { ...update, id: updateId }));
        round.changed();
        return uid;
      }),
    );
  }

  return {
    label: 'updates',
    rows: () => [...rows.values()],
    async read(round) {
      const kept = await Promise.all(
        (await subjects(round)).map(async (subject) => {
          try {
            return await readOne(subject, round);
          } catch (error) {
            tolerate(error, round);
            // What is known of it stays, unless it is gone.
            return [...rows.keys()].filter((uid) =>
              uid.startsWith(`${subject.kind}/${subject.name}/`),
            );
          }
        }),
      );
      const uids = new Set(kept.flat());
      for (const uid of rows.keys()) if (!uids.has(uid)) rows.delete(uid);
    },
  };
}
