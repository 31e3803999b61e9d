/** What kube-state-metrics tells: objects as they are, and since when. */
import type { PromSource } from '../../prometheus.ts';
import type { EndpointSlice } from '../../world/network-objects.ts';
import { conditionOf, isReady, type Container, type Pod } from '../../world/objects.ts';
import { parseQuantity } from '../../world/quantity.ts';
import type { World } from '../../world/world.ts';
import { madeAt, type SeriesMakers } from './series.ts';

const JOB = { job: 'kube-state-metrics' };
const PHASES = ['Pending', 'Running', 'Succeeded', 'Failed', 'Unknown'];

/** An Endpoints object goes by the name of its service. */
const endpointLabels = ({ metadata }: EndpointSlice): Record<string, string> => ({
  ...{ ...JOB, namespace: metadata.namespace ?? '' },
  endpoint: metadata.labels?.['kubernetes.io/service-name'] ?? '',
});

/** The series of pods, of what services send to, and of nodes. */
export function stateSeries(world: World): SeriesMakers {
  const { store } = world;
  const steady = (value: number): Pick<PromSource, 'kind' | 'read'> => ({
    kind: 'gauge',
    read: () => value,
  });
  const labelsOf = ({ metadata }: Pod): Record<string, string> => ({
    ...{ ...JOB, namespace: metadata.namespace ?? '', pod: metadata.name, uid: metadata.uid },
  });
  const pods = (of: (pod: Pod) => readonly PromSource[]) => (): readonly PromSource[] =>
    store.list('pods').flatMap(of);
  const resources = (which: 'requests' | 'limits') =>
    pods((pod) => pod.spec.containers.flatMap((container) => ofResources(pod, container, which)));
  const ofResources = (
    pod: Pod,
    { name, resources: own }: Container,
    which: 'requests' | 'limits',
  ) =>
    Object.entries(own?.[which] ?? {}).map(([resource, quantity]): PromSource => ({
      labels: {
        ...{ ...labelsOf(pod), container: name, node: pod.spec.nodeName ?? '', resource },
        unit: resource === 'cpu' ? 'core' : 'byte',
      },
      since: madeAt(pod),
      ...steady(parseQuantity(quantity)),
    }));
  return {
    kube_pod_info: pods((pod) => [
      {
        labels: { ...labelsOf(pod), node: pod.spec.nodeName ?? '' },
        ...{ since: madeAt(pod), ...steady(1) },
      },
    ]),
    kube_pod_status_phase: pods((pod) =>
      PHASES.map((phase) => ({
        labels: { ...labelsOf(pod), phase },
        since: madeAt(pod),
        ...steady(pod.status.phase === phase ? 1 : 0),
      })),
    ),
    kube_pod_status_ready: pods((pod) => [
      {
        labels: { ...labelsOf(pod), condition: 'true' },
        ...{ since: madeAt(pod), ...steady(isReady(pod) ? 1 : 0) },
      },
    ]),
    kube_pod_container_resource_requests: resources('requests'),
    kube_pod_container_resource_limits: resources('limits'),
    kube_pod_container_status_restarts_total: pods((pod) =>
      (pod.status.containerStatuses ?? []).map(({ name, restartCount, state }) => {
        const last = Date.parse(state.running?.startedAt ?? '') || 0;
        return {
          labels: { ...labelsOf(pod), container: name },
          since: madeAt(pod),
          kind: 'count',
          // Of those before the last nobody knows when they were.
          read: (at) => (at >= last ? restartCount : Math.max(0, restartCount - 1)),
        };
      }),
    ),
    // Of those that had an address before nothing is known: there were as many as there are.
    kube_endpoint_address: () =>
      store.list('endpointslices').flatMap((slice) =>
        slice.endpoints.flatMap(({ addresses, conditions }) =>
          slice.ports.flatMap(({ name, protocol, port }) =>
            addresses.map((ip): PromSource => ({
              labels: {
                ...{ ...endpointLabels(slice), ip, ready: String(conditions.ready) },
                ...{ port_name: name, port_protocol: protocol, port_number: String(port) },
              },
              since: madeAt(slice),
              ...steady(1),
            })),
          ),
        ),
      ),
    kube_endpoint_info: () =>
      store.list('endpointslices').map((slice) => ({
        labels: endpointLabels(slice),
        since: madeAt(slice),
        ...steady(1),
      })),
    kube_node_status_allocatable: () =>
      store.list('nodes').flatMap((node) =>
        Object.entries(node.status.allocatable).map(([resource, quantity]): PromSource => ({
          labels: { ...JOB, node: node.metadata.name, resource },
          since: madeAt(node),
          ...steady(parseQuantity(quantity)),
        })),
      ),
    kube_node_info: () =>
      store.list('nodes').map((node) => ({
        labels: { ...JOB, node: node.metadata.name },
        since: madeAt(node),
        ...steady(1),
      })),
    kube_node_status_condition: () =>
      store.list('nodes').flatMap((node) => {
        const ready = conditionOf(node.status.conditions, 'Ready')?.status ?? 'Unknown';
        return ['true', 'false', 'unknown'].map((status): PromSource => ({
          labels: { ...JOB, node: node.metadata.name, condition: 'Ready', status },
          since: madeAt(node),
          ...steady(ready.toLowerCase() === status ? 1 : 0),
        }));
      }),
  };
}
