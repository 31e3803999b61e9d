import { describe, expect, it } from 'vitest';
import {
  checkRows,
  DOCTOR_NEEDS,
  examine,
  type DoctorFacts,
} from '../../../src/domain/doctor/index.ts';
import { blankAccessEntry } from '../../../src/domain/tables/accessentries.ts';
import { blankAddon } from '../../../src/domain/tables/addons.ts';
import type { TableId, Tables } from '../../../src/domain/tables/index.ts';
import { checks } from '../../../src/domain/tables/checks.ts';
import { insights } from '../../../src/domain/tables/insights.ts';
import { clusterRow, nodeGroupRow, nodeRow, podRow } from '../../support/rows.ts';

const NOW = Date.UTC(2026, 10, 24);
const DAY = 86_400_000;
const well = clusterRow({
  name: 'prod',
  status: 'ACTIVE',
  version: '1.35',
  standardSupportEnd: NOW + 300 * DAY,
  extendedSupportEnd: NOW + 600 * DAY,
  endpointPublic: true,
  publicCidrs: ['203.0.113.0/24'],
  logging: ['audit', 'authenticator'],
});

type Rows = { readonly [T in TableId]?: readonly Tables[T][] };

function examined(rows: Rows = {}, given: Partial<DoctorFacts> = {}) {
  const facts: DoctorFacts = {
    now: NOW,
    cluster: well,
    rows: (table) => rows[table] ?? [],
    unread: () => '',
    ...given,
  };
  const results = examine(facts).map((each) => ({
    ...each,
    found: [...each.findings.map(({ text }) => text), ...each.gaps],
  }));
  return { results, of: (id: string) => results.find((each) => each.id === id) };
}

describe('a cluster that is well', () => {
  it('passes every check, each of which is of another id', () => {
    const { results } = examined();
    expect(results.filter(({ level }) => level !== 'ok')).toEqual([]);
    expect(new Set(results.map(({ id }) => id)).size).toBe(results.length);
  });
});

describe('what could not be read', () => {
  it('is no pass, and says why', () => {
    const { of } = examined({}, { unread: (table) => (table === 'addons' ? 'needs eks:X' : '') });
    expect(of('A2')).toMatchObject({ level: 'unknown', found: ['needs eks:X'], fix: '' });
    expect(of('C3')?.level).toBe('ok');
  });

  it('is all there is to say of a cluster that EKS does not tell of', () => {
    const { of } = examined({}, { cluster: null });
    expect(of('C1')).toMatchObject({ level: 'unknown' });
    expect(of('N9')?.level).toBe('ok');
  });

  it('is among what is asked for', () => {
    const asked = new Set<TableId>();
    const unread = (table: TableId): string => {
      asked.add(table);
      return '';
    };
    examined({}, { unread });
    expect([...asked].filter((table) => !DOCTOR_NEEDS.includes(table))).toEqual([]);
  });
});

describe('a check', () => {
  it.each([
    ['C1', {}, { standardSupportEnd: NOW - DAY }, 'warn', 'prod: version is in extended support'],
    ['C5', {}, { publicCidrs: ['0.0.0.0/0'] }, 'warn', 'it is open to 0.0.0.0/0'],
    ['C6', {}, { logging: ['api', 'audit'] }, 'warn', 'off: authenticator'],
    [
      'C3',
      { insights: [{ ...insights.blank, name: 'skew', status: 'ERROR', reason: 'kubelets' }] },
      {},
      'bad',
      'skew: kubelets',
    ],
    [
      'C10',
      { accessentries: [{ ...blankAccessEntry('arn:x'), origin: 'aws-auth' as const }] },
      {},
      'warn',
      'arn:x',
    ],
    ['N1', { nodes: [nodeRow({ name: 'a', version: 'v1.33.1' })] }, {}, 'warn', 'a is v1.33.1'],
    ['N1', { nodes: [nodeRow({ name: 'a', version: 'v1.36.0' })] }, {}, 'bad', 'a is v1.36.0'],
    [
      'N2',
      { nodegroups: [nodeGroupRow('managed/web', { status: 'DEGRADED' })] },
      {},
      'bad',
      'web: DEGRADED',
    ],
    [
      'N6',
      {
        nodegroups: [nodeGroupRow('managed/web', { desired: 3, max: 3 })],
        pods: [podRow({ name: 'p', phase: 'Pending', node: '' })],
      },
      {},
      'warn',
      'web: 3 of 3',
    ],
    [
      'A3',
      { addons: [{ ...blankAddon('coredns', 'pods'), selfManaged: true, running: ['v1'] }] },
      {},
      'warn',
      'coredns is self-managed, v1',
    ],
    [
      'A4',
      { addons: [{ ...blankAddon('vpc-cni'), version: 'v1', versions: ['v1'], fitsNext: false }] },
      {},
      'warn',
      'vpc-cni v1 does not',
    ],
  ] as const)('%s finds it (%#)', (id, rows, cluster, level, text) => {
    const { of } = examined(rows, { cluster: { ...well, ...cluster } });
    expect(of(id)?.level).toBe(level);
    expect(of(id)?.found.join()).toContain(text);
    expect(of(id)?.fix).not.toBe('');
  });
});

describe('the rows of the checks', () => {
  it('are one for each finding, which leads to what it is about, and one for each check without', () => {
    const nodes = ['a', 'b'].map((name) => nodeRow({ name, version: 'v1.33.1' }));
    const { results } = examined({ nodes }, { unread: (t) => (t === 'addons' ? 'denied' : '') });
    const rows = checkRows(results, checks.blank);
    expect(rows.filter(({ name }) => name === 'N1')).toMatchObject(
      nodes.map(({ uid, name }) => ({
        level: 'warn',
        found: `${name} is v1.33.1, the control plane 1.35`,
        fix: 'update the node groups before the control plane goes on',
        about: { table: 'nodes', uid, name },
      })),
    );
    expect(rows.find(({ name }) => name === 'A2')).toMatchObject({
      level: 'unknown',
      found: 'denied',
    });
    expect(rows.find(({ name }) => name === 'C1')).toMatchObject({ level: 'ok', found: '' });
    expect(new Set(rows.map(({ uid }) => uid)).size).toBe(rows.length);
  });
});
