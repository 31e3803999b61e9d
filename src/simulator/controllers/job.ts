import { isFinished, isReady } from '../world/objects.ts';
import type { Condition, Draft, Pod } from '../world/objects.ts';
import type { Job } from '../world/workload-objects.ts';
import { ownerReference } from '../world/keys.ts';
import { omit } from '../world/omit.ts';
import { Workqueue } from '../world/workqueue.ts';
import type { World } from '../world/world.ts';
import { deletePod, podFrom, watchOwnedPods } from './replicas.ts';

/** Runs jobs to completion, with retries. */
export function startJobs(world: World): void {
  const { store } = world;
  const queue = new Workqueue(world, 50, (key) => {
    const [namespace = '', name = ''] = key.split('/');
    const job = store.get('jobs', namespace, name);
    if (job && !job.metadata.deletionTimestamp) reconcile(world, job);
  });
  store.subscribe('jobs', ({ type, object, previous }) => {
    // Its pods tell the rest.
    if (type === 'ADDED' || object.spec.suspend !== previous?.spec.suspend) {
      queue.add(`${object.metadata.namespace ?? ''}/${object.metadata.name}`);
    }
  });
  watchOwnedPods(world, 'Job', (key) => queue.add(key));
}

/** Adds a job as the API server completes it: selector and labels follow from its uid. */
export function createJob(world: World, draft: Draft<Job>): Job {
  return world.store.create('jobs', draft, (job) => {
    const { uid, name } = job.metadata;
    const labels = {
      ...job.spec.template.metadata?.labels,
      'batch.kubernetes.io/controller-uid': uid,
      'batch.kubernetes.io/job-name': name,
      'controller-uid': uid,
      'job-name': name,
    };
    const metadata = { ...job.spec.template.metadata, labels };
    return {
      ...job,
      spec: {
        ...job.spec,
        selector: { matchLabels: { 'batch.kubernetes.io/controller-uid': uid } },
        template: { ...job.spec.template, metadata },
      },
    };
  });
}

function reconcile(world: World, job: Job): void {
  if (job.status.conditions?.some(({ type }) => type === 'Complete' || type === 'Failed')) return;
  const pods = world.store.ownedBy('pods', job.metadata.uid);
  const succeeded = pods.filter((pod) => pod.status.phase === 'Succeeded').length;
  const failed = pods.filter((pod) => pod.status.phase === 'Failed').length;
  const active = pods.length - succeeded - failed;
  const { completions, parallelism, backoffLimit } = job.spec;
  const done = succeeded >= completions;
  const given = failed > backoffLimit;
  if (job.spec.suspend && !done && !given) {
    suspend(world, job, pods);
    return;
  }
  const wanted = done || given ? 0 : Math.min(parallelism, completions - succeeded) - active;
  for (let i = 0; i < wanted; i++) createPod(world, job);
  const stamp = world.clock.stamp();
  const now = world.store.ownedBy('pods', job.metadata.uid);
  const running = now.filter((pod) => ['Pending', 'Running'].includes(pod.status.phase));
  const status: Job['status'] = {
    ...(done || given
      ? { conditions: verdict(done, stamp, completions) }
      : { active: running.length, ready: running.filter(isReady).length }),
    startTime: job.status.startTime ?? stamp,
    ...(done && { completionTime: stamp }),
    ...(succeeded > 0 && { succeeded }),
    ...(failed > 0 && { failed }),
    terminating: 0,
    uncountedTerminatedPods: {},
  };
  if (JSON.stringify(status) === JSON.stringify(job.status)) return;
  world.store.update('jobs', { ...job, status });
  if (!done && !given) return;
  world.recorder.record('jobs', job, {
    type: done ? 'Normal' : 'Warning',
    reason: done ? 'Completed' : 'BackoffLimitExceeded',
    message: done ? 'Job completed' : 'Job has reached the specified backoff limit',
    component: 'job-controller',
  });
}

/** Takes the pods of a job away until it is resumed. */
function suspend(world: World, job: Job, pods: readonly Pod[]): void {
  for (const pod of pods) if (!isFinished(pod)) deletePod(world, pod);
  if (
    job.status.conditions?.some(({ type, status }) => type === 'Suspended' && status === 'True')
  ) {
    return;
  }
  const at = world.clock.stamp();
  world.store.update('jobs', {
    ...job,
    status: {
      ...omit(job.status, 'startTime', 'active', 'ready'),
      conditions: [
        {
          type: 'Suspended',
          status: 'True',
          lastProbeTime: at,
          lastTransitionTime: at,
          reason: 'JobSuspended',
          message: 'Job suspended',
        },
      ],
    },
  });
  world.recorder.record('jobs', job, {
    reason: 'Suspended',
    message: 'Job suspended',
    component: 'job-controller',
  });
}

function verdict(done: boolean, stamp: string, completions: number): Condition[] {
  const times = { lastProbeTime: stamp, lastTransitionTime: stamp };
  const why = done
    ? {
        reason: 'CompletionsReached',
        message: `Reached expected number of succeeded pods`,
      }
    : {
        reason: 'BackoffLimitExceeded',
        message: 'Job has reached the specified backoff limit',
      };
  const first = done ? 'SuccessCriteriaMet' : 'FailureTarget';
  const last = done ? 'Complete' : 'Failed';
  return completions > 0
    ? [first, last].map((type) => ({ type, status: 'True', ...times, ...why }))
    : [];
}

function createPod(world: World, job: Job): void {
  const { namespace = '', name } = job.metadata;
  const pod = world.store.create(
    'pods',
    podFrom(world, job.spec.template, ownerReference('jobs', job), namespace, {
      generateName: `${name}-`,
    }),
  );
  world.recorder.record('jobs', job, {
    reason: 'SuccessfulCreate',
    message: `Created pod: ${pod.metadata.name}`,
    component: 'job-controller',
  });
}
