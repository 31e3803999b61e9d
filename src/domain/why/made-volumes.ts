/** Volumes that somebody made beforehand, and what keeps a claim from them: as the volume controller matches them. */
import { formatMemory } from '../../core/quantity.ts';
import type { Work } from '../../core/work.ts';
import type { PersistentVolumeClaimRow } from '../tables/persistentvolumeclaims.ts';
import type { PersistentVolumeRow } from '../tables/persistentvolumes.ts';
import { finding, named, rowsWhere, type Evidence, type Finding, type World } from './finding.ts';

/** How many are named where there are many. */
const NAMED = 4;

/** What of the volume is not as the claim asks for it; empty: it is, as far as that is looked at. */
function misfit(volume: PersistentVolumeRow, claim: PersistentVolumeClaimRow): string {
  if (volume.storageClass !== claim.storageClass) {
    return `it is of ${classText(volume.storageClass)}, not of ${classText(claim.storageClass)}`;
  }
  if (volume.mode !== claim.mode) return `it is a ${volume.mode}, not a ${claim.mode}`;
  if (volume.capacity < claim.requested) {
    return `it has ${formatMemory(volume.capacity)} of ${formatMemory(claim.requested)}`;
  }
  const modes = volume.accessModes.split(',');
  return claim.accessModes.split(',').every((mode) => modes.includes(mode))
    ? ''
    : `it is ${volume.accessModes}, not ${claim.accessModes}`;
}

const classText = (name: string): string => (name === '' ? 'no class' : `class ${name}`);

const isOwn = (volume: PersistentVolumeRow, { namespace, name }: PersistentVolumeClaimRow) =>
  volume.claim === '' || volume.claim === `${namespace}/${name}`;

const RELEASE = 'once what is on it may be used again, take the claimRef of the volume away';

function stateText(volume: PersistentVolumeRow, claim: PersistentVolumeClaimRow): string {
  if (volume.phase === 'Released') {
    return `Released by ${volume.claim}: nobody gets it while its claimRef says so`;
  }
  const why = isOwn(volume, claim) ? misfit(volume, claim) : `it is kept for ${volume.claim}`;
  return `${volume.phase}: ${why || 'it fits, as far as that is looked at'}`;
}

/** Of a volume as evidence. */
const told = (volume: PersistentVolumeRow, claim: PersistentVolumeClaimRow): Evidence => ({
  source: `volume ${volume.name}`,
  text: stateText(volume, claim),
  about: named('PersistentVolume', volume),
});

/** A claim that names a volume gets that one or none; null: it names none, or nothing is in the way. */
export function withoutItsVolume(
  claim: PersistentVolumeClaimRow,
  world: World,
  unread: string[],
): Finding | null {
  if (claim.volume === '') return null;
  const unknown = world.unread('persistentvolumes', '');
  const volume = world.named('persistentvolumes', '', claim.volume);
  if (volume === null) {
    if (unknown !== '') unread.push(`volumes: ${unknown}`);
    return unknown === ''
      ? finding('deduced', `volume ${claim.volume}, which it names, is not there`, {
          evidence: [{ source: `pvc ${claim.name}`, text: `volumeName: ${claim.volume}` }],
          next: ['make the volume, or the claim anew with another, or without a name of one'],
          unread,
        })
      : null;
  }
  const evidence = [told(volume, claim)];
  const which = `volume ${volume.name}, which it names,`;
  if (!isOwn(volume, claim)) {
    const has = volume.phase === 'Released' ? 'was left by' : 'belongs to';
    return finding('deduced', `${which} ${has} claim ${volume.claim}`, {
      evidence,
      next: [volume.phase === 'Released' ? RELEASE : 'make the claim anew with another volume'],
      unread,
    });
  }
  const why = misfit(volume, claim);
  if (why === '') return null;
  return finding('deduced', `${which} does not fit it: ${why}`, {
    evidence,
    next: ['make the claim anew so that it fits, or with another volume'],
    unread,
  });
}

/** The volumes of its class that no claim has. */
export function* volumesLeft(
  claim: PersistentVolumeClaimRow,
  world: World,
  unread: string[],
): Work<{ readonly evidence: readonly Evidence[]; readonly next: readonly string[] }> {
  const unknown = world.unread('persistentvolumes', '');
  // Of a claim that names one it is said already.
  if (unknown !== '' && claim.volume === '') unread.push(`volumes: ${unknown}`);
  const left = yield* rowsWhere(
    world,
    'persistentvolumes',
    ({ storageClass, phase }) => storageClass === claim.storageClass && phase !== 'Bound',
  );
  const more = left.length - NAMED;
  return {
    evidence: [
      ...left.slice(0, NAMED).map((volume) => told(volume, claim)),
      ...(more > 0 ? [{ source: `${more} more volumes`, text: 'that no claim has' }] : []),
    ],
    next: left.some(({ phase }) => phase === 'Released') ? [RELEASE] : [],
  };
}
