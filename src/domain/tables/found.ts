/** Tables of kinds that no file declares: an API server's discovery finds them. */
import type { FoundRow, KindRow } from '../kinds.ts';
import { metadata, objectRow } from '../wire/metadata.ts';
import type { TableDef } from './define.ts';

/** The id of such a table: `kind:nodepools.karpenter.sh`. */
export type FoundTableId = `kind:${string}`;

/** The table of a kind that was found. */
export const foundTable = ({ uid }: Pick<KindRow, 'uid'>): FoundTableId => `kind:${uid}`;

/** The uid of the kind behind such a table, in the table `kinds`. */
export const kindUidOf = (table: FoundTableId): string => table.slice('kind:'.length);

/** What keys and actions know these tables by, all of them alike. */
export const FOUND_KEYS = 'found';

/** What holds for all of them. */
export const FOUND: TableDef<FoundRow> = {
  source: 'found',
  keepsGone: true,
  failsAlone: true,
  blank: {
    ...objectRow(metadata().empty),
    kind: { group: '', version: '', resource: '', kind: '', namespaced: false },
    cells: [],
  },
};
