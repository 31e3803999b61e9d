/** What objects that make pods have in common: a selector, a template, somebody who manages them. */
import { selectorText } from '../selector.ts';
import { count, map, optionalPart, part, parts, texts, word, words } from './field.ts';
import { message, type Message, type Read } from './message.ts';
import type { Toleration } from '../toleration.ts';
import type { Metadata } from './metadata.ts';
import { PULL_SECRET, referencesOf, VALUED, VARIABLE, VARIABLES, VOLUME } from './references.ts';

/** metav1.LabelSelector. */
export const SELECTOR = message({
  matchLabels: map(1),
  matchExpressions: parts(2, message({ key: word(1), operator: word(2), values: words(3) })),
});

/** What `kubectl rollout restart` writes into a template: when. */
const RESTARTED_AT = 'kubectl.kubernetes.io/restartedAt';

const TEMPLATE_METADATA = message({ annotations: map(12, [RESTARTED_AT]) });

/** core/v1 PodTemplateSpec, without what its pods refer to: of replica sets there are thousands. */
export const PLAIN_TEMPLATE = message({
  metadata: part(1, TEMPLATE_METADATA),
  spec: part(
    2,
    message({
      containers: parts(2, message({ name: word(1), image: word(2) })),
      serviceAccountName: word(8),
    }),
  ),
});

const REFERRING = { env: parts(7, VARIABLE), envFrom: parts(19, VARIABLES) };

const NODE_TERM = message({
  matchExpressions: parts(1, message({ key: word(1), operator: word(2), values: words(3) })),
});

/** core/v1 NodeAffinity: what is required. */
const NODE_AFFINITY = message({
  requiredDuringSchedulingIgnoredDuringExecution: part(
    1,
    message({ nodeSelectorTerms: parts(1, NODE_TERM) }),
  ),
});

/** core/v1 PodAffinity and PodAntiAffinity: what is required. */
const POD_AFFINITY = message({
  requiredDuringSchedulingIgnoredDuringExecution: parts(
    1,
    message({
      labelSelector: part(1, SELECTOR),
      namespaces: words(2),
      topologyKey: word(3),
      namespaceSelector: part(4, SELECTOR),
    }),
  ),
});

/** core/v1 PodTemplateSpec, with containers of this shape. */
const templateWith = <Container>(container: Message<Container>) =>
  message({
    metadata: part(1, TEMPLATE_METADATA),
    spec: part(
      2,
      message({
        volumes: parts(1, VOLUME),
        containers: parts(2, container),
        serviceAccountName: word(8),
        nodeSelector: map(7),
        imagePullSecrets: parts(15, PULL_SECRET),
        affinity: part(
          18,
          message({
            nodeAffinity: part(1, NODE_AFFINITY),
            podAffinity: part(2, POD_AFFINITY),
            podAntiAffinity: part(3, POD_AFFINITY),
          }),
        ),
        initContainers: parts(20, message(REFERRING)),
        tolerations: parts(
          22,
          message({ key: word(1), operator: word(2), value: word(3), effect: word(4) }),
        ),
        topologySpreadConstraints: parts(
          33,
          message({
            maxSkew: count(1),
            topologyKey: word(2),
            whenUnsatisfiable: word(3),
            labelSelector: optionalPart(4, SELECTOR),
            minDomains: count(5),
            nodeTaintsPolicy: word(7),
          }),
        ),
      }),
    ),
  });

const CONTAINER = { name: word(1), image: word(2), args: texts(4), ...REFERRING };

/** core/v1 PodTemplateSpec. */
export const TEMPLATE = templateWith(message(CONTAINER));

/** The same with the values of variables: of daemon sets there are few, and theirs say how nodes work. */
export const VALUED_TEMPLATE = templateWith(message({ ...CONTAINER, env: parts(7, VALUED) }));

/** What the rows of objects that make pods have of their template. */
export interface Templated {
  readonly containers: readonly { readonly name: string; readonly image: string }[];
  /** When its pods were last asked to be made anew; empty: never. */
  readonly restartedAt: string;
  readonly serviceAccount: string;
  /** What its pods refer to, as rows of pods have it. */
  readonly uses: readonly string[];
  /** Where its pods may run, as far as nodes decide it. */
  readonly placement: Placement;
}

/** Over what pods are to be spread: a topology spread constraint. */
export interface Spread {
  /** The label of nodes that tells domains apart. */
  readonly key: string;
  /** A pod stays pending where it cannot be. */
  readonly hard: boolean;
  /** By how many pods domains may differ. */
  readonly maxSkew: number;
  /** Fewer domains than that count as if one more had no pod; 0: not asked for. */
  readonly minDomains: number;
  /** Which pods of its namespace are counted, in text form; null: none, so that it holds nothing. */
  readonly selector: string | null;
  /** Nodes with taints that it does not tolerate are no domain; else they are one all the same. */
  readonly honorsTaints: boolean;
}

