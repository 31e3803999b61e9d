/** What Karpenter, EKS Auto Mode and the cluster autoscaler say of a pod that waits for a node. */
import { fromEvent, named, type Evidence, type Happening, type World } from '../finding.ts';

/** Their last word. */
export interface Autoscaling {
  /** For the end of a sentence; empty: they said nothing. */
  readonly clause: string;
  readonly evidence: readonly Evidence[];
  readonly next: readonly string[];
}

const SILENT: Autoscaling = { clause: '', evidence: [], next: [] };

/** @param events newest first */
export function autoscaling(events: readonly Happening[]): Autoscaling {
  for (const event of events) {
    const told = wordOf(event);
    if (told !== null) {
      return { clause: told.clause, next: told.next ?? [], evidence: [fromEvent(event)] };
    }
  }
  return SILENT;
}

/** The same, with how far the claim has come that Karpenter made for the pod. */
export function withClaim(told: Autoscaling, world: World): Autoscaling {
  const name = /^Karpenter means it for .*?nodeclaim\/([\w.-]+)/.exec(told.clause)?.[1];
  const claim = name === undefined ? null : world.named('nodeclaims', '', name);
  if (claim === null) return told;
  const { phase, trouble, instanceType, zone } = claim;
  const place = [instanceType, zone].filter((each) => each !== '').join(' in ');
  const text = [phase, trouble, place].filter((each) => each !== '').join(', ');
  return {
    ...told,
    clause: `${told.clause}, which is ${phase}${trouble === '' ? '' : `: ${trouble}`}`,
    evidence: [
      ...told.evidence,
      {
        source: `nodeclaim ${claim.name}`,
        text,
        at: claim.created,
        about: named('NodeClaim', claim),
      },
    ],
  };
}

interface Word {
  readonly clause: string;
  readonly next?: readonly string[];
}

function wordOf({ reason, message }: Happening): Word | null {
  switch (reason) {
    case 'NotTriggerScaleUp':
      return notTriggered(message);
    case 'TriggeredScaleUp':
      return {
        clause: `cluster-autoscaler is adding a node: ${afterColon(message).replace(/^\[\{|\}\]$/g, '')}`,
      };
    // Karpenter's; `Nominate` was its name before 0.30.
    case 'Nominated':
    case 'Nominate':
      return { clause: `Karpenter means it for ${nominee(message)}` };
    case 'FailedScheduling':
      return /^Failed to schedule pod, /.test(message) ? karpenterRefuses(message) : null;
    default:
      return null;
  }
}

const afterColon = (message: string): string => message.slice(message.indexOf(': ') + 2).trim();

function notTriggered(message: string): Word {
  const why = message.includes(': ') ? afterColon(message) : '';
  const next = why.includes('max node group size reached')
    ? ['raise the maximum of a node group that could take it']
    : [];
  return { clause: `cluster-autoscaler adds no node${why === '' ? '' : `: ${why}`}`, next };
}

/** `Pod should schedule on: nodeclaim/default-8tzp2, node/ip-10-0-3-9` */
const nominee = (message: string): string =>
  message.replace(/^Pod should schedule on(?: node)?:? */, '') || 'a node';

/**
 * Karpenter lists every pool with why it cannot serve: `incompatible with nodepool "system",
 * daemonset overhead={…}, did not tolerate taint (…)`; since 1.4 the name follows as
 * `NodePool="system"`.
 */
function karpenterRefuses(message: string): Word {
  const pools = message
    .replace(/^Failed to schedule pod, /, '')
    .split(/; (?=incompatible with |all available |nodepool requirements )/)
    .map((each) => {
      const name =
        /(?:nodepool|provisioner) "([^"]+)"/.exec(each)?.[1] ??
        /NodePool="?([\w.-]+)"?/.exec(each)?.[1] ??
        '';
      const why = each
        .replace(/^incompatible with (?:nodepool|provisioner)(?: "[^"]*")?, /, '')
        .replace(/daemonset overhead=\{[^}]*\}, /, '')
        .replace(/,? ?\(?NodePool="?[\w.-]+"?\)?/, '')
        .trim();
      return name === '' ? why : `pool ${name}: ${why}`;
    });
  const shown = pools.slice(0, 2).join('; ');
  const more = pools.length > 2 ? `; and ${pools.length - 2} more pools` : '';
  const next = /limits/.test(message) ? ['raise the limits of the pool'] : [];
  return { clause: `Karpenter adds no node: ${shown}${more}`, next };
}
