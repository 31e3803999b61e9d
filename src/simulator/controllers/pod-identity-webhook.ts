import type { PodIdentityAssociation } from '../region.ts';
import type { Container, Draft, Pod } from '../world/objects.ts';
import type { World } from '../world/world.ts';

const IRSA_DIR = '/var/run/secrets/eks.amazonaws.com/serviceaccount';
const AGENT_DIR = '/var/run/secrets/pods.eks.amazonaws.com/serviceaccount';
const TOKEN_SECONDS = 86_400;

/** What a service account's pods get: variables and a token of their own. */
interface Identity {
  readonly volume: string;
  readonly directory: string;
  readonly audience: string;
  readonly file: string;
  readonly seconds: number;
  readonly env: readonly { readonly name: string; readonly value: string }[];
}

/**
 * What EKS's mutating webhook makes of a new pod: the token and the variables by which its containers
 * become the role of their service account. An association comes before the annotation, which is
 * not looked at then. Containers that say themselves who they are keep their variables.
 */
export function injectIdentity(world: World, pod: Draft<Pod>): Draft<Pod> {
  const identity = associated(world, pod) ?? annotated(world, pod);
  if (identity === null) return pod;
  const skipped = new Set(
    (pod.metadata.annotations?.['eks.amazonaws.com/skip-containers'] ?? '')
      .split(',')
      .map((name) => name.trim()),
  );
  const names = new Set(identity.env.map(({ name }) => name));
  const equip = (container: Container): Container => {
    if (skipped.has(container.name)) return container;
    const env = (container['env'] as readonly { readonly name: string }[] | undefined) ?? [];
    const mounts = (container['volumeMounts'] as readonly object[] | undefined) ?? [];
    const own = env.some(({ name }) => names.has(name) && !name.endsWith('REGION'));
    return {
      ...container,
      ...(!own && {
        env: [
          ...env,
          ...identity.env.filter(({ name }) => !env.some((each) => each.name === name)),
        ],
      }),
      volumeMounts: [
        ...mounts,
        { name: identity.volume, readOnly: true, mountPath: identity.directory },
      ],
    };
  };
  const { spec } = pod;
  return {
    ...pod,
    spec: {
      ...spec,
      ...(spec.initContainers && { initContainers: spec.initContainers.map(equip) }),
      containers: spec.containers.map(equip),
      volumes: [volumeOf(identity), ...(spec.volumes ?? [])],
    },
  };
}

/** By a Pod Identity association of the pod's service account. */
function associated({ region, cluster }: World, pod: Draft<Pod>): Identity | null {
  const { namespace } = pod.metadata;
  const account = accountOf(pod);
  const fits = (each: PodIdentityAssociation): boolean =>
    each.namespace === namespace && each.serviceAccount === account;
  if (!cluster.podIdentityAssociations.some(fits)) return null;
  const file = 'eks-pod-identity-token';
  return {
    volume: file,
    directory: AGENT_DIR,
    audience: 'pods.eks.amazonaws.com',
    file,
    seconds: TOKEN_SECONDS,
    env: [
      ...regionEnv(region.name),
      {
        name: 'AWS_CONTAINER_CREDENTIALS_FULL_URI',
        value: 'http://169.254.170.23/v1/credentials',
      },
      { name: 'AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE', value: `${AGENT_DIR}/${file}` },
    ],
  };
}

/** By the annotations of the pod's service account. */
function annotated({ store, region }: World, pod: Draft<Pod>): Identity | null {
  const account = store.get('serviceaccounts', pod.metadata.namespace ?? '', accountOf(pod));
  const said = (name: string): string | undefined =>
    account?.metadata.annotations?.[`eks.amazonaws.com/${name}`];
  const role = said('role-arn');
  if (role === undefined || role === '') return null;
  const wanted = pod.metadata.annotations?.['eks.amazonaws.com/token-expiration'];
  const seconds = Number(wanted ?? said('token-expiration') ?? TOKEN_SECONDS);
  return {
    volume: 'aws-iam-token',
    directory: IRSA_DIR,
    audience: said('audience') ?? 'sts.amazonaws.com',
    file: 'token',
    seconds: seconds >= 600 ? seconds : TOKEN_SECONDS,
    env: [
      ...regionEnv(region.name),
      { name: 'AWS_ROLE_ARN', value: role },
      { name: 'AWS_WEB_IDENTITY_TOKEN_FILE', value: `${IRSA_DIR}/token` },
    ],
  };
}

const accountOf = ({ spec }: Draft<Pod>): string => spec.serviceAccountName ?? 'default';

const regionEnv = (region: string): Identity['env'] => [
  { name: 'AWS_STS_REGIONAL_ENDPOINTS', value: 'regional' },
  { name: 'AWS_DEFAULT_REGION', value: region },
  { name: 'AWS_REGION', value: region },
];

function volumeOf({ volume, audience, seconds, file }: Identity): object {
  return {
    name: volume,
    projected: {
      sources: [{ serviceAccountToken: { audience, expirationSeconds: seconds, path: file } }],
      defaultMode: 420,
    },
  };
}
