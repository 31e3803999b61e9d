import { describe, expect, it } from 'vitest';
import { format, type Format } from '../../../src/cli/table.ts';
import { untyped } from '../../../src/ui/resource/row-resource.ts';
import type { BaseRow } from '../../../src/domain/rows.ts';
import { resourceOf } from '../../support/resources.ts';
import { nodeRow, podRow, workloadRow } from '../../support/rows.ts';

const NOW = Date.UTC(2026, 0, 1);

function print(
  as: Format,
  rows: readonly BaseRow[],
  width: number | null = null,
  of = 'pods',
): string {
  const { columns, singular, ref } = untyped(resourceOf(of));
  return format(rows, { format: as, columns, singular, ref, width }, { now: NOW, time: 'age' });
}

const pod = podRow({
  name: 'api-0',
  namespace: 'shop',
  node: 'ip-10-0-3-4.eu-central-1.compute.internal',
  status: 'Running',
  cause: 'a "quoted", one',
  cpu: 0.25,
  memory: null,
});

describe('a table', () => {
  it('is what the pane says, without the signs for the eye', () => {
    const [head = '', line = ''] = print('table', [pod]).split('\n');
    expect(head).toMatch(/^NAMESPACE +NAME +READY +STATUS/);
    expect(line).toMatch(/^shop +api-0 +\d\/\d +Running/);
    expect(line).toContain('250m');
  });

  it('has names whole, for other programs', () => {
    expect(print('table', [pod])).toContain(` ${pod.node} `);
    const fargate = nodeRow({ name: 'fargate-ip-10-0-3-4.eu-central-1.compute.internal' });
    expect(print('table', [fargate], null, 'nodes')).toContain(`\n${fargate.name} `);
  });

  it('is as wide as what it says: one long cause moves its own row only', () => {
    const cause = 'no room '.repeat(40).trim();
    const stuck = podRow({
      ...pod,
      uid: 'b',
      name: 'b',
      status: 'Pending',
      phase: 'Pending',
      cause,
    });
    const [head = '', calm = '', long = ''] = print('table', [pod, stuck]).split('\n');
    expect(long).toContain(cause);
    expect(Math.max(head.length, calm.length)).toBeLessThan(300);
    expect(calm.indexOf('250m')).toBeLessThanOrEqual(head.indexOf('CPU'));
  });

  it.each([80, 120, 200])('fits a terminal of %d columns', (width) => {
    const long = podRow({ ...pod, name: 'a-very-long-name-of-a-pod-'.repeat(3) + 'x2x4z' });
    for (const line of print('table', [long], width).split('\n')) {
      expect(line.length).toBeLessThanOrEqual(width);
    }
    expect(print('table', [long], width)).toContain('x2x4z');
  });
});

it('JSON has raw values by column id, null for what is not known', () => {
  const [row] = JSON.parse(print('json', [pod])) as [Record<string, unknown>];
  expect(row).toMatchObject({ name: 'api-0', namespace: 'shop', cpu: 0.25, memory: null });
});

it('CSV quotes what needs it', () => {
  expect(print('csv', [pod])).toContain('"a ""quoted"", one"');
});

it('nothing that is printed acts on the terminal', () => {
  const evil = { ...pod, name: 'a\x1b[2J', cause: '\x1b]52;c;ZXZpbA==\x07\u202ered\x9b31m' };
  for (const as of ['table', 'wide', 'csv', 'name'] as const) {
    expect(print(as, [evil])).not.toMatch(/[\x1b\x07\x9b\u202e]/);
  }
});

it('names are as kubectl has them', () => {
  expect(print('name', [pod])).toBe('pod/api-0\n');
  expect(print('name', [workloadRow('Deployment', { name: 'api' })], null, 'deployments')).toBe(
    'deployment.apps/api\n',
  );
});
