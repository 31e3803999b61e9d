/** Why nothing comes through an ingress. */
import type { Work } from '../../core/work.ts';
import { lackingPorts } from '../ingress-ports.ts';
import { servicesBehind, type IngressRow } from '../tables/ingresses.ts';
import { deadEnd } from './backends.ts';
import { balancerAdvice } from './balancer-advice.ts';
import { finalizing } from './finalizers.ts';
import { eventsOf, finding, fromEvent, named, type Answer, type World } from './finding.ts';

export function* whyIngress(ingress: IngressRow, world: World): Work<Answer> {
  if (ingress.deleting > 0) return leaving(ingress, world);
  const found = noAddress(ingress, world);
  if (found !== null && found.certainty !== 'unknown') return found;
  // What it sends to may be why it has none, where nobody says so.
  return (yield* nothingBehind(ingress, world)) ?? portless(ingress, world) ?? found;
}

const leaving = finalizing('ingresses', 'Ingress');

/** A port that its service does not have. */
function portless(ingress: IngressRow, world: World): Answer {
  const { namespace } = ingress;
  const services = servicesBehind(ingress).flatMap(
    (name) => world.named('services', namespace, name) ?? [],
  );
  const [lacking] = lackingPorts(ingress, services);
  if (lacking === undefined) return null;
  const { service } = lacking;
  const has = service.ports.map(({ name, port }) => (name === '' ? `${port}` : `${name} ${port}`));
  return finding(
    'deduced',
    `service ${service.name} has no port ${lacking.port}, to which it sends`,
    {
      evidence: [
        { source: `ingress ${ingress.name}`, text: `backend ${service.name}:${lacking.port}` },
        {
          source: `service ${service.name}`,
          text: `ports ${has.join(', ')}`,
          about: named('Service', service),
        },
      ],
      next: ['mend the port in the rules, or give the service that port'],
    },
  );
}

function noAddress(ingress: IngressRow, world: World): Answer {
  if (ingress.address !== '') return null;
  const unread: string[] = [];
  const failed = eventsOf('Ingress', ingress, world, unread).find(({ type }) => type === 'Warning');
  if (failed !== undefined) {
    return finding('said', `it has no address: ${failed.message.trim()}`, {
      evidence: [fromEvent(failed)],
      next: balancerAdvice(failed.message),
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
  const { name, namespace } = ingress;
  const services = servicesBehind(ingress).map((service) => ({ namespace, name: service }));
  return yield* deadEnd({ called: `ingress ${name}`, namespace }, services, world);
}
