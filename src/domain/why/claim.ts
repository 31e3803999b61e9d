/** Why a claim has no volume. */
import { formatMemory } from '../../core/quantity.ts';
import type { Work } from '../../core/work.ts';
import { fullness } from '../claim-fill.ts';
import { claimNamesOf } from '../pod-claims.ts';
import { toldHealth } from '../storage-told.ts';
import type { PersistentVolumeClaimRow } from '../tables/persistentvolumeclaims.ts';
import { driverWords } from './driver-words.ts';
import { finalizing } from './finalizers.ts';
import {
  eventsOf,
  finding,
  fromEvent,
  named,
  rowsWhere,
  type Answer,
  type Finding,
  type World,
} from './finding.ts';
import { volumesLeft, withoutItsVolume } from './made-volumes.ts';

/** Volumes are made within that time (ms). */
const USUAL = 20_000;

export function* whyClaim(claim: PersistentVolumeClaimRow, world: World): Work<Answer> {
  if (claim.deleting > 0) return (yield* inUse(claim, world)) ?? leaving(claim, world);
  if (claim.phase === 'Lost') {
    return finding('said', `its volume ${claim.volume} is gone, and what was on it`, {
      evidence: [
        {
          source: `pvc ${claim.name}`,
          text: 'phase Lost',
          about: named('PersistentVolumeClaim', claim),
        },
      ],
      next: ['restore the volume from a snapshot under the same name, or make the claim anew'],
    });
  }
  const isFresh = world.now - claim.created < USUAL;
  if (claim.phase === 'Pending') return isFresh ? null : yield* unbound(claim, world);
  return unusable(claim) ?? ungrown(claim, world) ?? full(claim, world);
}

/** What AWS says of the storage that it is on. */
function unusable(claim: PersistentVolumeClaimRow): Answer {
  const trouble = toldHealth(claim.told, claim.volumeId, claim.usedZones);
  if (trouble === null || trouble.level === 'busy') return null;
  const { state = '', mountZones = null } = claim.told ?? {};
  const zones =
    mountZones === null ? '' : `, mount targets in ${mountZones.join(', ') || 'no zone'}`;
  const mounts = /mount target/.test(trouble.cause);
  return finding('said', trouble.cause, {
    evidence: [{ source: `AWS of ${claim.volumeId ?? ''}`, text: `${state}${zones}` }],
    next: [
      mounts
        ? 'make a mount target in each zone that has nodes, or keep its pods in the zones that have one'
        : 'look at it in the console of AWS: its own messages stand there',
    ],
  });
}

const leaving = finalizing('persistentvolumeclaims', 'PersistentVolumeClaim');

/** Kubernetes keeps a claim while there is a pod on a node that uses it, also one that has ended. */
function* inUse(claim: PersistentVolumeClaimRow, world: World): Work<Answer> {
  const unknown = world.unread('pods', claim.namespace);
  const users = yield* rowsWhere(
    world,
    'pods',
    (pod) =>
      pod.namespace === claim.namespace &&
      pod.node !== '' &&
      claimNamesOf(pod).includes(claim.name),
  );
  const [first] = users;
  if (first === undefined) return null;
  const more = users.length > 1 ? ` and ${users.length - 1} more` : '';
  return finding(
    'deduced',
    `it stays until no pod uses it: ${first.name}${more} ${more === '' ? 'does' : 'do'}`,
    {
      evidence: users.slice(0, 3).map((pod) => ({
        source: `pod ${pod.name}`,
        text: pod.status,
        about: named('Pod', pod),
      })),
      next: ['end what uses it: pods that have ended count as long as they are there'],
      unread: unknown === '' ? [] : [`its pods: ${unknown}`],
    },
  );
}

/** It asks for more than it has, and whoever is to give it that cannot. */
function ungrown(claim: PersistentVolumeClaimRow, world: World): Answer {
  if (claim.requested <= claim.capacity) return null;
  const unread: string[] = [];
  const failed = eventsOf('PersistentVolumeClaim', claim, world, unread).find(
    ({ reason, type }) => type === 'Warning' && /^(?:Volume|FileSystem)ResizeFailed$/.test(reason),
  );
  if (failed === undefined) return null;
  const why = driverWords(failed.message.replace(/^resize volume .* by resizer .* failed: /, ''));
  return finding('said', `it cannot be given ${formatMemory(claim.requested)}: ${why}`, {
    evidence: [fromEvent(failed)],
    next: /ModificationRateExceeded|maximum modification rate/.test(why)
      ? ['wait: EBS changes a volume once in six hours, and it is tried again']
      : [],
    unread,
  });
}

