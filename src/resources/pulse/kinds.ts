/** The kinds that the pulse counts, and what it counts of them. */
import { grouped } from '../../core/grouped.ts';
import type { Health } from '../../domain/health.ts';
import { loadOf, type Load } from '../../domain/pulse/load.ts';
import {
  cronJobWord,
  hpaWord,
  jobWord,
  nodeWord,
  podWord,
  workloadWord,
} from '../../domain/pulse/words.ts';
import { webhookWord } from '../../domain/webhooks.ts';
import { groupOfNode } from '../../domain/compute.ts';
import type { BaseRow } from '../../domain/rows.ts';
import type { TableId, Tables } from '../../domain/tables/index.ts';
import { apiservices } from '../apiservices.ts';
import { cronjobs } from '../cronjobs.ts';
import { daemonsets } from '../daemonsets.ts';
import type { AnyResource, ResourceDef } from '../define.ts';
import { deployments } from '../deployments.ts';
import { hpas } from '../hpas.ts';
import { jobs } from '../jobs.ts';
import { mutatingwebhookconfigurations } from '../mutatingwebhookconfigurations.ts';
import { namespaces } from '../namespaces.ts';
import { nodes } from '../nodes.ts';
import { persistentvolumeclaims } from '../persistentvolumeclaims.ts';
import { pods } from '../pods.ts';
import { services } from '../services.ts';
import { statefulsets } from '../statefulsets.ts';
import { validatingwebhookconfigurations } from '../validatingwebhookconfigurations.ts';

/** Where a row is: empty where it is nowhere so far, null where that is not known. */
export interface Spot {
  readonly zone: string | null;
  readonly group: string | null;
}

/** A kind whose rows are counted by what is wrong with them. */
export interface PulseKind<Row = BaseRow> {
  readonly resource: AnyResource;
  /** What its rows are called where there is little room. */
  readonly label: string;
  /** Tables beside its own without which nobody knows whether a row is well. */
  readonly needs: readonly TableId[];
  /** Tables that tell more of it: where they cannot be read it is known without. */
  readonly alsoFrom: readonly TableId[];
  /** It is told of only where something is wrong: most may not read it, and most never look at it. */
  readonly isAside?: boolean;
  readonly health: (row: Row, ctx: { readonly now: number; readonly time: 'age' }) => Health;
  /** What is wrong with a row in a few words that others have too. */
  readonly word: (row: Row, health: Health) => string;
  /** Absent: its rows are nowhere in particular. */
  readonly spot?: (row: Row) => Spot;
  /** What its rows bear, where others are in their place: rows that are well are counted too. */
  readonly load?: (rows: Iterable<Row>) => Load;
}

type Given<T extends TableId> = Pick<PulseKind<Tables[T]>, 'word' | 'spot' | 'load' | 'isAside'> &
  Partial<Pick<PulseKind, 'label' | 'needs' | 'alsoFrom'>>;

/** The cast forgets the type of rows that only ever come back from the resource's own table. */
function counted<T extends TableId>(resource: ResourceDef<T>, given: Given<T>): PulseKind {
  const { health, id } = resource;
  return { label: id, needs: [], alsoFrom: [], ...given, health, resource } as unknown as PulseKind;
}

/** The words of a cause before what is particular about it. */
const cause = (_: unknown, { cause: text }: Health): string =>
  text.replace(/(?::| for | from | \d).*$/s, '');

const WEBHOOKS = {
  word: webhookWord,
  alsoFrom: ['services', 'endpointslices'],
  isAside: true,
} as const;

/** What of the cluster itself is in the way of all else. */
const ASIDE = { word: cause, isAside: true } as const;

/** In the order in which they are told where nothing is worse than another. */
export const PULSE_KINDS: readonly PulseKind[] = [
  counted(nodes, {
    word: nodeWord,
    spot: (row) => ({ zone: row.zone, group: groupOfNode(row) }),
    load: loadOf,
  }),
  counted(pods, { word: podWord, spot: ({ zone, group }) => ({ zone, group }) }),
  counted(deployments, { word: workloadWord }),
  counted(statefulsets, { word: workloadWord }),
  counted(daemonsets, { word: workloadWord }),
  counted(services, { word: cause, needs: ['endpointslices'] }),
  counted(hpas, { word: hpaWord }),
  counted(jobs, { word: jobWord }),
  counted(cronjobs, { word: cronJobWord, alsoFrom: ['jobs'] }),
  counted(persistentvolumeclaims, {
    label: 'claims',
    word: cause,
    alsoFrom: ['persistentvolumes', 'storageclasses', 'volumes', 'filesystems', 'claimusage'],
  }),
  counted(validatingwebhookconfigurations, { ...WEBHOOKS, label: 'validating webhooks' }),
  counted(mutatingwebhookconfigurations, { ...WEBHOOKS, label: 'mutating webhooks' }),
  counted(apiservices, { ...ASIDE, label: 'APIs' }),
  counted(namespaces, ASIDE),
];

/** `1 node`, `3 nodes`: labels are plurals with an s. @param more said behind the number */
export const countOf = ({ label }: PulseKind, count: number, more = ''): string =>
  `${grouped(count)}${more} ${count === 1 ? label.replace(/s$/, '') : label}`;
