import type { Clock } from '../../../../core/clock.ts';
import { AwsFault, isPassing } from '../../../../domain/aws-fault.ts';
import { failureText } from '../../../../domain/eks-update.ts';
import type { UpdateRow } from '../../../../domain/rows.ts';
import { updates as table, type UpdatedKind } from '../../../../domain/tables/updates.ts';
import type { AwsCalls } from '../../../../ports/aws-calls.ts';
import type { UpdateDescription } from '../../../../ports/aws-shapes.ts';
import type { Modifications } from '../../modifications.ts';
import { type Round, tolerate } from '../../polling/round.ts';
import type { Reads, TablePart } from '../../polling/table.ts';

/** What has updates of its own. */
interface Subject {
  readonly kind: UpdatedKind;
  readonly name: string;
  readonly scope: AwsCalls['eks:ListUpdates']['input'];
}

/** So many updates of one subject are asked for in a round: EKS lists ids alone, and keeps many. */
const MOST = 40;
/**
 * How long a subject is taken for what it was (ms). The cluster is looked at each round, and so is
 * what is being updated, and a node group whose machines come or go: EKS throttles an account.
 */
const QUIET_MS = 5 * 60_000;

/** The row of an update. */
const updateRow = (
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

/** By what it is known that something may have happened. */
interface Watched {
  readonly ended: ReadonlySet<string>;
  readonly clock: Clock;
  /** Gives the node groups whose machines came or went since it was called before. */
  readonly takeStirred: () => ReadonlySet<string>;
  readonly modified: Modifications;
}

/** What is known of a subject's updates. */
interface Looked {
  readonly uids: readonly string[];
  /** Up to when changes of it are known (ms, by the clock of EKS). */
  readonly seen: number;
  /** When it is looked at again (ms). */
  readonly until: number;
  /** What of it could not be read. */
  readonly gaps: readonly AwsFault[];
}

/**
 * The updates that EKS remembers of a cluster, its node groups and its add-ons; one that ended is
 * asked for once.
 */
export function eksUpdates(
  clusterName: string,
  aws: Reads<'eks:ListNodegroups' | 'eks:ListAddons' | 'eks:ListUpdates' | 'eks:DescribeUpdate'>,
  { ended, clock, takeStirred, modified }: Watched,
): TablePart<UpdateRow> {
  const rows = new Map<string, UpdateRow>();
  const looked = new Map<string, Looked>();
  let named: { readonly all: readonly Subject[]; readonly until: number } | null = null;

  async function subjects(round: Round): Promise<readonly Subject[]> {
    if (named !== null && !round.wanted && clock.now() < named.until) return named.all;
    const all = await askSubjects(round);
    named = { all, until: clock.now() + QUIET_MS };
    return all;
  }

  async function askSubjects({ signal }: Round): Promise<readonly Subject[]> {
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

  const isOver = (uid: string): boolean => ended.has(rows.get(uid)?.status ?? 'unknown');

  /** Reads what is new or not ended yet of one subject; tells the uids of all that it has. */
  async function readOne(subject: Subject, round: Round): Promise<readonly string[]> {
    const { scope, kind, name } = subject;
    const { updateIds } = await aws.call('eks:ListUpdates', scope, round.signal);
    const uidOf = (id: string): string => `${kind}/${name}/${id}`;
    const due = updateIds.filter((id) => !isOver(uidOf(id)));
    await Promise.all(
      fromBothEnds(due, MOST).map(async (updateId) => {
        const asked = { ...scope, updateId };
        const { update } = await aws.call('eks:DescribeUpdate', asked, round.signal);
        rows.set(uidOf(updateId), updateRow(subject, { ...update, id: updateId }));
        round.changed();
      }),
    );
    if (due.length > MOST) round.gaps.push(more(subject, due.length - MOST));
    return updateIds.map(uidOf);
  }

  /** Looks at a subject where it is due; tells the uids of all that it has. */
  async function look(
    subject: Subject,
    round: Round,
    isStirred: boolean,
  ): Promise<readonly string[]> {
    const { kind, name } = subject;
    const key = `${kind}/${name}`;
    const before = looked.get(key);
    const changed = modified.of(kind, name);
    const isChanged = before !== undefined && changed > before.seen;
    const isDue = round.wanted || kind === 'Cluster' || isStirred || isChanged;
    // Of what nobody has told of so far, what came before this look is in it.
    const seen = changed || clock.now();
    if (before === undefined || isDue || clock.now() >= before.until) {
      const gaps: AwsFault[] = [];
      try {
        const uids = await readOne(subject, { ...round, gaps });
        const until = uids.every(isOver) ? clock.now() + QUIET_MS : 0;
        looked.set(key, { uids, seen, until, gaps });
      } catch (error) {
        const fault = tolerate(error, { ...round, gaps });
        // What is known of it stays, unless it is gone.
        const uids = fault.kind === 'absent' ? [] : (before?.uids ?? []);
        const until = isPassing(fault) ? 0 : clock.now() + QUIET_MS;
        looked.set(key, { uids, seen, until, gaps });
      }
    }
    const now = looked.get(key);
    round.gaps.push(...(now?.gaps ?? []));
    return now?.uids ?? [];
  }

  return {
    label: 'updates',
    rows: () => [...rows.values()],
    async read(round) {
      const all = await subjects(round);
      const stirred = takeStirred();
      const kept = await Promise.all(
        all.map((one) => look(one, round, one.kind === 'NodeGroup' && stirred.has(one.name))),
      );
      const uids = new Set(kept.flat());
      for (const uid of rows.keys()) if (!uids.has(uid)) rows.delete(uid);
      const keys = new Set(all.map(({ kind, name }) => `${kind}/${name}`));
      for (const key of looked.keys()) if (!keys.has(key)) looked.delete(key);
    },
  };
}

/** So many of them, from both ends: in which order EKS lists updates it does not say. */
function fromBothEnds<Item>(items: readonly Item[], most: number): readonly Item[] {
  if (items.length <= most) return items;
  const half = Math.ceil(most / 2);
  return [...items.slice(0, half), ...items.slice(half - most)];
}

const more = ({ kind, name }: Subject, count: number): AwsFault =>
  new AwsFault('refused', `${count} more updates of ${kind} ${name} are yet to be read`);
