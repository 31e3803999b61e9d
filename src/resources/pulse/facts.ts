/** What the pulse of a cluster is written from. */
import type { Health } from '../../domain/health.ts';
import type { Cause } from '../../domain/pulse/cause.ts';
import type { Load } from '../../domain/pulse/load.ts';
import type { BaseRow, ChangeRow, WorkloadRow } from '../../domain/rows.ts';
import type { SourceStatus } from '../../domain/status.ts';
import type { PulseKind, Spot } from './kinds.ts';

/** Rows of a kind that have the same wrong with them. */
export interface Trouble {
  /** The worst of theirs. */
  readonly level: 'warn' | 'bad';
  readonly word: string;
  readonly count: number;
  readonly example: BaseRow;
  /** How many of them are where; empty where the kind is nowhere in particular. */
  readonly spots: readonly (Spot & { readonly count: number })[];
}

/** How a kind stands. */
export interface KindFacts {
  readonly kind: PulseKind;
  /** Of all that must be read to know it: the worst of them. */
  readonly status: SourceStatus;
  /** Rows there are, or there are so far. */
  readonly total: number;
  /** The worst first, then the most. */
  readonly troubles: readonly Trouble[];
}

/** How a zone or a group of nodes stands, or all nodes together. */
export interface PlaceFacts {
  readonly is: 'all' | 'zone' | 'group';
  /**
   * Empty: that of nodes without a zone or group, and of what is on no node; null: of what is on nodes
   * that are not known.
   */
  readonly name: string | null;
  readonly load: Load;
  /** Of its nodes, how many have a problem. */
  readonly troubled: number;
  /** Rows with a problem that are there, and whether one of them is broken now. */
  readonly problems: number;
  readonly broken: boolean;
}

/** Warnings of one cause, by which they are found. */
export interface CauseFacts extends Cause {
  readonly key: string;
}

/** A workload that the cluster runs for itself. */
export interface SystemFacts {
  readonly row: WorkloadRow;
  readonly health: Health;
  /** Id of the resource that lists it. */
  readonly resource: string;
}

/** All of it, as of one moment. */
export interface PulseFacts {
  /** Present time (ms) by the clock of the cluster. */
  readonly now: number;
  /** The same later: what is narrowed to what is wrong goes by the time at which it is looked at. */
  readonly clock: () => number;
  /** The namespace in force; empty for all. */
  readonly namespace: string;
  readonly kinds: readonly KindFacts[];
  readonly places: readonly PlaceFacts[];
  /** Whether it is known which nodes there are, and what is wrong there. */
  readonly placesKnown: { readonly nodes: boolean; readonly problems: boolean };
  readonly causes: readonly CauseFacts[];
  /** Of the source of the causes. */
  readonly causesStatus: SourceStatus;
  /** The newest changes, newest first, and how many are known. */
  readonly changes: readonly ChangeRow[];
  readonly changesCount: number;
  readonly changesStatus: SourceStatus;
  readonly system: readonly SystemFacts[];
  readonly systemStatus: SourceStatus;
  /** Last round trip to the API server (ms), null before the first. */
  readonly roundTrip: number | null;
}
