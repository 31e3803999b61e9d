import { describe, expect, it } from 'vitest';
import type { Query } from '../../../src/ports/query.ts';
import { foundResource } from '../../../src/resources/found.ts';
import { ResourceRegistry } from '../../../src/resources/registry.ts';
import { IDLE } from '../../../src/domain/status.ts';
import { kindRow } from '../../support/rows.ts';
import { resources } from '../../support/resources.ts';

const CLUSTER: Query = {
  get: () => undefined,
  named: () => undefined,
  rows: () => [],
  size: () => 0,
  columns: () => [],
  status: () => IDLE,
};

/** What a name stands for: an id, `id|id` of several, or `?` and what is nearest. */
function meant(name: string, registry = resources, query: Query | null = null): string {
  const found = registry.resolve(name, query);
  switch (found.found) {
    case 'one':
      return found.resource.id;
    case 'several':
      return found.names.join('|');
    case 'none':
      return `?${registry.nearest(name, query) ?? ''}`;
  }
}

describe('a name', () => {
  it.each([
    ['po', 'pods'],
    ['PODS', 'pods'],
    ['no', 'nodes'],
    ['deploy', 'deployments'],
    ['sts', 'statefulsets'],
    ['ev', 'events'],
    ['ns', 'namespaces'],
    ['ng', 'nodegroups'],
    ['deployments.apps', 'deployments'],
    ['deploy.v1.apps', 'deployments'],
    ['Deployment.apps', 'deployments'],
    ['hpa.v2.autoscaling', 'hpas'],
    // Of the core group, which has no name, only the version is written.
    ['pods.v1.', 'pods'],
    ['pods.v1', 'pods'],
  ])('%s is %s', (name, id) => {
    expect(meant(name)).toBe(id);
  });

  it.each(['deployments.batch', 'deploy.v1beta1.apps', 'pods.apps', 'nodegroups.apps', 'pods.v2'])(
    '%s is of a group that is another',
    (name) => {
      expect(meant(name)).toMatch(/^\?/);
    },
  );

  it('that is none has one that is near, of commands too', () => {
    expect(meant('pdos')).toBe('?pods');
    expect(meant('deploymnets')).toBe('?deployments');
    expect(meant('xyzzy')).toBe('?');
    expect(resources.nearest('hlep', null)).toBeNull();
    expect(resources.nearest('hlep', null, ['help'])).toBe('help');
  });
});

describe('kinds that only some clusters have', () => {
  // Two groups have the same plural; one has that of a kind that the program knows, and is it.
  const found = [
    kindRow('widgets', 'example.com', 'Widget'),
    kindRow('widgets', 'other.io', 'Widget'),
    kindRow('gadgets', 'example.com', 'Gadget', { shortNames: ['gt'], categories: ['toys'] }),
    kindRow('pods', 'metrics.k8s.io', 'PodMetrics', { categories: ['toys'] }),
    kindRow('deployments', 'apps', 'Deployment', { categories: ['all'] }),
    kindRow('jobs', 'batch', 'Job', { categories: ['all'] }),
  ].map((kind) => foundResource(kind, []));
  const registry = new ResourceRegistry(resources.all, () => found);
  const on = (name: string): string => meant(name, registry, CLUSTER);

  it('are found on these, and nowhere else, by plural, singular, short name and group', () => {
    expect(on('gadget')).toBe('gadgets.example.com');
    expect(on('GT')).toBe('gadgets.example.com');
    expect(on('gadgets.example.com')).toBe('gadgets.example.com');
    expect(on('gadgets.v1.example.com')).toBe('gadgets.example.com');
    expect(on('gadgets.other.io')).toBe('?gadgets.example.com');
    expect(meant('gadget', registry, null)).toBe('?');
    expect(on('gadgts')).toBe('?gadgets');
  });

  it('are told apart by their group where they share a name', () => {
    expect(on('widgets')).toBe('widgets.example.com|widgets.other.io');
    expect(on('widget.other.io')).toBe('widgets.other.io');
  });

  it('are meant together by a category', () => {
    expect(on('toys')).toBe('gadgets.example.com|pods.metrics.k8s.io');
    // Also those that the program knows itself.
    expect(on('all')).toBe('deployments.apps|jobs.batch');
  });

  it('take no name from what the program knows itself', () => {
    expect(on('pods')).toBe('pods');
    expect(on('pods.metrics.k8s.io')).toBe('pods.metrics.k8s.io');
    expect(on('deployments.apps')).toBe('deployments');
    expect(registry.found(CLUSTER)).not.toContain(found[4]);
  });
});

describe('roles', () => {
  it('are each played by one resource', () => {
    const { home, fleet, namespaces } = resources;
    expect([home.id, fleet.id, namespaces.id]).toEqual(['pods', 'clusters', 'namespaces']);
    const roles = resources.all.flatMap(({ role }) => role ?? []);
    expect(new Set(roles).size).toBe(roles.length);
    expect(() => new ResourceRegistry([]).home).toThrow('no resource is declared as home');
  });
});
