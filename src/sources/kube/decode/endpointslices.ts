import type { EndpointSliceRow } from '../../../domain/rows.ts';
import { optionalBool, part, parts, text, word } from './field.ts';
import { message, type Read } from './message.ts';
import { METADATA, objectRow } from './meta.ts';

/** discovery.k8s.io/v1 EndpointSlice. */
export const ENDPOINT_SLICE = message({
  metadata: part(1, METADATA),
  endpoints: parts(
    2,
    message({
      conditions: part(2, message({ ready: optionalBool(1) })),
      targetRef: part(4, message({ kind: word(1), name: text(3) })),
    }),
  ),
});

/** The row of an endpoint slice. */
export function endpointSliceRow(slice: Read<typeof ENDPOINT_SLICE>): EndpointSliceRow {
  const { metadata, endpoints } = slice;
  // The API says to take an endpoint that does not tell for ready.
  const ready = endpoints.filter(({ conditions }) => conditions.ready !== false).length;
  return {
    ...objectRow(metadata),
    service: metadata.labels['kubernetes.io/service-name'] ?? '',
    ready,
    notReady: endpoints.length - ready,
    pods: endpoints
      .filter(({ targetRef }) => targetRef.kind === 'Pod')
      .map((e) => e.targetRef.name),
  };
}
