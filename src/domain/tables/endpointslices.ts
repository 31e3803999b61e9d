import type { ObjectRow } from '../row.ts';
import { bool, int, optionalBool, part, parts, text, word, words } from '../wire/field.ts';
import { intern } from '../wire/intern.ts';
import { message, type Read } from '../wire/message.ts';
import { METADATA, objectRow } from '../wire/metadata.ts';
import { objectTable } from './define.ts';

export interface EndpointSliceRow extends ObjectRow {
  /** Of its label; empty where a slice is made by hand. */
  readonly service: string;
  /** `IPv4`, `IPv6` or `FQDN`. */
  readonly addressType: string;
  /** e.g. `http:8080/TCP`, `8080/TCP`. */
  readonly ports: readonly string[];
  /** What its ports are called, as those of the service are; empty where one has no name. */
  readonly portNames: readonly string[];
  /**
   * What its endpoints lead to, each once: an object's kind and name, else an address. Several
   * slices (one for each address family, say) may lead to the same.
   */
  readonly ready: readonly string[];
  /** Those that are not ready and not on their way out. */
  readonly notReady: readonly string[];
}

/** discovery.k8s.io/v1 EndpointSlice. */
const ENDPOINT_SLICE = message({
  metadata: part(1, METADATA),
  endpoints: parts(
    2,
    message({
      addresses: words(1),
      conditions: part(2, message({ ready: optionalBool(1), terminating: bool(3) })),
      targetRef: part(4, message({ kind: word(1), namespace: word(2), name: text(3) })),
    }),
  ),
  ports: parts(3, message({ name: word(1), protocol: word(2), port: int(3) })),
  addressType: word(4),
});

type Slice = Read<typeof ENDPOINT_SLICE>;

/** The row of an endpoint slice. */
function endpointSliceRow(slice: Slice): EndpointSliceRow {
  const { metadata, endpoints } = slice;
  const ready = new Set<string>();
  const notReady = new Set<string>();
  for (const endpoint of endpoints) {
    const { conditions } = endpoint;
    // The API says to take an endpoint that does not tell for ready.
    if (conditions.ready !== false) ready.add(targetOf(endpoint));
    else if (!conditions.terminating) notReady.add(targetOf(endpoint));
  }
  return {
    ...objectRow(metadata),
    service: metadata.labels['kubernetes.io/service-name'] ?? '',
    addressType: slice.addressType,
    ports: slice.ports.map(({ name, port, protocol }) =>
      intern(`${name && `${name}:`}${port}/${protocol || 'TCP'}`),
    ),
    portNames: slice.ports.map(({ name }) => name),
    ready: [...ready],
    notReady: [...notReady],
  };
}

/** The addresses of one endpoint lead to the same. */
function targetOf({ targetRef, addresses }: Slice['endpoints'][number]): string {
  const { kind, namespace, name } = targetRef;
  return name === '' ? (addresses[0] ?? '') : `${kind}/${namespace}/${name}`;
}

export const endpointslices = objectTable({
  kind: {
    group: 'discovery.k8s.io',
    version: 'v1',
    resource: 'endpointslices',
    kind: 'EndpointSlice',
    namespaced: true,
  },
  message: ENDPOINT_SLICE,
  row: endpointSliceRow,
  keepsGone: false,
});
