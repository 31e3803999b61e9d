/**
 * What keeps one node from taking a pod, in the order in which the scheduler's plugins look: the
 * first that refuses is the one it counts. What depends on the other pods there (ports, affinity
 * between pods, spread) is not looked at here.
 */
import { formatCpu, formatMemory } from '../../../core/quantity.ts';
import { isTolerated } from '../../room.ts';
import type { NodeRow, PodRow } from '../../rows.ts';
import { unmet, type NodeNeeds } from './needs.ts';
import type { ObstacleKind } from './scheduler-says.ts';

/** A resource of which a node has too little left. */
export interface Shortage {
  readonly resource: string;
  /** What is asked for, what the node offers in all, and what of it is free. */
  readonly asked: number;
  readonly offered: number;
  readonly free: number;
}

/** What keeps a node away; `open`: nothing of what is looked at. */
export interface Verdict {
  readonly node: NodeRow;
  readonly kind: ObstacleKind | 'open';
  /** What of it: the taint, the requirement, the zone; empty for shortages, which tell it. */
  readonly detail: string;
  readonly shortages: readonly Shortage[];
  /** What of its selector and affinity the node has not, whatever keeps it away first; empty: it has all. */
  readonly unmet: string;
}

/** What of the pod is looked at. */
export interface Applicant {
  readonly row: PodRow;
  readonly needs: NodeNeeds;
  /** Zones that its bound volumes can be used in, a list for each that is in any. */
  readonly volumeZones: readonly {
    readonly claim: string;
    readonly zones: readonly string[];
  }[];
}

/** What keeps a node away. */
export function verdictOf(applicant: Applicant, node: NodeRow): Verdict {
  const { needs, volumeZones } = applicant;
  const unmetNeed = unmet(needs, node);
  const is = (kind: Verdict['kind'], detail: string): Verdict => {
    return { node, kind, detail, shortages: [], unmet: unmetNeed };
  };
  if (needs.names?.includes(node.name) === false) return is('selector', unmetNeed);
  const unschedulable = 'node.kubernetes.io/unschedulable:NoSchedule';
  if (node.cordoned && !isTolerated(unschedulable, needs.tolerations)) return is('cordoned', '');
  const taint = node.taints.find(
    (each) => each !== unschedulable && !isTolerated(each, needs.tolerations),
  );
  if (taint !== undefined) return is('taint', taint);
  if (unmetNeed !== '') return is('selector', unmetNeed);
  const shortages = shortagesOn(applicant, node);
  // What the node has left is not known, and so nothing that is looked at later.
  if (shortages === null) return is('open', '');
  if (shortages.length > 0) return { ...is('resource', ''), shortages };
  const elsewhere = volumeZones.find(({ zones }) => !zones.includes(node.zone));
  if (elsewhere !== undefined) {
    return is('volume', `pvc ${elsewhere.claim}: ${elsewhere.zones.join(', ')}`);
  }
  return is('open', '');
}

/** Sums of requests are not exact: what is missing by less is there. */
const TOLERANCE = 1e-6;

function shortagesOn({ row, needs }: Applicant, node: NodeRow): readonly Shortage[] | null {
  const { cpuRequested, memoryRequested, pods } = node;
  if (cpuRequested === null || memoryRequested === null || pods === null) return null;
  const { cpuRequest, memoryRequest } = row;
  const all: readonly Shortage[] = [
    shortage('cpu', cpuRequest, node.cpuAllocatable, cpuRequested),
    shortage('memory', memoryRequest, node.memoryAllocatable, memoryRequested),
    shortage('pods', 1, node.podsAllocatable, pods),
  ];
  // What others use of the rest is not known: a node that does not offer enough is told.
  const rest = [...needs.extended].map(([resource, asked]) =>
    shortage(resource, asked, node.offers[resource] ?? 0, 0),
  );
  return [...all, ...rest].filter(
    ({ asked, free }) => asked > 0 && asked - free > TOLERANCE * asked,
  );
}

const shortage = (resource: string, asked: number, offered: number, used: number): Shortage => ({
  resource,
  asked,
  offered,
  free: Math.max(0, offered - used),
});

/** An amount of a resource in the unit that people use: `300m`, `1.5Gi`, `2`. */
export function figure(resource: string, amount: number): string {
  if (resource === 'cpu') return formatCpu(amount);
  return /^memory$|^ephemeral-storage$|^hugepages-/.test(resource)
    ? formatMemory(amount)
    : String(amount);
}

/** The same with the name of the resource: `300m CPU`. */
export const amountText = (resource: string, amount: number): string =>
  `${figure(resource, amount)} ${resource === 'cpu' ? 'CPU' : resource}`;

/** `920m CPU missing (80m CPU free)`; `full: 29 pods`. */
export function shortageText({ resource, asked, offered, free }: Shortage): string {
  if (resource === 'pods') return `full: ${offered} pods`;
  const missing = amountText(resource, asked - free);
  const has =
    asked > offered
      ? `it offers ${figure(resource, offered)} in all`
      : `${figure(resource, free)} of ${figure(resource, offered)} free`;
  return `${missing} missing (${has})`;
}

/**
 * How far a node is from taking the pod: the worst part of what it asks for that is missing. Where
 * that is the same (all of it, as of accelerators on nodes without any) what else is missing decides.
 */
export function distance(shortages: readonly Shortage[]): number {
  const parts = shortages.map(({ asked, free }) => (asked - free) / asked);
  return Math.max(...parts) + parts.reduce((sum, part) => sum + part, 0) / 1000;
}
