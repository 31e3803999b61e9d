/** What a pod refers to: config maps, secrets and claims, by its volumes, variables and pull secrets. */
import { inlined, optionalPart, parts, text, word } from './field.ts';
import { intern, internList } from './intern.ts';
import { message, type Read } from './message.ts';

const NAMED = message({ name: word(1) });
/** A reference that protobuf nests and JSON spreads. */
const REFERENCE = message({ of: inlined(1, NAMED) });

/** core/v1 Volume, of the kinds that refer to an object. */
export const VOLUME = message({
  name: word(1),
  source: inlined(
    2,
    message({
      secret: optionalPart(6, message({ secretName: word(1) })),
      persistentVolumeClaim: optionalPart(10, message({ claimName: word(1) })),
      configMap: optionalPart(19, REFERENCE),
      projected: optionalPart(
        26,
        message({
          sources: parts(
            1,
            message({ secret: optionalPart(1, REFERENCE), configMap: optionalPart(3, REFERENCE) }),
          ),
        }),
      ),
      ephemeral: optionalPart(29, message({})),
    }),
  ),
});

const VALUE_FROM = {
  valueFrom: optionalPart(
    3,
    message({
      configMapKeyRef: optionalPart(3, REFERENCE),
      secretKeyRef: optionalPart(4, REFERENCE),
    }),
  ),
};

/** core/v1 EnvVar, of which only what refers to an object. */
export const VARIABLE = message(VALUE_FROM);

/** core/v1 EnvVar with the value that stands in it. */
export const VALUED = message({ name: word(1), value: text(2), ...VALUE_FROM });

/** core/v1 EnvFromSource. */
export const VARIABLES = message({
  configMapRef: optionalPart(2, REFERENCE),
  secretRef: optionalPart(3, REFERENCE),
});

/** core/v1 LocalObjectReference. */
export const PULL_SECRET = NAMED;

/** In what a template refers to: whichever number a pod of it has. No name has it. */
export const ANY_NUMBER = '#';

interface Referring {
  readonly env: readonly Read<typeof VARIABLE>[];
  readonly envFrom: readonly Read<typeof VARIABLES>[];
}

/** Every pod has it, by the token of its service account: that says nothing of the pod. */
const EVERYWHERE = 'kube-root-ca.crt';

/**
 * What a pod refers to, as `configmaps/NAME`, `secrets/NAME` and `persistentvolumeclaims/NAME`,
 * each once. Pods of one template share one list.
 * @param pod its name, which claims that live as long as it does are called by; null: of a template
 */
export function referencesOf(
  pod: string | null,
  volumes: readonly Read<typeof VOLUME>[],
  containers: readonly Referring[],
  pullSecrets: readonly Read<typeof PULL_SECRET>[],
): readonly string[] {
  const found = new Set<string>();
  const add = (table: string, name = ''): void => {
    if (name !== '' && name !== EVERYWHERE) found.add(`${table}/${name}`);
  };
  for (const { name, source } of volumes) {
    add('secrets', source.secret?.secretName);
    add('configmaps', source.configMap?.of.name);
    add('persistentvolumeclaims', source.persistentVolumeClaim?.claimName);
    if (source.ephemeral !== null && pod !== null) add('persistentvolumeclaims', `${pod}-${name}`);
    for (const each of source.projected?.sources ?? []) {
      add('secrets', each.secret?.of.name);
      add('configmaps', each.configMap?.of.name);
    }
  }
  for (const { env, envFrom } of containers) {
    for (const { valueFrom } of env) {
      add('configmaps', valueFrom?.configMapKeyRef?.of.name);
      add('secrets', valueFrom?.secretKeyRef?.of.name);
    }
    for (const { configMapRef, secretRef } of envFrom) {
      add('configmaps', configMapRef?.of.name);
      add('secrets', secretRef?.of.name);
    }
  }
  for (const { name } of pullSecrets) add('secrets', name);
  return internList([...found].map(intern));
}
