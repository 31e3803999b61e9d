import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { KubeTableId } from '../../../../src/domain/tables/index.ts';
import { decoderOf } from '../../../../src/domain/tables/index.ts';

const TABLES: readonly KubeTableId[] = [
  'pods',
  'nodes',
  'deployments',
  'statefulsets',
  'daemonsets',
  'replicasets',
  'jobs',
  'cronjobs',
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
  'deletionTimestamp',
  'lastTransitionTime',
  'finishedAt',
  'firstTimestamp',
  'timestamp',
  'replicas',
  'minReplicas',
  'restartCount',
  'exitCode',
  'count',
  'memory',
  'rollingUpdate',
  'schedule',
  'timeZone',
  'jobTemplate',
  'active',
  'startTime',
  'maxUnavailable',
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

/** What no server writes, and a hostile one might. */
const HOSTILE = [
  '+285000000-01-01T00:00:00Z',
  '285000000-01-01T00:00:00Z',
  '0000-00-00T00:00:00Z',
  '-000001-01-01T00:00:00Z',
  '2026-13-45T99:99:99Z',
  '1',
  'yesterday',
  'NaN',
  '1e999',
  '-1e9',
  '9'.repeat(400),
  '-5%',
  '1e308%',
  '\u0000\u009b31m',
  '\ud800',
  1e308,
  -1e308,
  2 ** 53,
  -(2 ** 63),
  -7,
  0.1,
];

const { value: objects } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'medium', withCrossShrink: true },
    fc.constantFrom(null, true, 0, -1, 1.5, '', '1', '100m', 'x', ...HOSTILE),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...KEYS), tie('value'), { maxKeys: 6 }),
  ),
}));

const LAST_YEAR = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

/** Numbers are numbers, and every moment can be written as a date of four-digit years. */
function checkNumbers(row: object): void {
  for (const [field, value] of Object.entries(row) as [string, unknown][]) {
    if (typeof value === 'number') {
      expect([field, Number.isFinite(value)]).toEqual([field, true]);
      expect([field, value >= 0 || field === 'exitCode']).toEqual([field, true]);
      if (/^(?:created|deleting|at|since|first|last|.*At|last[A-Z].*|readySince)$/.test(field)) {
        expect(value).toBeLessThanOrEqual(LAST_YEAR);
      }
    } else if (typeof value === 'object' && value !== null) checkNumbers(value);
  }
}

describe.each(TABLES)('the decoder of %s', (table) => {
  const decoder = decoderOf(table);

  it('makes a row of anything that JSON can say', () => {
    fc.assert(
      fc.property(objects, (object) => {
        const row = decoder.json(object);
        // Complete: no field is left out, and none is a thing that cannot cross threads.
        expect(Object.values(row)).not.toContain(undefined);
        expect(structuredClone(row)).toEqual(row);
        checkNumbers(row);
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

describe('a time', () => {
  const created = (creationTimestamp: unknown): number =>
    decoderOf('namespaces').json({ metadata: { creationTimestamp } }).created;

  it('is what RFC 3339 says, and nothing else', () => {
    expect(created('2026-01-01T00:00:00Z')).toBe(Date.UTC(2026, 0));
    expect(created('2026-01-01T01:00:00.5+01:00')).toBe(Date.UTC(2026, 0) + 500);
    for (const value of HOSTILE) expect(created(value)).toBe(0);
  });

  it('is none where protobuf says what no date can be', () => {
    // metadata (1): creationTimestamp (8): seconds (1)
    const at = (seconds: bigint): number => {
      const varint: number[] = [];
      for (let rest = BigInt.asUintN(64, seconds); ; rest >>= 7n) {
        varint.push(Number(rest & 127n) | (rest > 127n ? 128 : 0));
        if (rest <= 127n) break;
      }
      const time = [8, ...varint];
      const metadata = [0x42, time.length, ...time];
      return decoderOf('namespaces').protobuf(Uint8Array.of(10, metadata.length, ...metadata))
        .created;
    };
    expect(at(1_767_225_600n)).toBe(Date.UTC(2026, 0));
    for (const seconds of [-62_135_596_800n, -1n, 2n ** 62n, 9n * 10n ** 15n, -(2n ** 63n)]) {
      expect(at(seconds)).toBe(0);
    }
  });
});

describe('a message', () => {
  it('is kept to what people can read', () => {
    const message = 'x'.repeat(10_000_000);
    const row = decoderOf('events').json({ message });
    expect(row.message).toHaveLength(32 * 1024 + 1);
  });
});
