/** Why a namespace that is being deleted does not go. */
import { deadApis, holdText } from '../namespace-holds.ts';
import type { NamespaceRow } from '../rows.ts';
import type { NamespaceHold } from '../tables/namespaces.ts';
import { finding, named, type Answer, type Evidence } from './finding.ts';

export function whyNamespace({ deleting, held }: NamespaceRow): Answer {
  if (deleting === 0 || held.length === 0) return null;
  const told = held.filter(isTold);
  return finding('said', `it is not gone yet: ${told.map(holdText).join('; ')}`, {
    evidence: held.flatMap(evidenceOf),
    next: told.flatMap(nextOf),
  });
}

/** That something is left is the consequence of what holds it. */
const isTold = ({ type }: NamespaceHold, _: number, all: readonly NamespaceHold[]): boolean =>
  type !== 'NamespaceContentRemaining' || all.length === 1;

function evidenceOf({ type, message, at }: NamespaceHold): readonly Evidence[] {
  const told: Evidence = { source: `condition ${type}`, text: message, at };
  if (type !== 'NamespaceDeletionDiscoveryFailure') return [told];
  const services = deadApis(message).map((api): Evidence => {
    const [group = '', version = ''] = api.split('/');
    const name = `${version}.${group}`;
    const about = named('APIService', { namespace: '', name });
    return { source: `apiservice ${name}`, text: 'does not answer', about };
  });
  return [...services, told];
}

function nextOf({ type }: NamespaceHold): readonly string[] {
  switch (type) {
    case 'NamespaceDeletionDiscoveryFailure':
      return ['mend what serves that API, or take its API service away: nothing is deleted before'];
    case 'NamespaceFinalizersRemaining':
      return ['look whether the controller of the finalizer runs, before taking it away by hand'];
    default:
      return [];
  }
}
