/** Who may do what in the shop: as recorded of a real API server, of one age. */
import { decoderOf } from '../../src/domain/tables/index.ts';
import { objectsOf } from '../recorded/fixtures.ts';
import { rowOf } from '../support/rows.ts';
import type { Rows } from './world.ts';

const DAY = 24 * 60 * 60_000;

/** @param now the moment of the frames */
export function accessOf(now: number): Rows {
  const created = now - 20 * DAY;
  const read = <T extends 'roles' | 'rolebindings' | 'clusterroles' | 'clusterrolebindings'>(
    table: T,
  ) => objectsOf(table).map((object) => ({ ...decoderOf(table).json(object), created }));
  const rules = [
    {
      verbs: ['get', 'list', 'watch'],
      apiGroups: [''],
      resources: ['pods', 'services', 'configmaps'],
      ...{ resourceNames: [], nonResourceURLs: [] },
    },
  ];
  return {
    roles: read('roles'),
    rolebindings: read('rolebindings'),
    clusterroles: [
      ...read('clusterroles'),
      rowOf('clusterroles', { name: 'view', created, rules }),
    ],
    clusterrolebindings: read('clusterrolebindings'),
  };
}
