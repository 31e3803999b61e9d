import type { EndpointSliceRow } from '../../../domain/rows.ts';
import { bool, optionalBool, part, parts, text, word, words } from './field.ts';
import { message, type Read } from './message.ts';
import { METADATA, objectRow } from './meta.ts';

/** discovery.k8s.io/v1 EndpointSlice. */
export const ENDPOINT_SLICE = message({
  metadata: part(1, METADATA),
  endpoints: parts(
    2,
    message({
      addresses: words(1),
      conditions: part(2, message({ ready: optionalBool(1), terminating: bool(3) })),
      targetRef: part(4, message({ kind: word(1), namespace: word(2), name: text(3) })),
    }),
  ),
});

type Slice = Read<typeof ENDPOINT_SLICE>;

/** The row of an endpoint slice. */
export function endpointSliceRow(slice: Slice): EndpointSliceRow {
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
    ready: [...ready],
    notReady: [...notReady],
  };
}

/** The addresses of one endpoint lead to the same. */
function targetOf({ targetRef, addresses }: Slice['endpoints'][number]): string {
  const { kind, namespace, name } = targetRef;
  return name === '' ? (addresses[0] ?? '') : `${kind}/${namespace}/${name}`;
}
