import type { TargetsTold } from '../balancer-targets.ts';
import { ALB_SCHEME, CLASS_ANNOTATION } from '../load-balancer.ts';
import type { ObjectRow } from '../row.ts';
import { inlined, int, optionalPart, part, parts, text, word, words } from '../wire/field.ts';
import { message, type Read } from '../wire/message.ts';
import { metadata, objectRow } from '../wire/metadata.ts';
import { objectTable } from './define.ts';

/** Where an ingress sends what comes for one path. */
export interface IngressBackend {
  /** Empty: any. */
  readonly host: string;
  /** Empty: whatever no rule takes. */
  readonly path: string;
  readonly pathType: string;
  /** Name of the service; empty where it is another object. */
  readonly service: string;
  /** Name or number of the service's port. */
  readonly port: string;
  /** Kind and name of what is no service; else empty. */
  readonly resource: string;
}

export interface IngressRow extends ObjectRow {
  /** The class that it names, in its spec or by annotation; empty: the default one. */
  readonly className: string;
  /** What of the class its spec names, as kubectl prints it. */
  readonly specClass: string;
  /** Hosts of its rules, in their order; `*` for any. */
  readonly hosts: readonly string[];
  readonly backends: readonly IngressBackend[];
  readonly tls: readonly { readonly hosts: readonly string[]; readonly secretName: string }[];
  /** Host names or addresses of its load balancer, joined by commas; empty: none yet. */
  readonly address: string;
  /** `internet-facing` or `internal` where it says so to the AWS Load Balancer Controller. */
  readonly scheme: string;
  // joined
  /** The class of the cluster that it is of where it names none; empty: none, or not known. */
  defaultClass: string;
  /** Who is to make something of it, by its class; empty: not known. */
  controller: string;
  endpointsReady: number | null;
  endpointsNotReady: number | null;
  /** How the targets of its load balancer do; null where that is not known. */
  targets: TargetsTold | null;
  /** Names of Route 53 that lead to its load balancer; null: not known. */
  names: readonly string[] | null;
  /** Which of the services behind it do not exist or have no ready endpoint, in words. */
  trouble: string | null;
}

const BACKEND = message({
  resource: part(3, message({ kind: word(2), name: text(3) })),
  service: part(
    4,
    message({ name: word(1), port: part(2, message({ name: word(1), number: int(2) })) }),
  ),
});

/**
 * The backends of an ingress that are services. The AWS Load Balancer Controller has actions that stand
 * where services do: those it calls by the port `use-annotation`.
 */
export const serviceBackends = ({
  backends,
}: Pick<IngressRow, 'backends'>): readonly IngressBackend[] =>
  backends.filter(({ service, port }) => service !== '' && port !== 'use-annotation');

/** The services that an ingress sends to, each once. */
export const servicesBehind = (ingress: Pick<IngressRow, 'backends'>): readonly string[] => [
  ...new Set(serviceBackends(ingress).map(({ service }) => service)),
];

/** networking.k8s.io/v1 Ingress. */
const INGRESS = message({
  metadata: part(1, metadata([CLASS_ANNOTATION, ALB_SCHEME])),
  spec: part(
    2,
    message({
      defaultBackend: optionalPart(1, BACKEND),
      tls: parts(2, message({ hosts: words(1), secretName: word(2) })),
      rules: parts(
        3,
        message({
          host: word(1),
          value: inlined(
            2,
            message({
              http: part(
                1,
                message({
                  paths: parts(
                    1,
                    message({ path: word(1), backend: part(2, BACKEND), pathType: word(3) }),
                  ),
                }),
              ),
            }),
          ),
        }),
      ),
      ingressClassName: word(4),
    }),
  ),
  status: part(
    3,
    message({
      loadBalancer: part(
        1,
        message({ ingress: parts(1, message({ ip: text(1), hostname: text(2) })) }),
      ),
    }),
  ),
});

/** The row of an ingress. */
function ingressRow({ metadata, spec, status }: Read<typeof INGRESS>): IngressRow {
  const byRule = spec.rules.flatMap(({ host, value }) =>
    value.http.paths.map(({ backend, path, pathType }) =>
      backendOf(backend, host, path || '/', pathType),
    ),
  );
  const { defaultBackend } = spec;
  const addresses = status.loadBalancer.ingress.map(({ ip, hostname }) => ip || hostname);
  return {
    ...objectRow(metadata),
    className: spec.ingressClassName || (metadata.annotations[CLASS_ANNOTATION] ?? ''),
    specClass: spec.ingressClassName,
    hosts: [...new Set(spec.rules.map(({ host }) => host || '*'))],
    backends: defaultBackend === null ? byRule : [...byRule, backendOf(defaultBackend, '', '', '')],
    tls: spec.tls,
    address: [...new Set(addresses)].filter((address) => address !== '').join(','),
    scheme: metadata.annotations[ALB_SCHEME] ?? '',
    defaultClass: '',
    controller: '',
    endpointsReady: null,
    endpointsNotReady: null,
    targets: null,
    names: null,
    trouble: null,
  };
}

function backendOf(
  { service, resource }: Read<typeof BACKEND>,
  host: string,
  path: string,
  pathType: string,
): IngressBackend {
  const { name, number } = service.port;
  return {
    host,
    path,
    pathType,
    service: service.name,
    port: name || (number === 0 ? '' : String(number)),
    resource: resource.name === '' ? '' : `${resource.kind}/${resource.name}`,
  };
}

export const ingresses = objectTable({
  kind: {
    group: 'networking.k8s.io',
    version: 'v1',
    resource: 'ingresses',
    kind: 'Ingress',
    namespaced: true,
  },
  message: INGRESS,
  row: ingressRow,
  keepsGone: false,
});
