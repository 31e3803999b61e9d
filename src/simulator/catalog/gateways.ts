/**
 * Gateway API beside the ingresses: a gateway with its ALB, one route that serves, one that does not,
 * one for gRPC; one with its NLB for a database; and one that VPC Lattice serves.
 */
import { kindOf } from '../../domain/ref.ts';
import { ROUTE_TABLES } from '../../domain/gateways.ts';
import { gatewayHostname, networkHostname } from './services.ts';
import { stampOf } from '../clock.ts';
import { LATTICE_CLASS, LATTICE_NAME, latticeName } from '../controllers/lattice.ts';
import { startReferenceGrants } from '../controllers/reference-grants.ts';
import type { World } from '../world/world.ts';
import { plantCustom, plantDefinition } from './definitions.ts';

const GROUP = 'gateway.networking.k8s.io';
/** When the platform team brought it in (minutes before the present). */
const AGE = 9 * 1440;

type RouteTable = (typeof ROUTE_TABLES)[number];

/** Kinds that are still on their way to v1, in the version that clusters have them in. */
const ALPHA: Readonly<Partial<Record<RouteTable, string>>> = {
  tcproutes: 'v1alpha2',
  udproutes: 'v1alpha2',
};

/** Who serves gateways, by their classes. */
const CLASSES = {
  alb: 'gateway.k8s.aws/alb',
  nlb: 'gateway.k8s.aws/nlb',
  [LATTICE_CLASS]: 'application-networking.k8s.aws/gateway-api-controller',
} as const;

/** A gateway of the region, and where it is. */
interface Place {
  readonly namespace: string;
  readonly name: string;
  readonly className: keyof typeof CLASSES;
  /** Name of its one listener. */
  readonly section: string;
}

const MOBILE: Place = {
  ...{ namespace: 'storefront', name: 'mobile', className: 'alb', section: 'https' },
};
const DATA: Place = {
  ...{ namespace: 'catalog', name: 'data', className: 'nlb', section: 'postgres' },
};

const PARTNERS: Place = {
  ...{ namespace: 'payments', name: 'partners', className: LATTICE_CLASS, section: 'http' },
};

const open = (description: string): object => ({
  type: 'object',
  description,
  'x-kubernetes-preserve-unknown-fields': true,
});
const AGE_COLUMN = 'Age .metadata.creationTimestamp date';
const CATEGORIES = ['gateway-api'];
/** The kind that the controller of VPC Lattice brings along; nobody made one of it. */
function plantLatticeKind(world: World): void {
  plantDefinition(world, {
    ...{ group: 'application-networking.k8s.aws', version: 'v1alpha1', namespaced: true },
    names: { plural: 'targetgrouppolicies', kind: 'TargetGroupPolicy', shortNames: ['tgp'] },
    ...{ columns: [AGE_COLUMN], ageDays: AGE / 1440 },
    fields: { spec: open('How targets of a service are reached and checked.') },
  });
}

/** Defines the kinds of Gateway API and puts two gateways with their routes. */
export function plantGateways(world: World): void {
  plantKinds(world);
  plantLatticeKind(world);
  for (const [name, controllerName] of Object.entries(CLASSES)) {
    plantCustom(world, {
      of: `gatewayclasses.${GROUP}`,
      name,
      ageMinutes: AGE,
      spec: { controllerName },
      conditions: ['Accepted True Accepted Valid GatewayClass'],
    });
  }
  startReferenceGrants(world);
  // A small cluster may lack the apps behind them.
  if (world.store.get('services', MOBILE.namespace, 'bff') !== undefined) plantMobile(world);
  if (world.store.get('services', DATA.namespace, 'catalog-db') !== undefined) plantData(world);
  if (world.store.get('services', PARTNERS.namespace, 'payments-api') !== undefined) {
    plantPartners(world);
  }
}

