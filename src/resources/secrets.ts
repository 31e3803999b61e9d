import { humanDuration } from '../core/duration.ts';
import type { Cell } from '../core/styled.ts';
import { calmHealth, type Health } from '../domain/health.ts';
import { refOf } from '../domain/ref.ts';
import type { SecretRow } from '../domain/tables/secrets.ts';
import type { Query } from '../ports/query.ts';
import { iso, muted, NONE, status } from './cells.ts';
import { ageColumn, labelsColumn, nameColumn, namespaceColumn, textColumn } from './columns.ts';
import { dataColumns, enterKeys, immutableColumn, keysSection } from './data-keys.ts';
import { defineResource, type Column, type RowContext, type Section } from './define.ts';
import {
  eventsSection,
  identityLines,
  type Line,
  many,
  metadataLines,
  sections,
  when,
} from './describe/common.ts';
import { refersTo, usedBySection, USERS } from './describe/used-by.ts';
import { TO_OWNER } from './links.ts';

const TLS = 'kubernetes.io/tls';
const HELM = 'helm.sh/release.v1';
const DAY = 86_400_000;
/** A certificate that ends sooner than this (ms) needs a look: what renews it has not. */
const SOON = 14 * DAY;

/** A TLS secret is as well as its certificate. */
function health(row: SecretRow, { now }: RowContext): Health {
  const calm = calmHealth(row, now);
  if (calm.level !== 'ok') return calm;
  const { expires, type } = row;
  if (expires === 0) {
    return type === TLS ? { level: 'warn', cause: 'tls.crt is no certificate' } : calm;
  }
  const left = expires - now;
  if (left <= 0) return { level: 'bad', cause: `expired ${humanDuration(-left)} ago` };
  return left < SOON ? { level: 'warn', cause: `expires in ${humanDuration(left)}` } : calm;
}

/** The release that a secret of Helm's keeps, by the labels that Helm sets. */
function releaseOf({ type, labels }: SecretRow): string {
  if (type !== HELM) return '';
  const { name = '?', version = '?', status: state = '' } = labels;
  return [`${name} v${version}`, state].filter(Boolean).join(' ');
}

/** What it is for, where its type or its content tells. */
function purposeOf(row: SecretRow): string {
  const { type, expires, hosts, account } = row;
  const release = releaseOf(row);
  if (release !== '') return `Helm ${release}`;
  if (account !== '') return `token of ${account}`;
  if (expires > 0) return `TLS ${hosts.join(', ')}`.trim();
  if (type === TLS) return 'TLS';
  if (/docker(?:cfg|configjson)$/.test(type)) return 'registry logins';
  return '';
}

/** When the certificate ends, with a mark where that is a problem. */
function expiryCell(row: SecretRow, ctx: RowContext): Cell {
  const { level } = health(row, ctx);
  const left = row.expires - ctx.now;
  const told = left <= 0 ? `${humanDuration(-left)} ago` : `in ${humanDuration(left)}`;
  const word = row.expires === 0 ? 'no certificate' : told;
  if (level === 'warn' || level === 'bad') return status(word, { level, cause: '' });
  return row.expires === 0 ? NONE : muted(word);
}

const columns: readonly Column<SecretRow>[] = [
  namespaceColumn(),
  nameColumn(18, health),
  textColumn(
    {
      id: 'type',
      title: 'TYPE',
      description: 'Its type, which says what keys it has.',
      tier: 1,
      min: 10,
      cut: 'middle',
      cell: ({ type }) => muted(type),
    },
    ({ type }) => type,
  ),
  textColumn(
    {
      id: 'purpose',
      title: 'FOR',
      description:
        'What it is for: the hosts of a certificate, a release of Helm, the account of a token.',
      tier: 0,
      min: 10,
      max: 80,
      grow: 2,
    },
    purposeOf,
  ),
  ...dataColumns<SecretRow>(),
  {
    id: 'expires',
    title: 'EXPIRES',
    description: 'When the certificate in its tls.crt ends; within 14 days it is a problem.',
    tier: 0,
    min: 8,
    max: 16,
    unit: 'time',
    ticking: true,
    sortBy: ({ expires }) => expires || Number.MAX_SAFE_INTEGER,
    value: ({ expires }) => iso(expires),
    cell: expiryCell,
  },
  immutableColumn(),
  ageColumn(),
  labelsColumn(),
];

function certificateSection(row: SecretRow, ctx: RowContext): Section | null {
  const { expires, hosts, issuer } = row;
  const problem = health(row, ctx);
  const said: readonly Line[] =
    problem.cause === '' ? [] : [['Problem', status(problem.cause, problem)]];
  if (expires === 0) return said.length === 0 ? null : { title: 'Certificate', lines: said };
  return {
    title: 'Certificate',
    lines: [
      ...many('Hosts', hosts),
      ['Issued by', issuer],
      ['Expires', when(expires, ctx)],
      ...said,
    ],
  };
}

/** The ingresses whose certificate it is. */
function servedBy({ namespace, name }: SecretRow, query: Query): Section['lines'] {
  if (!query.status('ingresses').synced) return [[['? ingresses', 'muted']]];
  return [...query.rows('ingresses')].flatMap((row) => {
    if (row.gone > 0 || row.namespace !== namespace) return [];
    const own = row.tls.filter(({ secretName }) => secretName === name);
    if (own.length === 0) return [];
    const hosts = own.flatMap((tls) => tls.hosts).join(', ') || 'any host';
    return [[`ingress/${row.name}`, `TLS of ${hosts}`] as const];
  });
}

export const secrets = defineResource({
  id: 'secrets',
  title: 'Secrets',
  singular: 'secret',
  aliases: ['sec'],
  description:
    'Secrets by their keys and sizes, what they are for and when certificates expire; a value is shown only by enter on its key.',
  table: 'secrets',
  scope: 'namespaced',
  columns,
  sort: { column: 'namespace', descending: false },
  health,
  enter: enterKeys<SecretRow>('secretkeys', 'secret', { data: 'base64' }),
  links: { J: TO_OWNER },
  ref: (row) => refOf('secrets', row),
  describe: ({ row, object, events, query, ctx }) =>
    sections(
      {
        title: 'Secret',
        lines: [
          ...identityLines(row, ctx),
          ['Type', row.type],
          ['For', purposeOf(row) || NONE],
          ['Immutable', row.immutable ? 'yes' : 'no'],
          ...metadataLines(object),
        ],
      },
      certificateSection(row, ctx),
      keysSection(row),
      usedBySection(refersTo('secrets', row), query, servedBy(row, query)),
      eventsSection(events, ctx),
    ),
  describeNeeds: [...USERS, 'ingresses'],
  iam: [],
  empty: 'No secrets in this scope',
});
