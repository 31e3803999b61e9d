/** Fargate profiles of a cluster: EKS makes or deletes one at a time, so that the next one waits. */
import type { FargateProfileDescription } from '../../ports/aws-shapes.ts';
import { codeOf, type Aws } from '../targets/aws.ts';
import type { Progress } from '../engine/plan.ts';
import { reasonOf } from '../../core/words.ts';

/** How long (ms) a profile takes at most; EKS needs one to five minutes for most. */
export const PROFILE_LIMIT = 20 * 60_000;
/** How often (ms) it is asked how far one is. */
export const PROFILE_EVERY = 5000;
/** How long (ms) one waits for its turn. */
const PATIENCE = 30 * 60_000;

/** How the time passes for what waits. */
export interface Waiting {
  readonly signal: AbortSignal;
  readonly report: (progress: Progress) => void;
  readonly now: () => number;
  /** Resolves after that long (ms), or at once when the signal is aborted. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
}

/** A profile as EKS has it; null where there is none of that name. */
export async function profileOf(
  name: string,
  { door, eks }: Aws,
): Promise<FargateProfileDescription | null> {
  try {
    const { fargateProfile } = await door.call('eks:DescribeFargateProfile', {
      clusterName: eks.name,
      fargateProfileName: name,
    });
    return fargateProfile;
  } catch (error) {
    if (codeOf(error) === 'ResourceNotFoundException') return null;
    throw error;
  }
}

/**
 * Sends something about a profile when it is the cluster's turn; until then it says for which one
 * it waits. Rejects when it is called off, or nobody would wait any longer.
 * @param isSoon whether a failure is one of things that AWS does not know everywhere yet
 */
export async function inTurn(
  aws: Aws,
  { signal, report, now, sleep }: Waiting,
  send: () => Promise<void>,
  isSoon: (error: unknown) => boolean = () => false,
): Promise<void> {
  const until = now() + PATIENCE;
  for (;;) {
    let waitingFor: string;
    try {
      await send();
      return;
    } catch (error) {
      const isBusy = codeOf(error) === 'ResourceInUseException';
      if ((!isBusy && !isSoon(error)) || now() >= until) throw error;
      waitingFor = isBusy ? await busyProfile(aws) : reasonOf(error);
    }
    report({ state: 'working', text: `waits: ${waitingFor}` });
    await sleep(PROFILE_EVERY, signal);
    if (signal.aborted) throw new Error(`called off while it waited: ${waitingFor}`);
  }
}

/** Which profile the cluster is busy with, in a clause. */
async function busyProfile(aws: Aws): Promise<string> {
  const { fargateProfileNames } = await aws.door.call('eks:ListFargateProfiles', {
    clusterName: aws.eks.name,
  });
  for (const name of fargateProfileNames) {
    const status = (await profileOf(name, aws))?.status ?? '';
    if (status === 'CREATING' || status === 'DELETING')
      return `EKS works on one profile at a time, and ${name} is ${status}`;
  }
  return 'EKS is busy with another profile of this cluster';
}

/** How far a profile is that is being made. */
export async function lookAtProfile(name: string, aws: Aws): Promise<Progress> {
  const profile = await profileOf(name, aws);
  if (profile === null) return { state: 'working', text: `profile ${name}: sent` };
  const issues = profile.health.issues.map(({ code, message }) => `${code}: ${message}`).join('; ');
  if (profile.status === 'ACTIVE')
    return { state: 'done', text: `profile ${name} is ACTIVE: pods that start now run on it` };
  if (profile.status === 'CREATE_FAILED')
    return { state: 'failed', text: `profile ${name} could not be made: ${issues}` };
  return {
    state: 'working',
    text: `profile ${name} is ${profile.status}${issues === '' ? '' : `: ${issues}`}`,
  };
}

/** How far a profile is that is being deleted. */
export async function lookAtDeletion(name: string, aws: Aws): Promise<Progress> {
  const profile = await profileOf(name, aws);
  if (profile === null) return { state: 'done', text: `profile ${name} is deleted` };
  const failed = profile.status === 'DELETE_FAILED';
  return {
    state: failed ? 'failed' : 'working',
    text: `profile ${name} is ${profile.status}`,
  };
}