function plantKinds(world: World): void {
  const fields = { spec: open('What is wanted.'), status: open('What a controller says of it.') };
  const shared = { group: GROUP, fields, ageDays: AGE / 1440 };
  plantDefinition(world, {
    ...shared,
    names: {
      ...{ plural: 'gatewayclasses', kind: 'GatewayClass', shortNames: ['gc'] },
      categories: CATEGORIES,
    },
    columns: [
      'Controller .spec.controllerName',
      'Accepted .status.conditions[?(@.type=="Accepted")].status',
      AGE_COLUMN,
      'Description+ .spec.description',
    ],
  });
  plantDefinition(world, {
    ...shared,
    namespaced: true,
    names: {
      ...{ plural: 'gateways', kind: 'Gateway', shortNames: ['gtw'] },
      categories: CATEGORIES,
    },
    columns: [
      'Class .spec.gatewayClassName',
      'Address .status.addresses[*].value',
      'Programmed .status.conditions[?(@.type=="Programmed")].status',
      AGE_COLUMN,
    ],
  });
  plantDefinition(world, {
    ...{ ...shared, fields: { spec: fields.spec }, namespaced: true, version: 'v1beta1' },
    names: {
      ...{ plural: 'referencegrants', kind: 'ReferenceGrant', shortNames: ['refgrant'] },
      categories: CATEGORIES,
    },
    columns: [AGE_COLUMN],
  });
  for (const table of ROUTE_TABLES) {
    const named =
      table === 'tcproutes' || table === 'udproutes' ? [] : ['Hostnames .spec.hostnames'];
    plantDefinition(world, {
      ...shared,
      namespaced: true,
      version: ALPHA[table] ?? 'v1',
      names: { plural: table, kind: kindOf(table).kind, categories: CATEGORIES },
      columns: [...named, AGE_COLUMN],
    });
  }
}

function plantMobile(world: World): void {
  const { namespace, name, section } = MOBILE;
  plantGateway(world, MOBILE, gatewayHostname(world, namespace, name), {
    ...{ name: section, protocol: 'HTTPS', port: 443, hostname: '*.shop.example.com' },
    tls: { mode: 'Terminate' },
    allowedRoutes: { namespaces: { from: 'Same' } },
  });
  const prefix = (value: string): object => ({ path: { type: 'PathPrefix', value } });
  const ofCart = grantCart(world) ? [{ ...to('cart', 80, 1), namespace: 'cart' }] : [];
  plantRoute(world, 'httproutes', MOBILE, 'mobile-api', {
    hostnames: ['m.shop.example.com'],
    rules: [
      { matches: [prefix('/images')], backendRefs: [to('image-resizer', 80, 1)] },
      ...ofCart.map((ref) => ({ matches: [prefix('/cart')], backendRefs: [ref] })),
      { matches: [prefix('/')], backendRefs: [to('bff', 80, 90), to('web', 443, 10)] },
    ],
  });
  plantRoute(
    world,
    'httproutes',
    MOBILE,
    'mobile-beta',
    {
      hostnames: ['beta.shop.internal'],
      rules: [{ matches: [prefix('/')], backendRefs: [to('bff', 80, 1)] }],
    },
    {
      ageMinutes: 190,
      accepted: {
        ...{ status: 'False', reason: 'NoMatchingListenerHostname' },
        message: 'Listener hostname does not match route hostnames',
      },
    },
  );
  plantRoute(world, 'grpcroutes', MOBILE, 'mobile-rpc', {
    hostnames: ['rpc.shop.example.com'],
    rules: [
      {
        matches: [{ method: { type: 'Exact', service: 'shop.v1.Session', method: 'Refresh' } }],
        backendRefs: [to('bff', 80, 1)],
      },
    ],
  });
}