/** Which nodes a template asks for. */
export interface Placement {
  readonly nodeSelector: Readonly<Record<string, string>>;
  /** The only zones that its required node affinity names; empty: any. */
  readonly zones: readonly string[];
  readonly tolerations: readonly Toleration[];
  readonly spread: readonly Spread[];
  /** What it requires of pods of its own namespace: to be where such are, or apart from them. */
  readonly bonds: readonly {
    readonly key: string;
    readonly selector: string;
    readonly apart: boolean;
  }[];
}

/** It asks for none. */
export const ANYWHERE: Placement = {
  nodeSelector: {},
  zones: [],
  tolerations: [],
  spread: [],
  bonds: [],
};

/** One of these is enough: zones are named only where each names some. */
function zonesOf(terms: readonly Read<typeof NODE_TERM>[]): readonly string[] {
  const each = terms.map(({ matchExpressions }) =>
    matchExpressions
      .filter(({ key, operator }) => /\/zone$/.test(key) && operator === 'In')
      .flatMap(({ values }) => values),
  );
  return each.every((zones) => zones.length > 0) ? [...new Set(each.flat())] : [];
}

type PodAffinity = Read<typeof POD_AFFINITY>;

/** Those about pods of other namespaces are left out. */
function bondsOf(
  { requiredDuringSchedulingIgnoredDuringExecution: terms }: PodAffinity,
  apart: boolean,
): Placement['bonds'] {
  return terms
    .filter(({ namespaces, namespaceSelector: { matchLabels, matchExpressions } }) => {
      const others = namespaces.length + matchExpressions.length + Object.keys(matchLabels).length;
      return others === 0;
    })
    .map(({ topologyKey, labelSelector }) => ({
      key: topologyKey,
      selector: selectorText(labelSelector),
      apart,
    }));
}

function placementOf({ spec }: Pick<Read<typeof TEMPLATE>, 'spec'>): Placement {
  const { nodeSelector, affinity, tolerations, topologySpreadConstraints } = spec;
  const { requiredDuringSchedulingIgnoredDuringExecution: required } = affinity.nodeAffinity;
  return {
    nodeSelector,
    zones: zonesOf(required.nodeSelectorTerms),
    tolerations,
    spread: topologySpreadConstraints.map((each) => ({
      key: each.topologyKey,
      hard: each.whenUnsatisfiable === 'DoNotSchedule',
      maxSkew: each.maxSkew,
      minDomains: each.minDomains,
      selector: each.labelSelector === null ? null : selectorText(each.labelSelector),
      honorsTaints: each.nodeTaintsPolicy === 'Honor',
    })),
    bonds: [...bondsOf(affinity.podAffinity, false), ...bondsOf(affinity.podAntiAffinity, true)],
  };
}

/** When a template's pods were last asked to be made anew; empty: never. */
export const restartedAt = ({ metadata }: Pick<Read<typeof PLAIN_TEMPLATE>, 'metadata'>): string =>
  metadata.annotations[RESTARTED_AT] ?? '';

/** What of a template goes into a row. */
export function templated({ metadata, spec }: Read<typeof TEMPLATE>): Templated {
  const { volumes, containers, initContainers, imagePullSecrets, serviceAccountName } = spec;
  return {
    containers: containers.map(({ name, image }) => ({ name, image })),
    restartedAt: restartedAt({ metadata }),
    serviceAccount: serviceAccountName,
    uses: referencesOf(null, volumes, [...initContainers, ...containers], imagePullSecrets),
    placement: placementOf({ spec }),
  };
}

/** The annotations that {@link managedBy} looks at. */
export const MANAGING_ANNOTATIONS: readonly string[] = [
  'argocd.argoproj.io/tracking-id',
  'meta.helm.sh/release-name',
];

/** Who would revert a change made by hand, as the labels that these tools set tell. */
export function managedBy({ labels, annotations }: Metadata): string {
  if ('argocd.argoproj.io/tracking-id' in annotations) return 'Argo CD';
  if ('argocd.argoproj.io/instance' in labels) return 'Argo CD';
  for (const key in labels)
    if (/^(?:kustomize|helm)\.toolkit\.fluxcd\.io\//.test(key)) return 'Flux';
  const helm = labels['app.kubernetes.io/managed-by'] === 'Helm';
  return helm || 'meta.helm.sh/release-name' in annotations ? 'Helm' : '';
}
