/** A pod that claims devices (dynamic resource allocation): what its claims ask for, and whether they are there. */
import { at, object, objects, text, type Json } from '../../../core/json.ts';
import type { KindRef } from '../../kind-ref.ts';
import type { PodRow } from '../../rows.ts';
import {
  eventsOf,
  finding,
  fromEvent,
  valueOf,
  type Evidence,
  type Finding,
  type World,
} from '../finding.ts';
import { schedulerWord } from './scheduler-says.ts';

/** Stable since Kubernetes 1.34. */
const RESOURCE_CLAIM: KindRef = {
  group: 'resource.k8s.io',
  version: 'v1',
  older: ['v1beta2', 'v1beta1'],
  resource: 'resourceclaims',
  kind: 'ResourceClaim',
  namespaced: true,
};

/** A claim of a pod. */
interface DeviceClaim {
  /** As the pod calls it. */
  readonly name: string;
  /** The object's name; empty: it is to be made from the template, and is not yet. */
  readonly claim: string;
  readonly template: string;
}

function deviceClaims(pod: Json): readonly DeviceClaim[] {
  const made = objects(at(pod, 'status', 'resourceClaimStatuses'));
  return objects(at(pod, 'spec', 'resourceClaims')).map((each) => {
    const name = text(each['name']);
    const own = made.find((status) => text(status['name']) === name);
    return {
      name,
      claim: text(each['resourceClaimName']) || text(own?.['resourceClaimName']),
      template: text(each['resourceClaimTemplateName']),
    };
  });
}

/** A claim that is not there, or asks for what is not there: the scheduler does not come to look at nodes. */
export function deviceless(pod: PodRow, world: World): Finding | null {
  if (pod.phase !== 'Pending' || pod.node !== '') return null;
  if (pod.cause !== '') return classless(pod);
  const unread: string[] = [];
  const whole = valueOf(world.object('pods', pod.namespace, pod.name), 'the pod itself', unread);
  for (const each of whole === null ? [] : deviceClaims(whole)) {
    const found = each.claim === '' ? unmade(pod, each, world) : absent(pod, each, world);
    if (found !== null) return found;
  }
  return null;
}

function classless(pod: PodRow): Finding | null {
  const said = schedulerWord(pod.cause)?.whole ?? '';
  const [, missing] = /device class (\S+) does not exist/.exec(said) ?? [];
  if (missing === undefined) return null;
  return finding('said', `device class ${missing}, which its claim asks for, is not there`, {
    evidence: [{ source: 'condition PodScheduled', text: pod.cause, at: pod.causeAt }],
    next: [
      'install the driver that brings the class, or mend the name in the claim or its template',
    ],
  });
}

/** The controller of claims could not make one from its template. */
function unmade(pod: PodRow, { name, template }: DeviceClaim, world: World): Finding | null {
  const unread: string[] = [];
  const event = eventsOf('Pod', pod, world, unread).find(
    ({ reason }) => reason === 'FailedResourceClaimCreation',
  );
  if (event === undefined) return null;
  const isAbsent = /^PodResourceClaim \S+: resource claim template "[^"]+": .* not found$/s;
  const why = isAbsent.test(event.message)
    ? `resource claim template ${template} is not there`
    : event.message.replace(/^PodResourceClaim \S+: /, '');
  return finding('said', `its claim ${name} on devices cannot be made: ${why}`, {
    evidence: [fromEvent(event)],
    next: [
      `make resource claim template ${template} in ${pod.namespace}, or mend its name in the pod's template`,
    ],
    unread,
  });
}

function absent(pod: PodRow, { claim }: DeviceClaim, world: World): Finding | null {
  if (world.other(RESOURCE_CLAIM, pod.namespace, claim).state !== 'absent') return null;
  return finding('deduced', `resource claim ${claim}, which it asks for, is not there`, {
    evidence: [{ source: 'pod', text: `asks for devices by resource claim ${claim}` }],
    next: [
      `make resource claim ${claim} in ${pod.namespace}, or mend its name in the pod's template`,
    ],
  });
}

/** What its claims ask for, each with the devices that it has got. */
export function claimedDevices(pod: PodRow, whole: Json, world: World): readonly Evidence[] {
  return deviceClaims(whole).flatMap(({ claim }) => {
    const looked = world.other(RESOURCE_CLAIM, pod.namespace, claim);
    if (looked.state !== 'known') return [];
    const { value } = looked;
    const asked = objects(at(value, 'spec', 'devices', 'requests'))
      .map(requestText)
      .join(', ');
    const got = objects(at(value, 'status', 'allocation', 'devices', 'results')).map(
      ({ device, pool }) => `${text(device)} of ${text(pool)}`,
    );
    return [
      {
        source: `resource claim ${claim}`,
        text: `asks for ${asked}${got.length === 0 ? '' : `; has ${got.join(', ')}`}`,
        about: { kind: RESOURCE_CLAIM.kind, namespace: pod.namespace, name: claim },
      },
    ];
  });
}

/** `2 × gpu.example.com`, or the alternatives in the order in which they are tried. */
function requestText(request: Json): string {
  const alternatives = objects(request['firstAvailable']);
  if (alternatives.length > 0) return alternatives.map(devicesText).join(', or else ');
  // Before v1beta2 it stood in the request itself.
  return devicesText(request['exactly'] === undefined ? request : object(request['exactly']));
}

function devicesText(asked: Json): string {
  const count = asked['allocationMode'] === 'All' ? 'all' : text(asked['count']) || '1';
  const terms = objects(asked['selectors']).map((each) => text(at(each, 'cel', 'expression')));
  const where = terms.length === 0 ? '' : ` where ${terms.join(' and ')}`;
  return `${count} × ${text(asked['deviceClassName'])}${where}`;
}
