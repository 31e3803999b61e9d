/** The workload behind a pod: what a user would scale, restart or read the logs of. */
export interface WorkloadRef {
  /** `Deployment`, `StatefulSet`, `CronJob`, …; empty for a pod on its own. */
  readonly kind: string;
  readonly name: string;
}

/** A job of a CronJob is named after the minute (since the epoch) it was due. */
const CRON_JOB = /^(.+)-\d{8,}$/;

/**
 * Names the workload of a pod by its controlling owner: the Deployment behind a replica set that
 * carries its pod-template-hash, the CronJob behind a job named after its minute, else the owner.
 */
export function workloadOf(
  ownerKind: string,
  ownerName: string,
  labels: Readonly<Record<string, string>>,
): WorkloadRef {
  if (ownerKind === 'ReplicaSet') {
    const deployment = before(ownerName, labels['pod-template-hash']);
    if (deployment) return { kind: 'Deployment', name: deployment };
    const rollout = before(ownerName, labels['rollouts-pod-template-hash']);
    if (rollout) return { kind: 'Rollout', name: rollout };
  }
  if (ownerKind === 'Job') {
    const cronJob = CRON_JOB.exec(ownerName)?.[1];
    if (cronJob !== undefined) return { kind: 'CronJob', name: cronJob };
  }
  return { kind: ownerKind, name: ownerName };
}

/** `api` of `api-78d7d7b5cd` and its hash; empty where the name does not end in the hash. */
function before(name: string, hash: string | undefined): string {
  return hash !== undefined && name.endsWith(`-${hash}`) ? name.slice(0, -hash.length - 1) : '';
}
