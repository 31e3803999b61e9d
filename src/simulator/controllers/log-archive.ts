import type { LogGroup, LogStream } from '../log-group.ts';
import { runsOf } from '../logs/container-runs.ts';
import { streamOf } from '../logs/log-stream.ts';
import { RunLog } from '../logs/run.ts';
import type { Run } from '../logs/style.ts';
import type { Pod } from '../world/objects.ts';
import type { World } from '../world/world.ts';

/** Pods that are gone whose logs are still there. */
const MOST_GONE = 500;
const RETENTION_DAYS = 14;

/** A pod that is gone, with what its containers were. */
interface GonePod {
  readonly pod: Pod;
  readonly runs: readonly Run[];
}

/** The agent that ships the logs of its node. */
const SHIPPER = 'fluent-bit';

/**
 * Keeps in CloudWatch what containers write, as the agent on each node sends it there, so that the
 * logs of pods that are gone can still be read. Where no such agent runs there is no log group.
 */
export function startLogArchive(world: World): () => readonly LogGroup[] {
  const { store, clock, cluster } = world;
  const gone: GonePod[] = [];
  store.subscribe('pods', ({ type, object: pod }) => {
    if (type !== 'DELETED' || !isShipped(pod)) return;
    const end = clock.date();
    const runs = runsOf(world, pod).map((run) => ({ ...run, endedAt: run.endedAt ?? end }));
    gone.push({ pod, runs });
    if (gone.length > MOST_GONE) gone.shift();
  });

  function streams(): readonly LogStream[] {
    const here = [...store.values('pods')].filter(isShipped);
    return [...gone, ...here.map((pod) => ({ pod, runs: runsOf(world, pod) }))].flatMap(
      ({ pod, runs }) => runs.map((run) => shipped(pod, run)),
    );
  }

  return () => {
    const agents = store
      .list('daemonsets')
      .filter(({ metadata }) => metadata.labels?.['app.kubernetes.io/name'] === SHIPPER);
    const [agent] = agents;
    if (agent === undefined) return [];
    return [
      {
        name: `/aws/containerinsights/${cluster.name}/application`,
        createdAt: Date.parse(agent.metadata.creationTimestamp),
        retentionDays: RETENTION_DAYS,
        streams,
      },
    ];
  };
}

/** The agent is a pod of its node: where none can be, nothing is sent. */
const isShipped = ({ spec }: Pod): boolean =>
  (spec.nodeName ?? '') !== '' && spec.schedulerName !== 'fargate-scheduler';

/** As Fluent Bit with its filter for Kubernetes sends a line. */
function shipped({ metadata, spec }: Pod, run: Run): LogStream {
  const { namespace = '', name, uid } = metadata;
  const { nodeName = '' } = spec;
  const id = run.id.replace(/^containerd:\/\//, '');
  const image = [...spec.containers, ...(spec.initContainers ?? [])].find(
    (each) => each.name === run.app,
  )?.image;
  const kubernetes = {
    pod_name: name,
    namespace_name: namespace,
    pod_id: uid,
    host: nodeName,
    container_name: run.app,
    docker_id: id,
    container_image: image,
  };
  const path = `var.log.containers.${name}_${namespace}_${run.app}-${id}.log`;
  return streamOf(`${nodeName}-application.${path}`, new RunLog(run), (log, at) => {
    const time = `${new Date(at).toISOString().slice(0, 23)}000000Z`;
    return JSON.stringify({ time, stream: 'stdout', _p: 'F', log, kubernetes });
  });
}
