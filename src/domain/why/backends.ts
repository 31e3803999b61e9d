/** What sends to services, and whether one of them leads nowhere. */
import type { Work } from '../../core/work.ts';
import { pathIn } from '../gateways.ts';
import { answerOf, finding, named, through, type Answer, type World } from './finding.ts';
import { whyService } from './service.ts';

/** A service that something sends to. */
export interface SentTo {
  readonly namespace: string;
  readonly name: string;
}

/**
 * The first of the services that leads nowhere.
 *
 * @param from what sends to them: `ingress web`, and its namespace
 */
export function* deadEnd(
  from: { readonly called: string; readonly namespace: string },
  services: readonly SentTo[],
  world: World,
): Work<Answer> {
  const seen = new Set<string>();
  for (const { namespace, name } of services) {
    const path = `${namespace}/${name}`;
    if (seen.has(path) || world.unread('services', namespace) !== '') continue;
    seen.add(path);
    const label = pathIn(from.namespace, { namespace, name });
    const service = world.named('services', namespace, name);
    if (service === null) {
      return finding('deduced', `service ${label}, which it sends to, is not there`, {
        evidence: [{ source: from.called, text: `backend ${label}` }],
        next: [`make service ${label}, or mend its name in the rules`],
      });
    }
    const found = yield* answerOf(whyService(service, world));
    if (found === null) continue;
    const backend = {
      source: `service ${label}`,
      text: 'where it sends to',
      about: named('Service', service),
    };
    return through(`behind service ${label}`, backend, found);
  }
  return null;
}
