import { stampOf } from '../clock.ts';
import { controllerOf } from '../world/objects.ts';
import type { CronJob, Job } from '../world/workload-objects.ts';
import { ownerReference } from '../world/keys.ts';
import type { World } from '../world/world.ts';
import { createJob } from './job.ts';

const MINUTE = 60_000;

/** Starts jobs by the minute. Schedules: `*` and `*∕n` in the minute, anything in the rest. */
export function startCronJobs(world: World, since: number): void {
  const { clock, store } = world;
  const untilMinute = (at: number): number => MINUTE - (at % MINUTE);
  const begin = Math.max(clock.now(), since);
  clock.every(
    MINUTE,
    () => {
      for (const cron of [...store.values('cronjobs')]) {
        if (!cron.spec.suspend && isDue(cron.spec.schedule, clock.now())) trigger(world, cron);
      }
    },
    begin - clock.now() + untilMinute(begin),
  );
  store.subscribe('jobs', ({ type, object }) => {
    if (type !== 'MODIFIED') return;
    const owner = controllerOf(object);
    if (owner?.kind !== 'CronJob' || !object.status.conditions) return;
    clock.after(50, () => settle(world, object.metadata.namespace ?? '', owner.name));
  });
}

function isDue(schedule: string, now: number): boolean {
  const [minute = '*', hour = '*'] = schedule.split(' ');
  const date = new Date(now);
  return fieldMatches(minute, date.getUTCMinutes()) && fieldMatches(hour, date.getUTCHours());
}

function fieldMatches(field: string, value: number): boolean {
  if (field === '*') return true;
  const step = /^\*\/(\d+)$/.exec(field);
  if (step) return value % Number(step[1]) === 0;
  return field.split(',').map(Number).includes(value);
}

function trigger(world: World, cron: CronJob): void {
  const { namespace = '', name } = cron.metadata;
  const scheduled = Math.floor(world.clock.date() / MINUTE) * MINUTE;
  const jobName = `${name}-${Math.floor(scheduled / MINUTE)}`;
  if (world.store.get('jobs', namespace, jobName)) return;
  if (cron.spec.concurrencyPolicy === 'Forbid' && (cron.status.active?.length ?? 0) > 0) return;
  const job = createJob(world, {
    metadata: {
      name: jobName,
      namespace,
      labels: cron.metadata.labels ?? {},
      annotations: { 'batch.kubernetes.io/cronjob-scheduled-timestamp': stampOf(scheduled) },
      ownerReferences: [ownerReference('cronjobs', cron)],
    },
    spec: cron.spec.jobTemplate.spec,
    status: {},
  });
  world.recorder.record('cronjobs', cron, {
    reason: 'SuccessfulCreate',
    message: `Created job ${jobName}`,
    component: 'cronjob-controller',
  });
  const { uid, resourceVersion } = job.metadata;
  world.store.update('cronjobs', {
    ...cron,
    status: {
      ...cron.status,
      active: [
        ...(cron.status.active ?? []),
        { kind: 'Job', namespace, name: jobName, uid, apiVersion: 'batch/v1', resourceVersion },
      ],
      lastScheduleTime: stampOf(scheduled),
    },
  });
}

/** Takes finished jobs off the active list and keeps the history short. */
function settle(world: World, namespace: string, name: string): void {
  const cron = world.store.get('cronjobs', namespace, name);
  if (!cron) return;
  const jobs = world.store.ownedBy('jobs', cron.metadata.uid);
  const finished = (type: string): Job[] =>
    jobs
      .filter((job) => job.status.conditions?.some((each) => each.type === type))
      .sort((a, b) => a.metadata.name.localeCompare(b.metadata.name));
  const complete = finished('Complete');
  const failed = finished('Failed');
  const over = new Set([...complete, ...failed].map((job) => job.metadata.name));
  const before = (cron.status.active ?? []) as { name: string }[];
  const active = before.filter((each) => !over.has(each.name));
  if (active.length < before.length) {
    world.store.update('cronjobs', {
      ...cron,
      status: {
        ...cron.status,
        active,
        ...(complete.length > 0 && { lastSuccessfulTime: world.clock.stamp() }),
      },
    });
    for (const { name: job } of before.filter((each) => over.has(each.name))) {
      world.recorder.record('cronjobs', cron, {
        reason: 'SawCompletedJob',
        message: `Saw completed job: ${job}, condition: ${failed.some((each) => each.metadata.name === job) ? 'Failed' : 'Complete'}`,
        component: 'cronjob-controller',
      });
    }
  }
  const surplus = [
    ...complete.slice(0, Math.max(0, complete.length - cron.spec.successfulJobsHistoryLimit)),
    ...failed.slice(0, Math.max(0, failed.length - cron.spec.failedJobsHistoryLimit)),
  ];
  for (const job of surplus) world.store.remove('jobs', namespace, job.metadata.name);
}
