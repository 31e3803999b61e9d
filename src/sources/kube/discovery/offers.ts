import { at, objects, text, texts } from '../../../core/json.ts';
import { NO_CLUSTER } from '../../../domain/cluster-key.ts';
import { kindUid, type KindRow } from '../../../domain/kinds.ts';

/** What a server says of a kind in one version. */
export type Offer = Pick<
  KindRow,
  'name' | 'kind' | 'singular' | 'shortNames' | 'categories' | 'namespaced' | 'verbs'
>;

/** One version of a group. */
export interface OfferedVersion {
  readonly version: string;
  /** Null where whoever serves it does not answer, and the server knows of no kinds. */
  readonly offers: readonly Offer[] | null;
  /** Whoever serves it answers. */
  readonly answers: boolean;
}

/** A group with its versions, the preferred one first. */
export interface OfferedGroup {
  /** Empty for the core group. */
  readonly group: string;
  readonly versions: readonly OfferedVersion[];
}

/** The groups of an `APIGroupDiscoveryList`. */
export function aggregatedGroups(list: unknown): readonly OfferedGroup[] {
  return objects(at(list, 'items')).map((item) => ({
    group: text(at(item, 'metadata', 'name')),
    versions: objects(item['versions']).map((version) => {
      const answers = version['freshness'] !== 'Stale';
      const offers = objects(version['resources']).map(aggregatedOffer);
      return {
        version: text(version['version']),
        offers: answers || offers.length > 0 ? offers : null,
        answers,
      };
    }),
  }));
}

function aggregatedOffer(resource: Readonly<Record<string, unknown>>): Offer {
  return {
    name: text(resource['resource']),
    kind: text(at(resource, 'responseKind', 'kind')),
    singular: text(resource['singularResource']),
    namespaced: resource['scope'] === 'Namespaced',
    ...listed(resource),
  };
}

/** The kinds of an `APIResourceList`, which tells of one version; subresources are among them. */
export function listedOffers(list: unknown): readonly Offer[] {
  return objects(at(list, 'resources')).map((resource) => ({
    name: text(resource['name']),
    kind: text(resource['kind']),
    singular: text(resource['singularName']),
    namespaced: resource['namespaced'] === true,
    ...listed(resource),
  }));
}

function listed(resource: Readonly<Record<string, unknown>>) {
  return {
    shortNames: texts(resource['shortNames']),
    categories: texts(resource['categories']),
    verbs: texts(resource['verbs']),
  };
}

/** As they may stand in a path. A subresource has a slash in its name. */
const NAME = /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i;

/** The kinds that can be listed, by uid, each in the first of the versions that has it. */
export function kindRows(groups: readonly OfferedGroup[]): ReadonlyMap<string, KindRow> {
  const rows = new Map<string, KindRow>();
  for (const { group, versions } of groups) {
    for (const { version, offers } of versions) {
      for (const offer of offers ?? []) {
        if (
          !offer.verbs.includes('list') ||
          ![offer.name, version, group || 'core'].every((each) => NAME.test(each))
        )
          continue;
        const uid = kindUid({ group, resource: offer.name });
        const known = rows.get(uid);
        const row = known ?? { ...offer, ...IN_NO_TIME, uid, group, version, versions: [] };
        rows.set(uid, { ...row, versions: [...row.versions, version] });
      }
    }
  }
  return rows;
}

const IN_NO_TIME = { namespace: '', created: 0, gone: 0, cluster: NO_CLUSTER };
