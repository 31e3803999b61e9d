/** What the kinds of routes of Gateway API have in common: they differ in what their rules match. */
import type { ObjectRow } from '../row.ts';
import { optionalInt, part, parts, text, word, words } from '../wire/field.ts';
import { message, type Message, type Read } from '../wire/message.ts';
import { objectRow } from '../wire/metadata.ts';
import { writerOf, writtenMetadata } from '../wire/writes.ts';
import { type ObjectTable, objectTable } from './define.ts';
import { GATEWAY_API, type Changed, JUDGEMENTS, verdictOf, type Verdict } from './gateway-api.ts';

/** By what the controller of VPC Lattice says the name of the service that it made of a route. */
const LATTICE_NAME = 'application-networking.k8s.aws/lattice-assigned-domain-name';

/** What a route hangs on, and what its controller says of that. */
export interface RouteParent {
  /** `Gateway`, or `Service` in a mesh. */
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  /** The one listener of it that is meant; empty: all. */
  readonly section: string;
  /** The port of the listeners that are meant; null: any. */
  readonly port: number | null;
  /** Whether it takes the route. */
  readonly accepted: Verdict;
  /** Whether all that the route names is there and may be named. */
  readonly resolved: Verdict;
}

/** Where a route sends what one of its rules takes. */
export interface RouteBackend {
  /** What the rule takes: `/api, GET /x`. */
  readonly match: string;
  /** Name and namespace of the service; empty where it is none. */
  readonly service: string;
  readonly namespace: string;
  /** Empty: none is named. */
  readonly port: string;
  /** Its share of the requests relative to the others of the rule; 0: none. */
  readonly weight: number;
  /** What answers where no service does: `ServiceImport/x`, `RequestRedirect`; else empty. */
  readonly resource: string;
}

/** A route of any kind. */
export interface RouteRow extends ObjectRow, Changed {
  /** `HTTPRoute`, `TCPRoute` … */
  readonly routeKind: string;
  /** The version of the API in which the server has it. */
  readonly version: string;
  /** Empty: all that its gateways take. */
  readonly hostnames: readonly string[];
  readonly parents: readonly RouteParent[];
  readonly backends: readonly RouteBackend[];
  /** The name that VPC Lattice gave the service that stands for it; empty: none. */
  readonly latticeName: string;
  // joined
  endpointsReady: number | null;
  endpointsNotReady: number | null;
  /** Which of the services behind it do not exist or have no ready endpoint, in words. */
  trouble: string | null;
  /** Services of other namespaces that no grant there lets it name; null: not known. */
  ungranted: readonly string[] | null;
}

const REF = {
  group: word(1),
  kind: word(2),
  namespace: word(3),
  name: word(4),
  sectionName: word(5),
  port: optionalInt(6),
};
const PARENT = message(REF);
const BACKEND = message({ ...REF, weight: optionalInt(7) });

type Reference = Read<typeof PARENT>;

/** What is declared of a kind of routes. */
interface RouteKind<Match> {
  /** The plural of its kind. */
  readonly resource: string;
  readonly kind: string;
  /** Versions that servers have it in which do not have v1 yet, the newest first. */
  readonly older?: readonly string[];
  /** A condition of a rule: requests that meet one of them are taken. */
  readonly match: Message<Match>;
  readonly matchText: (match: Match) => string;
  /** What a rule without conditions takes. */
  readonly all: string;
}

/** The table of a kind of routes. */
export function routeTable<Match>(declared: RouteKind<Match>): ObjectTable<RouteRow> {
  const { resource, kind, older = [], match, matchText, all } = declared;
  const route = message({
    apiVersion: word(4),
    metadata: part(1, writtenMetadata([LATTICE_NAME])),
    spec: part(
      2,
      message({
        parentRefs: parts(1, PARENT),
        hostnames: words(2),
        rules: parts(
          3,
          message({
            matches: parts(1, match),
            backendRefs: parts(2, BACKEND),
            filters: parts(3, message({ type: text(1) })),
          }),
        ),
      }),
    ),
    status: part(
      3,
      message({
        parents: parts(1, message({ conditions: JUDGEMENTS, parentRef: part(2, PARENT) })),
      }),
    ),
  });

  function routeRow({ apiVersion, metadata: meta, spec, status }: Read<typeof route>): RouteRow {
    const own = meta.namespace;
    const told = new Map(
      status.parents.map(({ parentRef, conditions }) => [keyOf(parentRef, own), conditions]),
    );
    return {
      ...objectRow(meta),
      changed: writerOf(meta.managedFields, 'spec')?.at ?? 0,
      routeKind: kind,
      version: apiVersion.split('/')[1] ?? GATEWAY_API.version,
      hostnames: spec.hostnames,
      parents: spec.parentRefs.map((ref) => {
        const conditions = told.get(keyOf(ref, own)) ?? [];
        return {
          kind: ref.kind || 'Gateway',
          namespace: ref.namespace || own,
          name: ref.name,
          section: ref.sectionName,
          port: ref.port,
          accepted: verdictOf(conditions, 'Accepted', meta.generation),
          resolved: verdictOf(conditions, 'ResolvedRefs', meta.generation),
        };
      }),
      backends: spec.rules.flatMap(({ matches, backendRefs, filters }): RouteBackend[] => {
        const taken = matches.map(matchText).join(', ') || all;
        if (backendRefs.length > 0) return backendRefs.map((ref) => backendOf(ref, taken, own));
        const instead = filters.map(({ type }) => type).join(', ');
        const nowhere = { service: '', namespace: '', port: '', weight: 1 };
        return [{ match: taken, ...nowhere, resource: instead }];
      }),
      latticeName: meta.annotations[LATTICE_NAME] ?? '',
      endpointsReady: null,
      endpointsNotReady: null,
      trouble: null,
      ungranted: null,
    };
  }

  return objectTable({
    kind: { ...GATEWAY_API, older, resource, kind, namespaced: true },
    message: route,
    row: routeRow,
    keepsGone: false,
    optional: true,
  });
}

/** What tells parents of one route apart: the status names them in full, the spec what it must. */
const keyOf = ({ kind, namespace, name, sectionName, port }: Reference, own: string): string =>
  JSON.stringify([kind || 'Gateway', namespace || own, name, sectionName, port]);

function backendOf(
  { group, kind, namespace, name, port, weight }: Read<typeof BACKEND>,
  match: string,
  own: string,
): RouteBackend {
  const isService = group === '' && (kind === '' || kind === 'Service');
  return {
    match,
    service: isService ? name : '',
    namespace: isService ? namespace || own : '',
    port: port === null ? '' : String(port),
    weight: weight ?? 1,
    resource: isService ? '' : `${kind}/${name}`,
  };
}

/** Names and values, as rules ask for them in headers. */
export const HEADERS = parts(3, message({ name: word(1), value: word(2) }));

/** `GET /api where x-canary=yes`: what is asked for, with the headers that must be there. */
export const asked = (
  what: readonly string[],
  headers: readonly { readonly name: string; readonly value: string }[],
): string => {
  const where = headers.map(({ name, value }) => `${name}=${value}`).join(' and ');
  return [...what, where && `where ${where}`].filter((each) => each !== '').join(' ');
};

/** Of kinds whose rules take whatever comes. */
export const NO_MATCH = { match: message({}), matchText: () => '', all: 'all' } as const;
