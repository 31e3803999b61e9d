import type {
  Endpoint,
  EndpointAddress,
  Endpoints,
  EndpointSlice,
} from '../world/network-objects.ts';
import { omit } from '../world/omit.ts';
import type { World } from '../world/world.ts';
import { SLICES_BY } from './endpoints.ts';

/** More addresses of a service are left out, and the object says so. */
const MOST = 1_000;

/** Keeps the Endpoints of every service whose slices are made of its pods, as clients of old read them. */
export function startLegacyEndpoints(world: World): void {
  const { store } = world;
  store.subscribe('endpointslices', ({ type, object }) => {
    const { labels = {}, namespace = '' } = object.metadata;
    const name = labels['kubernetes.io/service-name'];
    if (name === undefined || labels['endpointslice.kubernetes.io/managed-by'] !== SLICES_BY)
      return;
    const before = store.get('endpoints', namespace, name);
    if (type === 'DELETED') {
      if (before) store.remove('endpoints', namespace, name);
      return;
    }
    const { metadata, subsets } = endpointsOf(object, name);
    if (before)
      store.update('endpoints', {
        ...before,
        metadata: { ...before.metadata, ...metadata },
        subsets,
      });
    else store.create('endpoints', { metadata, subsets });
  });
}

type EndpointsMetadata = Pick<
  Endpoints['metadata'],
  'name' | 'namespace' | 'labels' | 'annotations'
>;

const addressOf = ({ addresses, nodeName, targetRef }: Endpoint): EndpointAddress => ({
  ip: addresses[0] ?? '',
  nodeName,
  targetRef,
});

function endpointsOf(
  { metadata, endpoints, ports }: EndpointSlice,
  name: string,
): Pick<Endpoints, 'subsets'> & { readonly metadata: EndpointsMetadata } {
  const known = endpoints.filter(({ conditions: { ready, terminating } }) => ready || !terminating);
  const told = known.slice(0, MOST);
  const addresses = told.filter(({ conditions }) => conditions.ready).map(addressOf);
  const notReadyAddresses = told.filter(({ conditions }) => !conditions.ready).map(addressOf);
  const labels = omit(
    metadata.labels ?? {},
    'endpointslice.kubernetes.io/managed-by',
    'kubernetes.io/service-name',
  );
  return {
    metadata: {
      name,
      namespace: metadata.namespace ?? '',
      labels: {
        ...labels,
        'endpoints.kubernetes.io/managed-by': 'endpoint-controller',
      },
      annotations: {
        ...metadata.annotations,
        ...(known.length > MOST && { 'endpoints.kubernetes.io/over-capacity': 'truncated' }),
      },
    },
    subsets:
      told.length === 0
        ? []
        : [
            {
              ...(addresses.length > 0 && { addresses }),
              ...(notReadyAddresses.length > 0 && { notReadyAddresses }),
              ports: ports.map(({ name: port, ...rest }) =>
                port ? { name: port, ...rest } : rest,
              ),
            },
          ],
  };
}
