import type { ObjectRow } from '../row.ts';
import { CONDITIONS } from '../wire/conditions.ts';
import { optionalInt, part, parts, text, word, words } from '../wire/field.ts';
import { message, type Read } from '../wire/message.ts';
import { metadata, objectRow } from '../wire/metadata.ts';
import { objectTable } from './define.ts';
import { GATEWAY_API, verdictOf, type Verdict } from './gateway-api.ts';

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

export interface HttpRouteRow extends ObjectRow {
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
const MATCH = message({
  path: part(1, message({ type: word(1), value: word(2) })),
  method: word(2),
  headers: parts(3, message({ name: word(1), value: word(2) })),
});

/** gateway.networking.k8s.io/v1 HTTPRoute. */
const HTTP_ROUTE = message({
  metadata: part(1, metadata([LATTICE_NAME])),
  spec: part(
    2,
    message({
      parentRefs: parts(1, PARENT),
      hostnames: words(2),
      rules: parts(
        3,
        message({
          matches: parts(1, MATCH),
          backendRefs: parts(2, BACKEND),
          filters: parts(3, message({ type: text(1) })),
        }),
      ),
    }),
  ),
  status: part(
    3,
    message({
      parents: parts(1, message({ conditions: CONDITIONS, parentRef: part(2, PARENT) })),
    }),
  ),
});

type Reference = Read<typeof PARENT>;

/** The row of a route. */
function httpRouteRow({ metadata, spec, status }: Read<typeof HTTP_ROUTE>): HttpRouteRow {
  const own = metadata.namespace;
  const told = new Map(
    status.parents.map(({ parentRef, conditions }) => [keyOf(parentRef, own), conditions]),
  );
  return {
    ...objectRow(metadata),
    hostnames: spec.hostnames,
    parents: spec.parentRefs.map((ref) => {
      const conditions = told.get(keyOf(ref, own)) ?? [];
      return {
        kind: ref.kind || 'Gateway',
        namespace: ref.namespace || own,
        name: ref.name,
        section: ref.sectionName,
        accepted: verdictOf(conditions, 'Accepted'),
        resolved: verdictOf(conditions, 'ResolvedRefs'),
      };
    }),
    backends: spec.rules.flatMap(({ matches, backendRefs, filters }): RouteBackend[] => {
      const match = matches.map(matchText).join(', ') || '/';
      if (backendRefs.length > 0) return backendRefs.map((ref) => backendOf(ref, match, own));
      const resource = filters.map(({ type }) => type).join(', ');
      return [{ match, service: '', namespace: '', port: '', weight: 1, resource }];
    }),
    latticeName: metadata.annotations[LATTICE_NAME] ?? '',
    endpointsReady: null,
    endpointsNotReady: null,
    trouble: null,
  };
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

/** `GET /api`, `=/health`, `/ where x-canary=yes`. */
function matchText({ path, method, headers }: Read<typeof MATCH>): string {
  const how = path.type === 'Exact' ? '=' : path.type === 'RegularExpression' ? '~' : '';
  const where = headers.map(({ name, value }) => `${name}=${value}`).join(' and ');
  return [method, `${how}${path.value || '/'}`, where && `where ${where}`]
    .filter((word) => word !== '')
    .join(' ');
}

export const httproutes = objectTable({
  kind: { ...GATEWAY_API, resource: 'httproutes', kind: 'HTTPRoute', namespaced: true },
  message: HTTP_ROUTE,
  row: httpRouteRow,
  keepsGone: false,
  optional: true,
});
