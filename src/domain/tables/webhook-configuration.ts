/** What the two kinds of admission webhook configurations have in common: all but their name. */
import type { ObjectRow } from '../row.ts';
import { selectorText } from '../selector.ts';
import { inlined, int, optionalPart, part, parts, text, word, words } from '../wire/field.ts';
import { message, type Read } from '../wire/message.ts';
import { METADATA, objectRow } from '../wire/metadata.ts';
import { SELECTOR } from '../wire/pod-template.ts';
import { objectTable, type ObjectTable } from './define.ts';

/** Who is asked about writes, and about which. */
export interface AdmissionHook {
  readonly name: string;
  /** `namespace/name` of the service that answers; empty: a URL does. */
  readonly service: string;
  readonly port: number;
  /** Empty: a service answers. */
  readonly url: string;
  /** Without an answer the write fails; else it goes on as if there were no hook. */
  readonly isNeeded: boolean;
  /** How long an answer may take (s). */
  readonly timeout: number;
  /** `create, update pods`, one for each rule. */
  readonly rules: readonly string[];
  /** Labels of the namespaces in which it is asked; empty: all of them. */
  readonly namespaces: string;
}

/** A hook whose service does not exist, or has no ready endpoint. */
export interface SilentHook extends Pick<AdmissionHook, 'service' | 'isNeeded' | 'rules'> {
  readonly isMissing: boolean;
}

export interface WebhookConfigurationRow extends ObjectRow {
  readonly hooks: readonly AdmissionHook[];
  // joined
  /** Ready endpoints of the services that answer; null where that is not known. */
  endpointsReady: number | null;
  /** Hooks for which nobody answers; null where that is not known. */
  silent: readonly SilentHook[] | null;
}

/** What the API server takes where a hook says nothing: the defaults of admissionregistration/v1. */
const TIMEOUT_S = 10;
const PORT = 443;

const RULE = message({
  operations: words(1),
  rule: inlined(2, message({ apiGroups: words(1), resources: words(3) })),
});

/** Both kinds have these fields under the same numbers. */
const HOOK = message({
  name: text(1),
  clientConfig: part(
    2,
    message({
      service: optionalPart(1, message({ namespace: word(1), name: word(2), port: int(4) })),
      url: text(3),
    }),
  ),
  rules: parts(3, RULE),
  failurePolicy: word(4),
  namespaceSelector: part(5, SELECTOR),
  timeoutSeconds: int(7),
});

/** admissionregistration.k8s.io/v1 ValidatingWebhookConfiguration and MutatingWebhookConfiguration. */
const CONFIGURATION = message({ metadata: part(1, METADATA), webhooks: parts(2, HOOK) });

function configurationRow({
  metadata,
  webhooks,
}: Read<typeof CONFIGURATION>): WebhookConfigurationRow {
  return {
    ...objectRow(metadata),
    hooks: webhooks.map(hookOf),
    endpointsReady: null,
    silent: null,
  };
}

function hookOf(hook: Read<typeof HOOK>): AdmissionHook {
  const { service, url } = hook.clientConfig;
  return {
    name: hook.name,
    service: service === null ? '' : `${service.namespace}/${service.name}`,
    port: service?.port || PORT,
    url,
    // v1 fails where nothing is said; v1beta1, which did not, is served no more.
    isNeeded: hook.failurePolicy !== 'Ignore',
    timeout: hook.timeoutSeconds || TIMEOUT_S,
    rules: hook.rules.map(ruleText),
    namespaces: selectorText(hook.namespaceSelector),
  };
}

function ruleText({ operations, rule }: Read<typeof RULE>): string {
  const verbs = operations.includes('*') ? 'all writes of' : operations.join(', ').toLowerCase();
  const named = rule.resources.map((resource) =>
    resource === '*' || resource === '*/*' ? 'everything' : resource,
  );
  const groups = rule.apiGroups.filter((group) => group !== '' && group !== '*');
  return `${verbs} ${named.join(', ')}${groups.length === 0 ? '' : ` of ${groups.join(', ')}`}`;
}

/** The table of one of the two kinds. */
export const webhookTable = (
  resource: string,
  kind: string,
): ObjectTable<WebhookConfigurationRow> =>
  objectTable({
    kind: {
      group: 'admissionregistration.k8s.io',
      version: 'v1',
      resource,
      kind,
      namespaced: false,
    },
    message: CONFIGURATION,
    row: configurationRow,
    keepsGone: false,
    optional: true,
  });
