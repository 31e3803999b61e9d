/** What people paste elsewhere is what `c` offers, whatever the column is called. */
import { describe, expect, it } from 'vitest';
import { arnKey } from '../../src/domain/cluster-key.ts';
import type { BaseRow } from '../../src/domain/rows.ts';
import type { Column } from '../../src/resources/define.ts';
import { RESOURCES } from '../../src/resources/index.ts';
import { rowCopies } from '../../src/ui/resource/copying.ts';
import {
  clusterRow,
  container,
  nodeGroupRow,
  nodeRow,
  podRow,
  serviceAccountRow,
  serviceRow,
  workloadRow,
} from '../support/rows.ts';
import { resourceOf } from '../support/resources.ts';
import { generic, MINIMAL, recordedRows } from './sample-rows.ts';

const ARN = 'arn:aws:iam::123456789012:role/web';
const DNS = 'k8s-shop-api-1.elb.eu-central-1.amazonaws.com';
const IMAGE = 'public.ecr.aws/shop/api:v12';
const context = { now: Date.UTC(2026, 10, 24), time: 'age' } as const;

/** Rows that have what AWS and no recording tells of. */
const RICH: Readonly<Record<string, BaseRow>> = {
  clusters: {
    ...clusterRow({ name: 'prod', endpoint: 'https://0A1B.gr7.eu-central-1.eks.amazonaws.com' }),
    ...{ id: arnKey('arn:aws:eks:eu-central-1:123456789012:cluster/prod') },
  },
  nodegroups: nodeGroupRow('managed/web', { roleArn: ARN }),
  nodes: nodeRow({
    ...{ name: 'ip-10-0-1-2.eu-central-1.compute.internal', instanceId: 'i-0123456789abcdef0' },
    ...{ internalIP: '10.0.1.2', externalIP: '18.1.2.3' },
  }),
  pods: podRow({
    name: 'api-1',
    ip: '10.0.3.17',
    role: ARN,
    node: 'ip-10-0-1-2.eu-central-1.compute.internal',
    containers: [container({ name: 'api', image: IMAGE })],
  }),
  deployments: workloadRow('Deployment', {
    name: 'api',
    containers: [{ name: 'api', image: IMAGE }] as never,
  }),
  services: serviceRow({ name: 'api', clusterIP: '172.20.1.2', external: DNS }),
  serviceaccounts: serviceAccountRow({ name: 'api', role: ARN }),
};

const PASTED: readonly RegExp[] = [
  /^\d+(\.\d+){3}$/,
  /^arn:/,
  /^i-[0-9a-f]+$/,
  /^https:/,
  /\.(amazonaws\.com|compute\.internal)$/,
  /^[\w.-]+(\/[\w.-]+)+[:@]/,
];

/** Columns with such a value that `c` does not offer. */
function silent(columns: readonly Column<never>[], rows: readonly BaseRow[]): readonly string[] {
  const told = columns.filter(({ id, copies, value }) => {
    if (id === 'name' || copies !== undefined) return false;
    return rows.some((row) => {
      const text = value(row as never, context);
      // The name is offered anyway.
      return (
        typeof text === 'string' && text !== row.name && PASTED.some((form) => form.test(text))
      );
    });
  });
  return told.map(({ id }) => id);
}

describe.each(RESOURCES.map(generic))('$id', (def) => {
  const rows = [MINIMAL[def.id], RICH[def.id], ...recordedRows(def.table)].filter(
    (row) => row !== undefined,
  );

  it('offers addresses, ids and images', () => {
    expect(silent(def.columns, rows)).toEqual([]);
    if (def.enter?.is !== 'parts') return;
    const { parts } = def.enter;
    const query = { get: () => undefined } as never;
    const all = rows.flatMap((row) => parts.rows({ row: row as never, object: null, query }));
    expect(silent(parts.columns, all)).toEqual([]);
  });

  it('offers each under a word of its own', () => {
    const words = def.columns.flatMap(({ copies }) => copies ?? []);
    expect(new Set(['name', 'row', ...words]).size).toBe(words.length + 2);
  });
});

it('is a line for each row that has one', () => {
  const { columns } = generic(resourceOf('nodes'));
  const targets = [
    nodeRow({ name: 'a', internalIP: '10.0.1.2' }),
    nodeRow({ name: 'b', internalIP: '' }),
    nodeRow({ name: 'c', internalIP: '10.0.1.3' }),
  ];
  const choices = rowCopies(columns as readonly Column<BaseRow>[], { targets, context });
  expect(choices[0]).toEqual({ label: 'name', text: 'a\nb\nc' });
  expect(choices).toContainEqual({ label: 'internal IP', text: '10.0.1.2\n10.0.1.3' });
  expect(choices.map(({ label }) => label)).not.toContain('external IP');
  expect(choices.at(-1)?.text.split('\n')).toHaveLength(3);
});
