/** What objects that make pods have in common: a selector, a template, somebody who manages them. */
import { map, part, parts, texts, word, words } from './field.ts';
import { message, type Read } from './message.ts';
import type { Metadata } from './metadata.ts';
import { PULL_SECRET, referencesOf, VARIABLE, VARIABLES, VOLUME } from './references.ts';

/** metav1.LabelSelector. */
export const SELECTOR = message({
  matchLabels: map(1),
  matchExpressions: parts(2, message({ key: word(1), operator: word(2), values: words(3) })),
});

/** core/v1 PodTemplateSpec, without what its pods refer to: of replica sets there are thousands. */
export const PLAIN_TEMPLATE = message({
  spec: part(
    2,
    message({
      containers: parts(2, message({ name: word(1), image: word(2) })),
      serviceAccountName: word(8),
    }),
  ),
});

const REFERRING = { env: parts(7, VARIABLE), envFrom: parts(19, VARIABLES) };

/** core/v1 PodTemplateSpec. */
export const TEMPLATE = message({
  spec: part(
    2,
    message({
      volumes: parts(1, VOLUME),
      containers: parts(
        2,
        message({ name: word(1), image: word(2), args: texts(4), ...REFERRING }),
      ),
      serviceAccountName: word(8),
      imagePullSecrets: parts(15, PULL_SECRET),
      initContainers: parts(20, message(REFERRING)),
    }),
  ),
});

/** What the rows of objects that make pods have of their template. */
export interface Templated {
  readonly containers: readonly { readonly name: string; readonly image: string }[];
  readonly serviceAccount: string;
  /** What its pods refer to, as rows of pods have it. */
  readonly uses: readonly string[];
}

/** What of a template goes into a row. */
export function templated({ spec }: Read<typeof TEMPLATE>): Templated {
  const { volumes, containers, initContainers, imagePullSecrets, serviceAccountName } = spec;
  return {
    containers: containers.map(({ name, image }) => ({ name, image })),
    serviceAccount: serviceAccountName,
    uses: referencesOf(null, volumes, [...initContainers, ...containers], imagePullSecrets),
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
