/** Who can, by the roles, and can I, by the server. */
import { afterEach, describe, expect, it } from 'vitest';
import type { AccessRequest, PathRequest } from '../../src/ports/kube.ts';
import { Harness } from './harness.ts';

let h: Harness;
afterEach(async () => h.quit());

const asked: (AccessRequest | PathRequest)[] = [];
const start = async (command: string) => {
  asked.length = 0;
  h = await Harness.start({
    columns: 120,
    rows: 40,
    command,
    kube: {
      can: (request) => {
        asked.push(request);
        const allowed = request.verb === 'get';
        return Promise.resolve({ allowed, reason: allowed ? 'RBAC: allowed by all' : '' });
      },
    },
  });
};

describe('who can', () => {
  it('is answered over what is looked at, and follows the roles', async () => {
    await start('pods');
    await h.press(':', 'who-can get secrets -n shop', 'enter');
    await h.wait(200);
    expect(await h.line('╭─')).toContain('Who can(get secrets in shop)');
    expect(await h.line('group owners')).toContain('everywhere  ClusterRole/everything  owners');
    expect(await h.line('user ann')).toContain('in shop     Role/deployer');
    expect(await h.line('user ann')).toContain('only registry, tls');
    expect(await h.line('EKS access entries')).toBeDefined();
    h.sink('rolebindings')?.relist();
    h.sink('rolebindings')?.synced();
    await h.wait(500);
    expect(await h.line('user ann')).toBeUndefined();
    await h.press('esc');
    // What is looked at stays as wide as it was.
    expect(await h.line('╭─')).toContain('Pods(all)');
  });

  it('is answered for several clusters together', async () => {
    await start('pods @prod-eu,staging');
    await h.press(':', 'who-can delete pods', 'enter');
    await h.wait(200);
    expect(await h.line('prod-eu: Who can delete pods')).toBeDefined();
    expect(await h.line('staging: Who can delete pods')).toBeDefined();
    expect((await h.screen()).match(/Not in roles/g)).toHaveLength(1);
  });
});

describe('can I', () => {
  it('asks the server', async () => {
    await start('pods');
    await h.press(':', 'can-i get pods/log api-0 -n shop', 'enter');
    await h.wait(200);
    const pod = { group: '', resource: 'pods', subresource: 'log', name: 'api-0' };
    expect(asked).toEqual([{ verb: 'get', ...pod, namespace: 'shop' }]);
    expect(await h.line('Answer')).toContain('✓ yes  RBAC: allowed by all');
  });

  it('asks the server of a path', async () => {
    await start('pods');
    await h.press(':', 'can-i post /probe', 'enter');
    await h.wait(200);
    expect(asked).toEqual([{ verb: 'post', path: '/probe' }]);
    expect(await h.line('Answer')).toContain('✗ no');
  });

  it('asks the server of each cluster', async () => {
    await start('pods');
    await h.press(':', 'can-i list pods @prod-eu,staging', 'enter');
    await h.wait(200);
    expect(asked).toHaveLength(2);
    expect(await h.line('staging: Can I list pods')).toBeDefined();
    expect(await h.line('all namespaces together')).toBeDefined();
  });
});
