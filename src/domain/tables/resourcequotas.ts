import { parseQuantity } from '../../core/quantity.ts';
import type { ObjectRow } from '../row.ts';
import { part, parts, quantities, word, words } from '../wire/field.ts';
import { message, type Read } from '../wire/message.ts';
import { objectRow } from '../wire/metadata.ts';
import { WRITTEN_METADATA, writesOf, type Write } from '../wire/writes.ts';
import { objectTable } from './define.ts';

export interface QuotaItem {
  /** `requests.cpu`, `pods`, `count/deployments.apps`. */
  readonly resource: string;
  /** As the API server writes them; empty: not counted yet. */
  readonly used: string;
  readonly hard: string;
  /** Part of it that is used, 1 for all; 0 where nothing is allowed and nothing used. */
  readonly share: number;
}

export interface ResourceQuotaRow extends ObjectRow {
  /** By name of the resource. */
  readonly items: readonly QuotaItem[];
  /** Which pods it counts, in words; empty: all. */
  readonly scopes: string;
  /** Who wrote it last, its status apart; null where nobody is named. */
  readonly written: Write | null;
}

const HARD = quantities(1, null);

/** core/v1 ResourceQuota. */
const RESOURCE_QUOTA = message({
  metadata: part(1, WRITTEN_METADATA),
  spec: part(
    2,
    message({
      hard: HARD,
      scopes: words(2),
      scopeSelector: part(
        3,
        message({
          matchExpressions: parts(
            1,
            message({ scopeName: word(1), operator: word(2), values: words(3) }),
          ),
        }),
      ),
    }),
  ),
  status: part(3, message({ hard: HARD, used: quantities(2, null) })),
});

/** The row of a resource quota. */
function resourceQuotaRow({ metadata, spec, status }: Read<typeof RESOURCE_QUOTA>) {
  const scopes = spec.scopeSelector.matchExpressions.map(({ scopeName, operator, values }) =>
    [scopeName, operator, values.join(',')].filter(Boolean).join(' '),
  );
  const row: ResourceQuotaRow = {
    ...objectRow(metadata),
    items: Object.keys({ ...spec.hard, ...status.hard })
      .sort()
      .map((resource) => {
        const hard = status.hard[resource] ?? spec.hard[resource] ?? '';
        const used = status.used[resource] ?? '';
        return { resource, used, hard, share: shareOf(used, hard) };
      }),
    scopes: [...spec.scopes, ...scopes].join(', '),
    written: writesOf(metadata.managedFields).any,
  };
  return row;
}

function shareOf(used: string, hard: string): number {
  const [part, whole] = [parseQuantity(used) ?? 0, parseQuantity(hard) ?? 0];
  if (part <= 0) return 0;
  return whole > 0 ? part / whole : 1;
}

export const resourcequotas = objectTable({
  kind: {
    group: '',
    version: 'v1',
    resource: 'resourcequotas',
    kind: 'ResourceQuota',
    namespaced: true,
  },
  message: RESOURCE_QUOTA,
  row: resourceQuotaRow,
  keepsGone: false,
});
