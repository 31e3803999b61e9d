import type { BaseRow, PodRow } from '../../domain/rows.ts';
import type { ObjectRef } from '../../domain/ref.ts';
import type { TableId } from '../../domain/tables/index.ts';
import type { Rule } from '../../domain/why/finding.ts';
import type { ChartsDef } from '../../ports/charts.ts';
import type { KeptLogsDef } from '../../ports/kept-logs.ts';
import type { Query } from '../../ports/query.ts';
import type {
  AnyResource,
  DescribeInput,
  Link,
  ObjectActions,
  Questions,
  Readings,
  Section,
} from '../../resources/define.ts';
import type { Enter } from '../../resources/enter.ts';
import type { TrendDef } from '../../resources/trend-def.ts';
import type { TableDef } from '../table/def.ts';

/**
 * A resource whose row type the UI does not care about: it only hands rows that came from the
 * resource's table back to the resource's own functions.
 */
export interface RowResource extends TableDef<BaseRow> {
  readonly table: TableId;
  readonly scope: 'namespaced' | 'cluster' | 'region';
  readonly keys?: string;
  readonly only?: (row: BaseRow) => boolean;
  readonly enter?: Enter<BaseRow>;
  readonly objectActions?: ObjectActions<BaseRow>;
  readonly links?: Readonly<Record<string, Link<BaseRow>>>;
  readonly ref?: (row: BaseRow) => ObjectRef;
  readonly why?: Rule<BaseRow>;
  readonly whyGone?: Rule<BaseRow>;
  readonly trend?: TrendDef<BaseRow>;
  readonly addresses?: (row: BaseRow) => readonly string[];
  readonly gaveBack?: (row: BaseRow) => boolean;
  readonly handsOut?: (row: BaseRow, address: string) => boolean;
  readonly pods?: (row: BaseRow, query: Query) => (pod: PodRow) => boolean;
  readonly kept?: KeptLogsDef<BaseRow>;
  readonly charts?: ChartsDef<BaseRow>;
  readonly describeNeeds?: readonly TableId[];
  readonly describeNeedsOf?: (row: BaseRow, query: Query) => readonly TableId[];
  readonly describe: (input: DescribeInput<BaseRow>) => readonly Section[];
  readonly asks?: Questions<BaseRow>;
  readonly reads?: Readings<BaseRow>;
}

/** Forgets the row type, in the one place where that is done. */
export const untyped = (resource: AnyResource): RowResource => resource as unknown as RowResource;
