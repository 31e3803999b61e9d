import { NO_ROW } from '../row.ts';
import type { KindRow } from '../kinds.ts';
import type { TableDef } from './define.ts';

/** What the API server offers, by its discovery. */
export const kinds: TableDef<KindRow> = {
  source: 'discovery',
  keepsGone: false,
  failsAlone: true,
  blank: {
    ...NO_ROW,
    group: '',
    version: '',
    versions: [],
    kind: '',
    singular: '',
    shortNames: [],
    categories: [],
    namespaced: false,
    verbs: [],
  },
};
