import { at, objects, text, texts } from '../../../core/json.ts';
import { asRequestError, RequestError } from '../errors.ts';
import type { Transport } from '../transport.ts';
import {
  aggregatedGroups,
  listedOffers,
  type OfferedGroup,
  type OfferedVersion,
} from './offers.ts';

const AGGREGATED = ['v2', 'v2beta1'].map(
  (version) => `application/json;g=apidiscovery.k8s.io;v=${version};as=APIGroupDiscoveryList`,
);
const ACCEPT = [...AGGREGATED, 'application/json'].join(',');

/** How many documents of an old server are asked for at once. */
const AT_ONCE = 6;

/** The documents in which a server says what it offers: of the core group, and of all others. */
export type Root = '/api' | '/apis';

/**
 * Asks a server what it offers. Servers from 1.26 on answer with two documents, and in a line where
 * these have not changed; older ones have one for each version of each group.
 */
export class Documents {
  readonly #transport: Transport;
  readonly #known = new Map<
    Root,
    { readonly etag: string; readonly groups: readonly OfferedGroup[] }
  >();
  /** The server has a document for each version of each group: asking is dear. */
  manifold = false;
  /** Counts the answers that were not the same as before. */
  revision = 0;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /** What is known: the core group, then the others in the server's order. */
  get groups(): readonly OfferedGroup[] {
    return (['/api', '/apis'] as const).flatMap((root) => this.#known.get(root)?.groups ?? []);
  }

  /** Asks for one of the two. @throws RequestError where nothing can be said; what is known stays */
  async ask(root: Root, signal: AbortSignal): Promise<void> {
    const known = this.#known.get(root);
    const request = {
      doing: 'ask for the kinds',
      path: root,
      accept: ACCEPT,
      etag: known?.etag ?? '',
      signal,
    };
    const response = await this.#transport.open(request);
    if (response.statusCode === 304) {
      response.resume();
      return;
    }
    const list = await this.#transport.parsed(request, response);
    this.manifold = at(list, 'kind') !== 'APIGroupDiscoveryList';
    const groups = this.manifold ? await this.#each(list, signal) : aggregatedGroups(list);
    const { etag = '' } = response.headers;
    this.#known.set(root, { etag, groups: withKnown(groups, known?.groups ?? []) });
    this.revision++;
  }

  /** The groups of an old server, by the document of each of their versions. */
  async #each(list: unknown, signal: AbortSignal): Promise<readonly OfferedGroup[]> {
    const named = groupsNamed(list);
    const wanted = named.flatMap(({ group, versions }) =>
      versions.map((version) => ({ group, version })),
    );
    const found = new Map<string, OfferedVersion>();
    const worker = async (): Promise<void> => {
      for (let next = wanted.shift(); next !== undefined; next = wanted.shift()) {
        found.set(`${next.group}/${next.version}`, await this.#version(next, signal));
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
    return named.map(({ group, versions }) => ({
      group,
      versions: versions.flatMap((version) => found.get(`${group}/${version}`) ?? []),
    }));
  }

  async #version(
    { group, version }: { readonly group: string; readonly version: string },
    signal: AbortSignal,
  ): Promise<OfferedVersion> {
    const parts = [group, version].filter(Boolean).map(encodeURIComponent);
    try {
      const list = await this.#transport.json({
        doing: `ask for the kinds of ${[group, version].filter(Boolean).join('/')}`,
        path: [group === '' ? '/api' : '/apis', ...parts].join('/'),
        signal,
      });
      return { version, offers: listedOffers(list), answers: true };
    } catch (thrown) {
      if (signal.aborted) throw thrown;
      const error = asRequestError(thrown, this.#transport.host);
      // Where the API server itself is not to be had, nothing is known of any of them.
      if (error.code === 0 || error.code === 401) throw error;
      return { version, offers: null, answers: false };
    }
  }
}

/** The groups that the old documents name, with their versions, the preferred one first. */
function groupsNamed(list: unknown) {
  switch (at(list, 'kind')) {
    case 'APIVersions':
      return [{ group: '', versions: texts(at(list, 'versions')) }];
    case 'APIGroupList':
      return objects(at(list, 'groups')).map((group) => {
        const preferred = text(at(group, 'preferredVersion', 'version'));
        const versions = objects(group['versions']).map(({ version }) => text(version));
        return {
          group: text(group['name']),
          versions: [...new Set([preferred, ...versions].filter(Boolean))],
        };
      });
    default:
      throw new RequestError(0, 'the server does not say what kinds it has', {
        hint: 'is a proxy in between?',
        reason: 'Malformed',
      });
  }
}

/** The groups; what does not answer offers what it did when it last answered. */
function withKnown(groups: readonly OfferedGroup[], known: readonly OfferedGroup[]) {
  const before = new Map(known.map(({ group, versions }) => [group, versions]));
  return groups.map(({ group, versions }) => ({
    group,
    versions: versions.map((each) => {
      const last = before.get(group)?.find(({ version }) => version === each.version);
      return { ...each, offers: each.offers ?? last?.offers ?? null };
    }),
  }));
}
