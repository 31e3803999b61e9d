import { gatewayHostsOf } from '../controllers/gateway-balancers.ts';
import type { HostRecord } from '../hosted-zone.ts';
import type { Service } from '../world/network-objects.ts';
import type { World } from '../world/world.ts';
import { DOMAIN } from './services.ts';

const ASKED = 'external-dns.alpha.kubernetes.io/hostname';

/** The hosted zones of an account: what external-dns made of annotations, and somebody by hand. */
export function plantHostedZones(world: World): void {
  const { store, region } = world;
  region.hostedZones.push(
    { id: 'Z0387412RP4ZSHOPPROD', name: DOMAIN, isPrivate: false, records },
    {
      ...{ id: 'Z05521733KINTERNAL00', name: 'shop.internal', isPrivate: true },
      records: () => [{ name: 'orders.shop.internal', type: 'A', values: ['10.0.14.20'], ttl: 60 }],
    },
  );

  function records(): readonly HostRecord[] {
    const services = store.list('services').flatMap((service) => ofService(service));
    const ingresses = store.list('ingresses').flatMap(({ status }) => hostOf(status));
    const [front] = ingresses;
    return [
      { name: DOMAIN, type: 'NS', values: ['ns-1.awsdns-01.org.'], ttl: 172_800 },
      ...services,
      ...(front === undefined ? [] : alias(`www.${DOMAIN}`, front)),
      ...gatewayHostsOf(world).flatMap(([name, host]) => alias(name, host)),
      { name: `*.preview.${DOMAIN}`, type: 'CNAME', values: [`www.${DOMAIN}`] },
      { name: `partners.${DOMAIN}`, type: 'A', values: ['203.0.113.17'] },
    ];
  }
}

/** What a service asks for; that of one was never made. */
function ofService({ metadata, status }: Service): readonly HostRecord[] {
  const name = metadata.annotations?.[ASKED];
  const [host] = hostOf(status);
  return name === undefined || host === undefined || name.startsWith('payments')
    ? []
    : alias(name, host);
}

const hostOf = (status: unknown): readonly string[] =>
  (status as Service['status'] | undefined)?.loadBalancer.ingress?.map(
    ({ hostname }) => hostname,
  ) ?? [];

const alias = (name: string, host: string): readonly HostRecord[] =>
  (['A', 'AAAA'] as const).map((type) => ({ name, type, alias: `dualstack.${host}` }));
