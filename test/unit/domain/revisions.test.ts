import { expect, it } from 'vitest';
import {
  isSameTemplate,
  keptAs,
  keptTemplate,
  templateOf,
  type KeptTemplate,
} from '../../../src/domain/revisions.ts';

const template = (image: string) => ({ spec: { containers: [{ name: 'api', image }] } });

it('reads a replica set, without the label of its own pods', () => {
  const kept = keptTemplate('replicasets', {
    metadata: {
      name: 'api-5d',
      creationTimestamp: '2026-11-29T20:00:00Z',
      annotations: {
        'deployment.kubernetes.io/revision': '3',
        'deployment.kubernetes.io/revision-history': '1',
        'kubernetes.io/change-cause': 'back\u001b[31m',
      },
    },
    spec: {
      template: {
        metadata: { labels: { app: 'api', 'pod-template-hash': '5d' } },
        ...template('api:v1'),
      },
    },
  });
  expect(kept).toMatchObject({ name: 'api-5d', number: 3, past: [1] });
  expect(kept?.template).toEqual({ metadata: { labels: { app: 'api' } }, ...template('api:v1') });
  expect(kept?.cause).not.toContain('\u001b');
});

it('does not count a replica set that has no number', () => {
  expect(keptTemplate('replicasets', { metadata: { name: 'api-5d' } })).toBeNull();
});

it('reads a controller revision, which is a patch', () => {
  const kept = keptTemplate('controllerrevisions', {
    metadata: { name: 'db-6f' },
    revision: 2,
    data: { spec: { template: { $patch: 'replace', ...template('db:v2') } } },
  });
  expect(kept).toMatchObject({ name: 'db-6f', number: 2, past: [], template: template('db:v2') });
});

it('finds a revision by the number that it has or had, or by its name', () => {
  const kept = (name: string, number: number, past: readonly number[] = []): KeptTemplate => ({
    ...{ name, number, past },
    ...{ created: 0, cause: '', template: {} },
  });
  const all = [kept('api-a', 3, [1]), kept('api-b', 2)];
  expect(keptAs(all, '1')?.name).toBe('api-a');
  expect(keptAs(all, '2')?.name).toBe('api-b');
  expect(keptAs(all, 'api-b')?.name).toBe('api-b');
  expect(keptAs(all, '7')).toBeUndefined();
});

it('reads what is null as not there: newer servers do not write it', () => {
  const metadata = { labels: { app: 'db' } };
  const spec = { template: { metadata: { creationTimestamp: null, ...metadata } } };
  const kept = keptTemplate('controllerrevisions', { metadata: { name: 'db-6f' }, data: { spec } });
  expect(kept?.template).toEqual({ metadata });
  expect(templateOf({ spec })).toEqual({ metadata });
});

it('compares quantities by their value where a deployment does, and nothing else', () => {
  const template = (memory: string, size: string) => ({
    metadata: { labels: { app: 'api', size } },
    spec: {
      containers: [{ name: 'api', resources: { limits: { memory } } }],
      volumes: [{ name: 'tmp', emptyDir: { sizeLimit: memory } }],
      overhead: { 'example.com/memory': memory },
    },
  });
  const [words, digits] = [template('1Gi', '1Gi'), template('1073741824', '1Gi')];
  expect(isSameTemplate('replicasets', words, digits)).toBe(true);
  expect(isSameTemplate('replicasets', words, template('2Gi', '1Gi'))).toBe(false);
  expect(isSameTemplate('replicasets', words, template('1Gi', '1073741824'))).toBe(false);
  // A stateful set or daemon set rolls out what is written in another way.
  expect(isSameTemplate('controllerrevisions', words, digits)).toBe(false);
});
