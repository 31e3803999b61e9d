/** The clusters of a pane that shows several: how each is called, how it stands, which colour it has. */
import { humanDuration } from '../../core/duration.ts';
import { CLUSTER_TONES, type Segment, type Tone } from '../../core/styled.ts';
import type { ClusterKey } from '../../domain/cluster-key.ts';
import type { BaseRow } from '../../domain/rows.ts';
import type { SourceStatus } from '../../domain/status.ts';
import type { Column } from '../../resources/define.ts';
import { textColumn } from '../../resources/columns.ts';
import type { UiConnection } from '../session.ts';
import { isTroubled } from '../table/trouble.ts';

/** A cluster that is asked for together with others. */
export interface Member {
  readonly cluster: ClusterKey;
  /** A word that means it and no other. */
  readonly name: string;
  /** Null: it cannot be connected to at all, for this reason. */
  readonly connection: UiConnection | null;
  readonly refusal: string;
}

/** The cluster of a connection as one that is shown by itself. */
export const alone = (
  connection: UiConnection,
): { readonly member: Member; readonly tone: Tone } => ({
  member: { cluster: connection.cluster, name: connection.title, connection, refusal: '' },
  tone: 'text',
});

/** How one of the clusters stands. */
export interface PartStatus {
  readonly name: string;
  readonly status: SourceStatus;
}

/** Each cluster's tone: the same whatever it is shown with, unless two would have one. */
export function clusterTones(clusters: readonly ClusterKey[]): ReadonlyMap<ClusterKey, Tone> {
  const taken = new Map<ClusterKey, Tone>();
  for (const cluster of clusters.toSorted()) {
    const first = hash(cluster) % CLUSTER_TONES.length;
    const free = CLUSTER_TONES.map((_, i) => at(first + i)).find((tone) =>
      [...taken.values()].every((other) => other !== tone),
    );
    taken.set(cluster, free ?? at(first));
  }
  return taken;
}

const at = (index: number): Tone => CLUSTER_TONES[index % CLUSTER_TONES.length] ?? 'cluster1';

function hash(text: string): number {
  let value = 0;
  for (let i = 0; i < text.length; i++) value = (value * 31 + text.charCodeAt(i)) >>> 0;
  return value;
}

/** What the column of clusters is made from. */
export interface ClusterColumnInput {
  readonly nameOf: (cluster: ClusterKey) => string;
  readonly toneOf: (cluster: ClusterKey) => Tone;
  readonly statusOf: (cluster: ClusterKey) => SourceStatus | null;
}

/** Which cluster a row is of; where that is not followed any more, how old its rows are. */
export function clusterColumn({ nameOf, toneOf, statusOf }: ClusterColumnInput): Column<BaseRow> {
  return textColumn(
    {
      id: 'cluster',
      title: 'CLUSTER',
      description: 'The cluster that it is in, and the age of what is known of it if that is old.',
      tier: 0,
      min: 7,
      max: 20,
      tells: 'identity',
      copies: 'cluster',
      ticking: true,
      cell: ({ cluster }, { now }) => {
        const name: Segment = [nameOf(cluster), toneOf(cluster)];
        const status = statusOf(cluster);
        if (status === null || !isTroubled(status) || status.asOf === 0) return [name];
        return [name, [` ◌${humanDuration(now - status.asOf)}`, 'warn']];
      },
    },
    ({ cluster }) => nameOf(cluster),
  );
}
