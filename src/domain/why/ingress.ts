/** Why nothing comes through an ingress. */
import type { Work } from '../../core/work.ts';
import type { IngressRow } from '../tables/ingresses.ts';
import {
  answerOf,
  eventsOf,
  finding,
  firstOf,
  fromEvent,
  named,
  type Answer,
  type Rule,
  type World,
} from './finding.ts';
import { whyService } from './service.ts';

export const whyIngress: Rule<IngressRow> = (ingress, world) =>
  ingress.deleting > 0 ? null : firstOf(noAddress, nothingBehind)(ingress, world);

function noAddress(ingress: IngressRow, world: World): Answer {
  if (ingress.address !== '') return null;
  const unread: string[] = [];
  const failed = eventsOf('Ingress', ingress, world, unread).find(({ type }) => type === 'Warning');
  if (failed !== undefined) {
    return finding('said', `it has no address: ${failed.message.trim()}`, {
      evidence: [fromEvent(failed)],
      unread,
    });
  }
  const evidence = [{ source: `ingress ${ingress.name}`, text: 'status without an address' }];
  const unknown = world.unread('ingressclasses', '');
  if (unknown !== '') unread.push(`ingress classes: ${unknown}`);
  const known = unknown === '';
  const name = ingress.className;
  if (known && name === '' && ingress.defaultClass === '') {
    return finding('deduced', 'it has no address: it names no class, and none is the default', {
      next: ['name the class of the controller that is to serve it'],
      evidence,
      unread,
    });
  }
  if (
    known &&
    name !== '' &&
    world.named('ingressclasses', '', name) === null &&
    ingress.specClass !== ''
  ) {
    return finding('deduced', `it has no address: there is no ingress class ${name}`, {
      next: ['mend the name of its class, or install the controller of that class'],
      evidence,
      unread,
    });
  }
  const who = ingress.controller === '' ? 'its controller' : ingress.controller;
  return finding('unknown', `it has no address so far, and no event says why`, {
    next: [`look whether ${who} runs, and at its log`],
    evidence,
    unread,
  });
}

/** The first of its services that leads nowhere. */
function* nothingBehind(ingress: IngressRow, world: World): Work<Answer> {
  const { namespace } = ingress;
  if (world.unread('services', namespace) !== '') return null;
  for (const name of new Set(ingress.backends.map(({ service }) => service))) {
    // The AWS Load Balancer Controller has actions that stand where services do.
    const isAction = ingress.backends.some(
      (each) => each.service === name && each.port === 'use-annotation',
    );
    if (name === '' || isAction) continue;
    const service = world.named('services', namespace, name);
    if (service === null) {
      return finding('deduced', `service ${name}, which it sends to, is not there`, {
        evidence: [{ source: `ingress ${ingress.name}`, text: `backend ${name}` }],
        next: [`make service ${name}, or mend its name in the rules`],
      });
    }
    const found = yield* answerOf(whyService(service, world));
    if (found === null) continue;
    const backend = {
      source: `service ${name}`,
      text: 'where it sends to',
      about: named('Service', service),
    };
    return {
      ...found,
      sentence: `behind service ${name}: ${found.sentence}`,
      evidence: [backend, ...found.evidence],
    };
  }
  return null;
}
