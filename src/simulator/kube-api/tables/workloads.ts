import type {
  ControllerRevision,
  CronJob,
  DaemonSet,
  Deployment,
  Hpa,
  Job,
  Pdb,
  ReplicaSet,
  StatefulSet,
} from '../../world/workload-objects.ts';
import { controllerOf } from '../../world/objects.ts';
import { age, columns, humanDuration, templateCells } from './human.ts';
import type { TableShape } from './human.ts';

export const DEPLOYMENTS: TableShape<Deployment> = {
  columns: columns('Name, Ready, Up-to-date, Available, Age, Containers+, Images+, Selector+'),
  cells: ({ metadata, spec, status }, now) => [
    metadata.name,
    `${status.readyReplicas ?? 0}/${spec.replicas}`,
    status.updatedReplicas ?? 0,
    status.availableReplicas ?? 0,
    age(metadata.creationTimestamp, now),
    ...templateCells(spec.template, spec.selector),
  ],
};

export const REPLICA_SETS: TableShape<ReplicaSet> = {
  columns: columns('Name, Desired, Current, Ready, Age, Containers+, Images+, Selector+', [
    'Desired',
    'Current',
    'Ready',
  ]),
  cells: ({ metadata, spec, status }, now) => [
    metadata.name,
    spec.replicas,
    status.replicas,
    status.readyReplicas ?? 0,
    age(metadata.creationTimestamp, now),
    ...templateCells(spec.template, spec.selector),
  ],
};

export const STATEFUL_SETS: TableShape<StatefulSet> = {
  columns: columns('Name, Ready, Age, Containers+, Images+'),
  cells: ({ metadata, spec, status }, now) => [
    metadata.name,
    `${status.readyReplicas ?? 0}/${spec.replicas}`,
    age(metadata.creationTimestamp, now),
    ...templateCells(spec.template).slice(0, 2),
  ],
};

export const DAEMON_SETS: TableShape<DaemonSet> = {
  columns: columns(
    'Name, Desired, Current, Ready, Up-to-date, Available, Node Selector, Age, Containers+, Images+, Selector+',
    ['Desired', 'Current', 'Ready', 'Up-to-date', 'Available'],
  ),
  cells: ({ metadata, spec, status }, now) => [
    metadata.name,
    status.desiredNumberScheduled,
    status.currentNumberScheduled,
    status.numberReady,
    status.updatedNumberScheduled ?? 0,
    status.numberAvailable ?? 0,
    Object.entries(spec.template.spec.nodeSelector ?? {})
      .map(([key, value]) => `${key}=${value}`)
      .join(',') || '<none>',
    age(metadata.creationTimestamp, now),
    ...templateCells(spec.template, spec.selector),
  ],
};

export const JOBS: TableShape<Job> = {
  columns: columns('Name, Status, Completions, Duration, Age, Containers+, Images+, Selector+'),
  cells: ({ metadata, spec, status }, now) => {
    const verdict = status.conditions?.find(
      ({ type, status: held }) =>
        ['Complete', 'Failed', 'Suspended'].includes(type) && held === 'True',
    );
    const { startTime, completionTime } = status;
    const duration = !startTime
      ? ''
      : humanDuration((completionTime ? Date.parse(completionTime) : now) - Date.parse(startTime));
    return [
      metadata.name,
      verdict?.type ?? 'Running',
      `${status.succeeded ?? 0}/${spec.completions}`,
      duration,
      age(metadata.creationTimestamp, now),
      ...templateCells(spec.template, spec.selector),
    ];
  },
};

export const CRON_JOBS: TableShape<CronJob> = {
  columns: columns(
    'Name, Schedule, Timezone, Suspend, Active, Last Schedule, Age, Containers+, Images+, Selector+',
    ['Active'],
    { Suspend: 'boolean' },
  ),
  cells: ({ metadata, spec, status }, now) => [
    metadata.name,
    spec.schedule,
    spec.timeZone ?? '<none>',
    spec.suspend ? 'True' : 'False',
    status.active?.length ?? 0,
    status.lastScheduleTime ? age(status.lastScheduleTime, now) : '<none>',
    age(metadata.creationTimestamp, now),
    ...templateCells(spec.jobTemplate.spec.template),
  ],
};

export const CONTROLLER_REVISIONS: TableShape<ControllerRevision> = {
  columns: columns('Name, Controller, Revision, Age'),
  cells: (object, now) => {
    const owner = controllerOf(object);
    return [
      object.metadata.name,
      owner ? `${owner.kind.toLowerCase()}.apps/${owner.name}` : '<none>',
      object.revision,
      age(object.metadata.creationTimestamp, now),
    ];
  },
};

export const HPAS: TableShape<Hpa> = {
  columns: columns('Name, Reference, Targets, MinPods, MaxPods, Replicas, Age'),
  cells: (object, now) => {
    const { metadata, spec, status } = object;
    return [
      metadata.name,
      `${spec.scaleTargetRef.kind}/${spec.scaleTargetRef.name}`,
      targets(object),
      String(spec.minReplicas),
      spec.maxReplicas,
      status.currentReplicas ?? 0,
      age(metadata.creationTimestamp, now),
    ];
  },
};

function targets({ spec, status }: Hpa): string {
  const current = (status.currentMetrics ?? []) as {
    resource?: { name: string; current: { averageUtilization?: number } };
  }[];
  return spec.metrics
    .map(({ resource, external }) => {
      if (resource) {
        const found = current.find((each) => each.resource?.name === resource.name);
        const used = found?.resource?.current.averageUtilization;
        return `${resource.name}: ${used === undefined ? '<unknown>' : `${used}%`}/${resource.target.averageUtilization ?? 0}%`;
      }
      return `<unknown>/${external?.target.averageValue ?? ''} (avg)`;
    })
    .join(', ');
}

export const PDBS: TableShape<Pdb> = {
  columns: columns('Name, Min Available, Max Unavailable, Allowed Disruptions, Age', [
    'Allowed Disruptions',
  ]),
  cells: ({ metadata, spec, status }, now) => [
    metadata.name,
    spec.minAvailable === undefined ? 'N/A' : String(spec.minAvailable),
    spec.maxUnavailable === undefined ? 'N/A' : String(spec.maxUnavailable),
    status.disruptionsAllowed,
    age(metadata.creationTimestamp, now),
  ],
};
