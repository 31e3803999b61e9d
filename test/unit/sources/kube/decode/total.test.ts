import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { KubeTableId } from '../../../../../src/domain/tables.ts';
import { decoderOf } from '../../../../../src/sources/kube/decode/index.ts';

const TABLES: readonly KubeTableId[] = [
  'pods',
  'nodes',
  'deployments',
  'statefulsets',
  'daemonsets',
  'replicasets',
  'services',
  'endpointslices',
  'hpas',
  'events',
  'namespaces',
  'serviceaccounts',
  'podusage',
  'nodeusage',
];

/** Keys that the decoders look at, so that random objects reach deep into them. */
const KEYS = [
  'metadata',
  'spec',
  'status',
  'labels',
  'annotations',
  'ownerReferences',
  'containers',
  'initContainers',
  'containerStatuses',
  'initContainerStatuses',
  'state',
  'lastState',
  'waiting',
  'running',
  'terminated',
  'resources',
  'requests',
  'limits',
  'cpu',
  'conditions',
  'type',
  'reason',
  'name',
  'creationTimestamp',
  'metrics',
  'currentMetrics',
  'resource',
  'target',
  'endpoints',
  'ports',
  'targetPort',
  'ingress',
  'loadBalancer',
  'selector',
  'matchExpressions',
  'template',
  'addresses',
  'usage',
  '__proto__',
  'constructor',
];

const { value: objects } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'medium', withCrossShrink: true },
    fc.constantFrom(null, true, 0, -1, 1.5, '', '1', '100m', 'x'),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...KEYS), tie('value'), { maxKeys: 6 }),
  ),
}));

describe.each(TABLES)('the decoder of %s', (table) => {
  const decoder = decoderOf(table);

  it('makes a row of anything that JSON can say', () => {
    fc.assert(
      fc.property(objects, (object) => {
        const row = decoder.json(object);
        // Complete: no field is left out, and none is a thing that cannot cross threads.
        expect(Object.values(row)).not.toContain(undefined);
        expect(structuredClone(row)).toEqual(row);
      }),
    );
  });

  it('has the same fields for nothing in both encodings', () => {
    expect(decoder.protobuf(new Uint8Array(0))).toEqual(decoder.json({}));
    expect(decoder.json(null)).toEqual(decoder.json({}));
  });

  it('makes a row of bytes or throws an error, and ends', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        try {
          expect(decoder.protobuf(bytes)).toHaveProperty('uid');
        } catch (error) {
          expect(error).toBeInstanceOf(Error);
        }
      }),
    );
  });
});
