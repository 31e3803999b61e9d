/** What speaks against another version of a control plane, before EKS is asked for it. */
import { own } from '../core/own.ts';
import { minorVersion } from './version.ts';

const DAY = 86_400_000;
/** How long after an upgrade EKS takes a cluster back (ms; EKS user guide, version rollback). */
const ROLLBACK = 7 * DAY;
/** How many minor versions a kubelet may be behind the API server (Kubernetes version skew policy). */
export const SKEW = 3;

/** What is known of a cluster before its version changes. */
export interface UpgradeFacts {
  /** `1.35` */
  readonly version: string;
  readonly insights: readonly {
    readonly name: string;
    readonly category: string;
    /** The version that it is about; empty: any. */
    readonly version: string;
    readonly status: string;
    readonly cause: string;
  }[];
  /** Managed node groups. */
  readonly groups: readonly { readonly name: string; readonly version: string }[];
  /** How many nodes run a kubelet of which version; null where the nodes are not known. */
  readonly kubelets: ReadonlyMap<string, number> | null;
  /** When it was last upgraded, and to what (ms); null: never, as far as EKS remembers. */
  readonly upgraded: { readonly at: number; readonly to: string } | null;
  /** Subnets of the control plane with too few addresses for a new one. */
  readonly tight: readonly string[];
}

/** Something that should be known before. */
export interface Concern {
  /** `refuses`: EKS does not do it · `blocks`: only with force · `warns`: it does it all the same. */
  readonly weight: 'refuses' | 'blocks' | 'warns';
  readonly text: string;
}

const minorOf = (version: string): number => Number(version.split('.')[1] ?? NaN);

/** The version that is so many minor ones away: `1.36`; empty where there is no such number. */
export function minorAfter(version: string, steps: number): string {
  const minor = minorOf(version);
  return Number.isInteger(minor) ? `${version.split('.')[0] ?? '1'}.${minor + steps}` : '';
}

/** Until when (ms) a cluster may go back to the version before; 0 where it may not. */
export function rollbackUntil({ upgraded, version }: UpgradeFacts): number {
  return upgraded !== null && upgraded.to === version ? upgraded.at + ROLLBACK : 0;
}

/** What speaks against a version, the gravest first. */
export function concernsOf(target: string, facts: UpgradeFacts): readonly Concern[] {
  const back = minorOf(target) < minorOf(facts.version);
  const order: readonly Concern['weight'][] = ['refuses', 'blocks', 'warns'];
  return [
    ...(back ? newerGroups(target, facts) : olderGroups(facts)),
    ...insightConcerns(target, back ? 'ROLLBACK_READINESS' : 'UPGRADE_READINESS', facts),
    ...kubeletConcerns(target, facts),
    ...facts.tight.map((text): Concern => ({ weight: 'warns', text })),
  ].sort((a, b) => order.indexOf(a.weight) - order.indexOf(b.weight));
}

function olderGroups({ groups, version }: UpgradeFacts): readonly Concern[] {
  return groups
    .filter((group) => group.version !== '' && group.version !== version)
    .map(({ name, version: has }) => ({
      weight: 'refuses',
      text: `node group ${name} is ${has}: EKS wants it to be ${version} first (u on it)`,
    }));
}

function newerGroups(target: string, { groups }: UpgradeFacts): readonly Concern[] {
  return groups
    .filter(({ version }) => minorOf(version) > minorOf(target))
    .map(({ name, version }) => ({
      weight: 'warns',
      text: `node group ${name} is ${version} and stays so: newer than its API server would be`,
    }));
}

const WEIGHTS: Readonly<Record<string, Concern['weight']>> = {
  ERROR: 'blocks',
  WARNING: 'warns',
  UNKNOWN: 'warns',
};

function insightConcerns(
  target: string,
  about: string,
  { insights }: UpgradeFacts,
): readonly Concern[] {
  return insights.flatMap(({ name, category, version, status, cause }) => {
    const weight = own(WEIGHTS, status);
    if (category !== about || (version !== '' && version !== target) || weight === undefined)
      return [];
    return { weight, text: `insight ${name}: ${status}${cause === '' ? '' : `: ${cause}`}` };
  });
}

function kubeletConcerns(target: string, { kubelets }: UpgradeFacts): readonly Concern[] {
  if (kubelets === null) return [];
  return [...kubelets].flatMap(([version, count]) => {
    const behind = minorOf(target) - minorOf(minorVersion(version));
    const nodes = `${count} ${count === 1 ? 'node runs' : 'nodes run'} kubelet ${version}`;
    if (behind > SKEW)
      return { weight: 'blocks', text: `${nodes}: more than ${SKEW} minor versions behind` };
    return behind < 0
      ? {
          weight: 'warns',
          text: `${nodes}: newer than its API server would be, which is not supported`,
        }
      : [];
  });
}
