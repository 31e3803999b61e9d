/** What the status of the cluster autoscaler tells beyond its events. */
import { humanDuration } from '../../../core/duration.ts';
import { at, text } from '../../../core/json.ts';
import type { Evidence, World } from '../finding.ts';
import { autoscalerStatus, type ScaledGroup } from './autoscaler-status.ts';
import type { Autoscaling } from './autoscaling.ts';

/** Where it writes, unless told otherwise. */
const PLACE = { kind: 'ConfigMap', namespace: 'kube-system', name: 'cluster-autoscaler-status' };

/** It writes every ten seconds: after so long (ms) it does not run. */
const STALE = 5 * 60_000;

/** How many groups are named. */
const NAMED = 4;

/** The same, with what the autoscaler's status says; unchanged where there is none. */
export function withStatus(told: Autoscaling, world: World): Autoscaling {
  const { namespace, name } = PLACE;
  const looked = world.object('configmaps', namespace, name);
  // Most clusters have none, or another autoscaler: that it cannot be read is no news.
  if (looked.state !== 'known') return told;
  const status = autoscalerStatus(text(at(looked.value, 'data', 'status')));
  if (status === null) return told;
  const age = status.at === 0 ? 0 : world.now - status.at;
  const source = 'cluster-autoscaler status';
  const when = status.at === 0 ? {} : { at: status.at };
  if (age > STALE) {
    const silent = `cluster-autoscaler has written no status for ${humanDuration(age)}`;
    return {
      ...told,
      clause: joined(told.clause, silent),
      evidence: [...told.evidence, { source, text: silent, ...when, about: PLACE }],
      next: [...told.next, 'look whether cluster-autoscaler runs, and at its log'],
    };
  }
  const { clause, next } = verdictOf(status.groups, status.health);
  const lines: readonly Evidence[] = [
    {
      source,
      text: [status.state, status.health, groupsText(status.groups)].filter(Boolean).join(', '),
      ...when,
      about: PLACE,
    },
  ];
  return {
    clause: joined(told.clause, clause),
    evidence: [...told.evidence, ...lines],
    next: [...told.next, ...next],
  };
}

const joined = (one: string, other: string): string =>
  [one, other].filter((each) => each !== '').join('; ');

/** Which group would take the pod it does not say: what keeps all of them, or some, is told as that. */
function verdictOf(
  groups: readonly ScaledGroup[],
  health: string,
): { readonly clause: string; readonly next: readonly string[] } {
  if (health !== '' && health !== 'Healthy') {
    return {
      clause: `cluster-autoscaler takes the cluster for ${health.toLowerCase()}, and scales nothing`,
      next: ['see to the nodes that are not ready'],
    };
  }
  const full = groups.filter(isFull);
  const failed = groups.filter(({ scaleUp }) => scaleUp === 'Backoff');
  const clauses = [
    failed.length === 0
      ? ''
      : `${names(failed)} ${failed.length === 1 ? 'is' : 'are'} backed off${errorOf(failed)}`,
    full.length === 0
      ? ''
      : full.length === groups.length
        ? 'cluster-autoscaler has all its node groups at their maximum'
        : `${names(full)} ${full.length === 1 ? 'is at its' : 'are at their'} maximum`,
  ].filter((each) => each !== '');
  return {
    clause: clauses.join(', '),
    next: failed.length === 0 ? [] : ['look at the scaling activities of the group (:nodegroups)'],
  };
}

const isFull = ({ target, max }: ScaledGroup): boolean =>
  target !== null && max !== null && target >= max;

const errorOf = (failed: readonly ScaledGroup[]): string => {
  const error = failed.find((each) => each.error !== '')?.error ?? '';
  return error === '' ? ' after a failure' : ` after: ${error}`;
};

function names(groups: readonly ScaledGroup[]): string {
  const shown = groups.slice(0, NAMED).map(({ name }) => name);
  const more = groups.length - shown.length;
  return `node ${groups.length === 1 ? 'group' : 'groups'} ${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

function groupsText(groups: readonly ScaledGroup[]): string {
  return groups
    .slice(0, NAMED)
    .map(({ name, target, max, scaleUp }) => {
      const size = `${target ?? '?'}${max === null ? '' : ` of ${max}`}`;
      return `${name} ${size}${scaleUp === '' || scaleUp === 'NoActivity' ? '' : ` ${scaleUp}`}`;
    })
    .join('; ');
}
