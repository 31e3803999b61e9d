/** What EKS tells CloudWatch of a control plane, by itself and for nothing (AWS/EKS). */
import type { MetricSubject } from '../metric.ts';
import type { World } from '../world/world.ts';
import type { Gauges } from './gauges.ts';
import { busyness, happens } from './wave.ts';

/** Versions from this minor one on have metrics. */
const FROM_MINOR = 28;
const MIB = 2 ** 20;

/** The metrics of a control plane; of an old version there are none. */
export function controlPlaneMetrics(world: World, gauges: Gauges): readonly MetricSubject[] {
  const { cluster, store } = world;
  if (Number(cluster.version.split('.')[1]) < FROM_MINOR) return [];
  const { name } = cluster;
  const pods = store.count('pods');
  /** Requests in a minute: each node and each pod brings some along. */
  const perMinute = 60 * (4 + 0.9 * store.count('nodes') + 0.05 * pods);
  const requests = (at: number): number => Math.round(perMinute * busyness(name, at, 0.15));
  const share = (of: string, part: number) => (at: number) =>
    Math.round(requests(at) * part * busyness(`${name}/${of}`, at, 0.3));
  const seconds = (verb: string, usual: number) => (at: number) => {
    const spike = happens(`${name}/${verb}/slow`, at, 0.02) ? 6 : 1;
    return usual * busyness(`${name}/${verb}`, at, 0.1) * spike;
  };
  const waiting = (at: number): number => gauges.at('unscheduled', at) ?? 0;
  return [
    {
      namespace: 'AWS/EKS',
      dimensions: { ClusterName: name },
      resolution: 60,
      since: cluster.createdAt,
      until: null,
      figures: {
        apiserver_request_total: requests,
        apiserver_request_total_4XX: share('4xx', 0.012),
        apiserver_request_total_5XX: (at) =>
          happens(`${name}/5xx`, at, 0.04) ? Math.ceil(requests(at) * 0.002) : 0,
        apiserver_request_total_429: (at) => (happens(`${name}/429`, at, 0.01) ? 3 : 0),
        apiserver_request_duration_seconds_GET_P99: seconds('get', 0.022),
        apiserver_request_duration_seconds_LIST_P99: seconds('list', 0.09 + pods / 50_000),
        apiserver_request_duration_seconds_POST_P99: seconds('post', 0.041),
        apiserver_request_duration_seconds_PUT_P99: seconds('put', 0.028),
        apiserver_request_duration_seconds_PATCH_P99: seconds('patch', 0.035),
        apiserver_request_duration_seconds_DELETE_P99: seconds('delete', 0.03),
        apiserver_current_inflight_requests_MUTATING: (at) =>
          Math.round(2 * busyness(`${name}/mutating`, at, 0.4)),
        apiserver_current_inflight_requests_READONLY: (at) =>
          Math.round((3 + perMinute / 400) * busyness(`${name}/readonly`, at, 0.3)),
        apiserver_flowcontrol_current_executing_seats: (at) =>
          Math.round((4 + perMinute / 400) * busyness(`${name}/seats`, at, 0.4)),
        apiserver_storage_size_bytes: (at) =>
          Math.round((48 + pods * 0.12) * MIB * busyness(`${name}/etcd`, at, 0.02)),
        etcd_mvcc_db_total_size_in_use_in_bytes: (at) =>
          Math.round((31 + pods * 0.08) * MIB * busyness(`${name}/etcd`, at, 0.05)),
        scheduler_pending_pods: waiting,
        scheduler_pending_pods_ACTIVEQ: (at) => (happens(`${name}/active`, at, 0.03) ? 1 : 0),
        scheduler_pending_pods_BACKOFF: (at) => (happens(`${name}/backoff`, at, 0.02) ? 1 : 0),
        scheduler_pending_pods_UNSCHEDULABLE: waiting,
        scheduler_pending_pods_GATED: () => 0,
        scheduler_schedule_attempts_total: share('attempts', 0.004),
        scheduler_schedule_attempts_SCHEDULED: share('attempts', 0.004),
        scheduler_schedule_attempts_UNSCHEDULABLE: (at) => waiting(at) * 2,
        scheduler_schedule_attempts_ERROR: () => 0,
        apiserver_admission_webhook_request_total: share('webhooks', 0.05),
        apiserver_admission_webhook_rejection_count: (at) =>
          happens(`${name}/rejected`, at, 0.05) ? 1 : 0,
      },
    },
  ];
}
