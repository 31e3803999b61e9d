import { expect, it } from 'vitest';
import { auditLevel } from '../../../src/core/log-audit.ts';
import { logLevel } from '../../../src/core/log-level.ts';
import { logField, readLogRecord } from '../../../src/core/log-record.ts';

/** As an API server of EKS writes them. */
const event = (change: object = {}): string =>
  JSON.stringify({
    ...{ kind: 'Event', apiVersion: 'audit.k8s.io/v1', level: 'Metadata', auditID: '1-2' },
    ...{ stage: 'ResponseComplete', requestURI: '/api/v1/namespaces/shop/pods/a/eviction' },
    verb: 'create',
    user: { username: 'system:node:ip-10-0-1-2', groups: ['system:nodes', 'x'] },
    sourceIPs: ['10.0.1.2'],
    objectRef: { resource: 'pods', subresource: 'eviction', namespace: 'shop', name: 'a' },
    responseStatus: { metadata: {}, code: 201 },
    requestReceivedTimestamp: '2026-11-24T06:00:00.123456Z',
    ...change,
  });

it('says who asked for what, and what came of it', () => {
  const record = readLogRecord(event());
  expect(record).toMatchObject({
    time: '2026-11-24T06:00:00.123456Z',
    level: 'INFO',
    message: 'create /api/v1/namespaces/shop/pods/a/eviction 201',
  });
  const asked = ['user', 'verb', 'code', 'resource', 'groups'].map(
    (name) => record && logField(record, name),
  );
  expect(asked).toEqual([
    'system:node:ip-10-0-1-2',
    'create',
    '201',
    'pods/eviction',
    'system:nodes,x',
  ]);
});

it.each([
  [{ code: 200 }, 'info'],
  [{ code: 404 }, 'info'],
  [{ metadata: {}, status: 'Failure', details: { kind: 'pods' }, code: 403 }, 'warn'],
  [{ code: 504 }, 'error'],
])('takes %o for %s', (responseStatus, level) => {
  expect(logLevel(event({ responseStatus }))).toBe(level);
  expect(readLogRecord(event({ responseStatus }))?.level).toBe(level.toUpperCase());
});

it('reads whatever stands where it looks', () => {
  const odd = event({
    user: 'x\u001b[2J',
    responseStatus: [],
    objectRef: null,
    verb: 'a\u001b[2J',
  });
  expect(readLogRecord(odd)?.message).not.toContain('\u001b');
  expect(readLogRecord('{"kind":"Event","apiVersion":"v1","message":"m"}')?.message).toBe('m');
  expect(auditLevel('{"kind":"Event","apiVersion":"v1"}')).toBeNull();
});
