/** Gateway API beside the ingresses: a gateway with its ALB, one route that serves, one that does not. */
import { gatewayHostname } from './services.ts';
import type { World } from '../world/world.ts';
import { type CustomObject, plantCustom, plantDefinition } from './definitions.ts';

const GROUP = 'gateway.networking.k8s.io';
const CLASS = 'alb';
const NAMESPACE = 'storefront';
const GATEWAY = 'mobile';
const CONTROLLER = 'gateway.k8s.aws/alb';
/** When the platform team brought it in (minutes before the present). */
const AGE = 9 * 1440;

const open = (description: string): object => ({
  type: 'object',
  description,
  'x-kubernetes-preserve-unknown-fields': true,
});
const AGE_COLUMN = 'Age .metadata.creationTimestamp date';
const CATEGORIES = ['gateway-api'];

/** Defines the kinds of Gateway API and puts one gateway with two routes. */
export function plantGateways(world: World): void {
  plantKinds(world);
  plantCustom(world, {
    of: `gatewayclasses.${GROUP}`,
    name: CLASS,
    ageMinutes: AGE,
    spec: { controllerName: CONTROLLER },
    conditions: ['Accepted True Accepted Valid GatewayClass'],
  });
  // A small cluster may lack the app behind it.
  if (world.store.get('services', NAMESPACE, 'bff') === undefined) return;
  plantGateway(world);
  plantRoutes(world);
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
    ...shared,
    namespaced: true,
    names: { plural: 'httproutes', kind: 'HTTPRoute', categories: CATEGORIES },
    columns: ['Hostnames .spec.hostnames', AGE_COLUMN],
  });
}

function plantGateway(world: World): void {
  plantCustom(world, {
    of: `gateways.${GROUP}`,
    name: GATEWAY,
    namespace: NAMESPACE,
    ageMinutes: AGE,
    spec: {
      gatewayClassName: CLASS,
      listeners: [
        {
          ...{ name: 'https', protocol: 'HTTPS', port: 443, hostname: '*.shop.example.com' },
          tls: { mode: 'Terminate' },
          allowedRoutes: { namespaces: { from: 'Same' } },
        },
      ],
    },
    status: {
      addresses: [{ type: 'Hostname', value: gatewayHostname(world, NAMESPACE, GATEWAY) }],
      listeners: [
        {
          name: 'https',
          attachedRoutes: 1,
          supportedKinds: [{ group: GROUP, kind: 'HTTPRoute' }],
          conditions: [],
        },
      ],
    },
    conditions: ['Accepted True Accepted', 'Programmed True Programmed'],
  });
}

function plantRoutes(world: World): void {
  const parent = { group: GROUP, kind: 'Gateway', name: GATEWAY, sectionName: 'https' };
  const route = (
    name: string,
    spec: object,
    ageMinutes: number,
    accepted: object,
  ): CustomObject => ({
    of: `httproutes.${GROUP}`,
    name,
    namespace: NAMESPACE,
    ageMinutes,
    spec: { parentRefs: [parent], ...spec },
    status: {
      parents: [
        {
          parentRef: { ...parent, namespace: NAMESPACE },
          controllerName: CONTROLLER,
          conditions: [
            { type: 'Accepted', message: '', ...accepted },
            { type: 'ResolvedRefs', status: 'True', reason: 'ResolvedRefs', message: '' },
          ],
        },
      ],
    },
  });
  const to = (name: string, port: number, weight: number): object => ({
    ...{ group: '', kind: 'Service', name, port, weight },
  });
  const prefix = (value: string): object => ({ path: { type: 'PathPrefix', value } });
  plantCustom(
    world,
    route(
      'mobile-api',
      {
        hostnames: ['m.shop.example.com'],
        rules: [
          { matches: [prefix('/images')], backendRefs: [to('image-resizer', 80, 1)] },
          { matches: [prefix('/')], backendRefs: [to('bff', 80, 90), to('web', 443, 10)] },
        ],
      },
      AGE,
      { status: 'True', reason: 'Accepted' },
    ),
  );
  plantCustom(
    world,
    route(
      'mobile-beta',
      {
        hostnames: ['beta.shop.internal'],
        rules: [{ matches: [prefix('/')], backendRefs: [to('bff', 80, 1)] }],
      },
      190,
      {
        ...{ status: 'False', reason: 'NoMatchingListenerHostname' },
        message: 'Listener hostname does not match route hostnames',
      },
    ),
  );
}