/** The team of the cart lets routes of the storefront name its service: whether it is there. */
function grantCart(world: World): boolean {
  if (world.store.get('services', 'cart', 'cart') === undefined) return false;
  plantCustom(world, {
    of: `referencegrants.${GROUP}`,
    ...{ name: 'storefront', namespace: 'cart', ageMinutes: AGE },
    spec: {
      from: [{ group: GROUP, kind: 'HTTPRoute', namespace: MOBILE.namespace }],
      to: [{ group: '', kind: 'Service', name: 'cart' }],
    },
  });
  return true;
}

function plantData(world: World): void {
  const { namespace, name, section } = DATA;
  plantGateway(world, DATA, networkHostname(world, namespace, name), {
    ...{ name: section, protocol: 'TCP', port: 5432 },
    allowedRoutes: { namespaces: { from: 'Same' } },
  });
  plantRoute(world, 'tcproutes', DATA, 'catalog-db', {
    rules: [{ backendRefs: [to('catalog-db', 5432, 1)] }],
  });
}

/** What other VPCs call: a service network of VPC Lattice, which has no address of its own. */
function plantPartners(world: World): void {
  plantGateway(world, PARTNERS, '', {
    ...{ name: PARTNERS.section, protocol: 'HTTP', port: 80 },
    allowedRoutes: { namespaces: { from: 'Same' } },
  });
  plantRoute(world, 'httproutes', PARTNERS, 'partner-payments', {
    rules: [{ backendRefs: [to('payments-api', 80, 1)] }],
  });
}

const to = (name: string, port: number, weight: number): object => ({
  ...{ group: '', kind: 'Service', name, port, weight },
});

const SUPPORTED: Readonly<Record<string, readonly RouteTable[]>> = {
  HTTPS: ['httproutes', 'grpcroutes'],
  HTTP: ['httproutes'],
  TCP: ['tcproutes'],
};

/** Puts a gateway with one listener, as its controller left it. */
function plantGateway(
  world: World,
  { namespace, name, className, section }: Place,
  hostname: string,
  listener: { readonly protocol: string } & Readonly<Record<string, unknown>>,
): void {
  const kinds = SUPPORTED[listener.protocol] ?? [];
  plantCustom(world, {
    of: `gateways.${GROUP}`,
    ...{ name, namespace, ageMinutes: AGE },
    spec: { gatewayClassName: className, listeners: [listener] },
    status: {
      ...(hostname !== '' && { addresses: [{ type: 'Hostname', value: hostname }] }),
      listeners: [
        {
          name: section,
          attachedRoutes: kinds.length,
          supportedKinds: kinds.map((table) => ({ group: GROUP, kind: kindOf(table).kind })),
          conditions: [],
        },
      ],
    },
    conditions: ['Accepted True Accepted', 'Programmed True Programmed'],
  });
}

const ACCEPTED = { status: 'True', reason: 'Accepted', message: '' };

/** Puts a route on the listener of a gateway, with what the controller of that says of it. */
function plantRoute(
  world: World,
  table: RouteTable,
  { namespace, name, className, section }: Place,
  called: string,
  spec: object,
  { ageMinutes = AGE, accepted = ACCEPTED } = {},
): void {
  const parent = { group: GROUP, kind: 'Gateway', name, sectionName: section };
  const said = { observedGeneration: 1, lastTransitionTime: stampAt(world, ageMinutes) };
  plantCustom(world, {
    of: `${table}.${GROUP}`,
    ...{ name: called, namespace, ageMinutes },
    ...(className === LATTICE_CLASS && {
      annotations: { [LATTICE_NAME]: latticeName(world, namespace, called) },
    }),
    spec: { parentRefs: [parent], ...spec },
    status: {
      parents: [
        {
          parentRef: { ...parent, namespace },
          controllerName: CLASSES[className],
          conditions: [
            { type: 'Accepted', ...accepted, ...said },
            {
              ...{ type: 'ResolvedRefs', status: 'True', reason: 'ResolvedRefs', message: '' },
              ...said,
            },
          ],
        },
      ],
    },
  });
}

const stampAt = (world: World, minutes: number): string =>
  stampOf(world.clock.date() - minutes * 60_000);