/** That it runs full. */
function full(claim: PersistentVolumeClaimRow, world: World): Answer {
  // Its row has it once the kubelets have been asked.
  if (claim.fill === null) world.unread('claimusage', claim.namespace);
  const { text } = fullness(claim.fill);
  if (text === '' || claim.fill === null) return null;
  return finding('said', `it is ${text}: what writes to it fails once nothing is left`, {
    evidence: [{ source: 'its kubelet', text, at: claim.fill.at }],
    next: [
      /inodes/.test(text)
        ? 'delete files that nobody needs: a larger volume of ext4 has more inodes, others make them as they go'
        : 'ask for more in spec.resources.requests.storage, where its class allows that (allowVolumeExpansion), or delete what nobody needs',
    ],
  });
}

function* unbound(claim: PersistentVolumeClaimRow, world: World): Work<Finding> {
  const unread: string[] = [];
  const itsOwn = withoutItsVolume(claim, world, unread);
  if (itsOwn !== null) return itsOwn;
  const events = eventsOf('PersistentVolumeClaim', claim, world, unread);
  const evidence = [
    {
      source: `pvc ${claim.name}`,
      text: `${claim.phase}, class ${claim.storageClass || 'none'}`,
      about: named('PersistentVolumeClaim', claim),
    },
    ...events.slice(0, 2).map(fromEvent),
  ];
  const failed = events.find(({ reason }) => reason === 'ProvisioningFailed');
  const all = { evidence, unread };
  const noClasses = world.unread('storageclasses', '');
  const found = world.named('storageclasses', '', claim.storageClass);
  if (claim.storageClass === '') {
    const left = yield* volumesLeft(claim, world, unread);
    return finding('said', 'it names no storage class, and no volume fits it', {
      ...all,
      evidence: [...evidence, ...left.evidence],
      next: [
        ...left.next,
        'make a persistent volume that fits it',
        'make the claim anew with a storage class, or without one once there is a default',
      ],
    });
  }
  if (found === null && noClasses === '') {
    const left = yield* volumesLeft(claim, world, unread);
    const name = claim.storageClass;
    const sentence =
      left.evidence.length === 0
        ? `there is no storage class ${name}`
        : `no volume of class ${name} fits it, and there is no such storage class to make one`;
    return finding('deduced', sentence, {
      ...all,
      evidence: [...evidence, ...left.evidence],
      next: [...left.next, 'make the class, or the claim anew with one that there is'],
    });
  }
  if (noClasses !== '') unread.push(`storage classes: ${noClasses}`);
  const waits = events[0]?.reason === 'WaitForFirstConsumer';
  if (
    waits ||
    (found?.binding === 'WaitForFirstConsumer' && claim.waiting === 0 && claim.pods === 0)
  ) {
    return finding('said', 'its volume is made once a pod that uses it is scheduled: none is', {
      ...all,
      next: ['start the pod that is to use it; where there is one, ask why it is pending'],
    });
  }
  if (failed !== undefined) {
    return finding('said', `its volume cannot be made: ${driverWords(unwrapped(failed.message))}`, {
      ...all,
      evidence: [fromEvent(failed)],
    });
  }
  const provisioner = found?.provisioner ?? '';
  const awaited = events.find(({ reason }) => reason === 'ExternalProvisioning');
  if (awaited !== undefined) {
    const next = [`look whether the controller of ${provisioner} runs, and at its log`];
    const sentence = `it waits for ${provisioner || 'its provisioner'}, which has made no volume so far`;
    return finding('said', sentence, { ...all, next });
  }
  return finding('unknown', 'it has no volume, and no event says why', {
    ...all,
    next: [`look at the log of the controller of ${provisioner || 'its storage class'}`],
  });
}

const unwrapped = (message: string): string =>
  message.replace(/^failed to provision volume with StorageClass "[^"]*": /, '');
