/** Why a claim has no volume. */
import type { PersistentVolumeClaimRow } from '../tables/persistentvolumeclaims.ts';
import {
  eventsOf,
  finding,
  fromEvent,
  named,
  type Answer,
  type Finding,
  type World,
} from './finding.ts';

/** Volumes are made within that time (ms). */
const USUAL = 20_000;

export function whyClaim(claim: PersistentVolumeClaimRow, world: World): Answer {
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
  return claim.phase === 'Pending' && !isFresh ? unbound(claim, world) : null;
}

function unbound(claim: PersistentVolumeClaimRow, world: World): Finding {
  const unread: string[] = [];
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
    const isStatic =
      claim.volume !== '' || /no storage class is set/.test(events[0]?.message ?? '');
    return finding(
      'said',
      'it names no storage class, no class is the default, and no volume fits it',
      {
        ...all,
        next: [
          ...(isStatic ? ['make a persistent volume that fits it'] : []),
          'name a storage class, or mark one as the default before the claim is made anew',
        ],
      },
    );
  }
  if (found === null && noClasses === '') {
    return finding('deduced', `there is no storage class ${claim.storageClass}`, {
      ...all,
      next: ['make the class, or the claim anew with one that there is'],
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
    return finding('said', `its volume cannot be made: ${shortened(failed.message)}`, {
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

/** Without the layers that drivers wrap errors in. */
const shortened = (message: string): string =>
  message
    .replace(/^failed to provision volume with StorageClass "[^"]*": /, '')
    .replace(/^(?:rpc error: code = \w+ desc = )+/, '')
    .trim();
