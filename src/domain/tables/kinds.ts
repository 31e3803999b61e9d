import { NO_CLUSTER } from '../cluster-key.ts';
import type { KindRow } from '../kinds.ts';
import type { TableDef } from './define.ts';

/** What the API server offers, by its discovery. */
export const kinds: TableDef<KindRow> = {
  source: 'discovery',
  keepsGone: false,
  failsAlone: true,
  blank: {
    uid: '',
    name: '',
    namespace: '',
    created: 0,
    gone: 0,
    cluster: NO_CLUSTER,
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
