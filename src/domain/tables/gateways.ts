import type { TargetsTold } from '../balancer-targets.ts';
import type { ObjectRow } from '../row.ts';
import { int, optionalCount, part, parts, text, word } from '../wire/field.ts';
import { message, type Read } from '../wire/message.ts';
import { objectRow } from '../wire/metadata.ts';
import { WRITTEN_METADATA, writerOf } from '../wire/writes.ts';
import { objectTable } from './define.ts';
import {
  GATEWAY_API,
  JUDGEMENTS,
  type Changed,
  verdictOf,
  wordsOf,
  type Verdict,
} from './gateway-api.ts';

/** Where a gateway takes requests. */
export interface GatewayListener {
  readonly name: string;
  /** e.g. `HTTPS`. */
  readonly protocol: string;
  readonly port: number;
  /** Empty: any. */
  readonly host: string;
  /** Routes that are attached to it; null before its controller has counted. */
  readonly routes: number | null;
  /** What is wrong with it, in its controller's words; empty: nothing. */
  readonly trouble: string;
}

export interface GatewayRow extends ObjectRow, Changed {
  readonly className: string;
  readonly listeners: readonly GatewayListener[];
  /** Host names or addresses that lead to it, joined by commas; empty: none yet. */
  readonly address: string;
  /** Whether its controller takes it as it is written. */
  readonly accepted: Verdict;
  /** Whether what is behind it is set up. */
  readonly programmed: Verdict;
  // joined
  /** Who is to make something of it, by its class; empty: not known. */
  controller: string;
  /** How the targets of its load balancer do; null where that is not known. */
  targets: TargetsTold | null;
  /** Names of Route 53 that lead to its load balancer; null: not known. */
  names: readonly string[] | null;
}

const ADDRESSES = parts(2, message({ type: word(1), value: text(2) }));

/** gateway.networking.k8s.io/v1 Gateway. */
const GATEWAY = message({
  metadata: part(1, WRITTEN_METADATA),
  spec: part(
    2,
    message({
      gatewayClassName: word(1),
      listeners: parts(
        2,
        message({ name: word(1), hostname: word(2), port: int(3), protocol: word(4) }),
      ),
    }),
  ),
  status: part(
    3,
    message({
      conditions: JUDGEMENTS,
      addresses: ADDRESSES,
      listeners: parts(
        3,
        message({ conditions: JUDGEMENTS, name: word(2), attachedRoutes: optionalCount(3) }),
      ),
    }),
  ),
});

/** Conditions of a listener that say what is wrong when they are not well, the most telling first. */
const LISTENER_CONDITIONS = [
  ['Conflicted', 'True'],
  ['ResolvedRefs', 'False'],
  ['Accepted', 'False'],
  ['Programmed', 'False'],
] as const;

/** What is wrong with a listener of a gateway as it is now; what was wrong before may be mended. */
function troubleOf(conditions: Parameters<typeof verdictOf>[0], generation: number): string {
  const found = LISTENER_CONDITIONS.map(([type, status]) => {
    const verdict = verdictOf(conditions, type, generation);
    return verdict.status === status ? wordsOf(verdict) || `${type} is ${status}` : '';
  });
  return found.find((words) => words !== '') ?? '';
}

/** The row of a gateway. */
function gatewayRow({ metadata, spec, status }: Read<typeof GATEWAY>): GatewayRow {
  const told = new Map(status.listeners.map((each) => [each.name, each]));
  const addresses = status.addresses.map(({ value }) => value).filter((value) => value !== '');
  return {
    ...objectRow(metadata),
    changed: writerOf(metadata.managedFields, 'spec')?.at ?? 0,
    className: spec.gatewayClassName,
    listeners: spec.listeners.map(({ name, hostname, port, protocol }) => ({
      name,
      protocol,
      port,
      host: hostname,
      routes: told.get(name)?.attachedRoutes ?? null,
      trouble: troubleOf(told.get(name)?.conditions ?? [], metadata.generation),
    })),
    address: [...new Set(addresses)].join(','),
    accepted: verdictOf(status.conditions, 'Accepted', metadata.generation),
    programmed: verdictOf(status.conditions, 'Programmed', metadata.generation),
    controller: '',
    targets: null,
    names: null,
  };
}

export const gateways = objectTable({
  kind: { ...GATEWAY_API, resource: 'gateways', kind: 'Gateway', namespaced: true },
  message: GATEWAY,
  row: gatewayRow,
  keepsGone: false,
  optional: true,
});
