/** What `aws eks update-kubeconfig` writes for a cluster, and how a kubeconfig is with it. */
import { isEqual } from '../core/equal.ts';
import { object, objects, type Json } from '../core/json.ts';
import { readYaml } from '../core/kubeconfig-yaml.ts';
import { reasonOf } from '../core/words.ts';
import { YamlText, yamlText, type Named } from '../core/yaml-splice.ts';

/** An EKS cluster, and how it is to be called and signed in to. Empty texts: not given. */
export interface KubeconfigWish {
  readonly name: string;
  readonly arn: string;
  /** Base64 of the certificate of its authority. */
  readonly caData: string;
  readonly endpoint: string;
  /** Of a local cluster on Outposts, which tokens are made for by id; else empty. */
  readonly outpostId: string;
  readonly profile: string;
  /** ARN of a role to assume. */
  readonly role: string;
  /** The context's name; by default the user's. */
  readonly alias: string;
  /** The user's name; by default the cluster's ARN. */
  readonly userAlias: string;
}

/** The three entries. */
export interface KubeconfigEntries {
  readonly cluster: Named;
  readonly user: Named;
  readonly context: Named;
}

/** The entries that the aws CLI writes, with their keys in its order. */
export function kubeconfigEntries(wish: KubeconfigWish): KubeconfigEntries {
  const { name, arn, caData, endpoint, outpostId, profile, role, alias, userAlias } = wish;
  const user = userAlias || arn;
  const [flag, id] = outpostId === '' ? ['--cluster-name', name] : ['--cluster-id', outpostId];
  const region = arn.split(':')[3] ?? '';
  const exec = {
    apiVersion: 'client.authentication.k8s.io/v1beta1',
    args: [
      ...['--region', region, 'eks', 'get-token', flag, id, '--output', 'json'],
      ...(role === '' ? [] : ['--role', role]),
    ],
    command: 'aws',
    ...(profile !== '' && { env: [{ name: 'AWS_PROFILE', value: profile }] }),
  };
  return {
    cluster: { cluster: { 'certificate-authority-data': caData, server: endpoint }, name: arn },
    user: { name: user, user: { exec } },
    context: { context: { cluster: arn, user }, name: alias || user },
  };
}

const LISTS = ['clusters', 'users', 'contexts'] as const;

/**
 * What a kubeconfig says; null where the file is empty.
 * @throws Error with a clause where it is no kubeconfig
 */
export function readKubeconfig(text: string): Json | null {
  let data: unknown;
  try {
    data = readYaml(text);
  } catch (error) {
    throw new Error(`it is not valid YAML: ${reasonOf(error)}`, { cause: error });
  }
  if (data === null || data === undefined) return null;
  if (typeof data !== 'object' || Array.isArray(data)) throw new Error('it is no kubeconfig');
  const kubeconfig = object(data);
  for (const list of LISTS) {
    const entries = kubeconfig[list] ?? [];
    const isList = Array.isArray(entries) && entries.every((each) => isMapping(each));
    if (!isList) throw new Error(`it is no kubeconfig: ${list} is not a list of entries`);
  }
  return kubeconfig;
}

const isMapping = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Whether a kubeconfig has a cluster of that name: then the aws CLI writes there. */
export const hasCluster = (kubeconfig: Json | null, name: string): boolean =>
  entryNamed(kubeconfig, 'clusters', name) !== undefined;

/** The first entry of a list with that name. */
export const entryNamed = (kubeconfig: Json | null, list: string, name: string): Json | undefined =>
  objects(kubeconfig?.[list]).find((each) => each['name'] === name);

/** What entries of the same names say that the new ones do not: `context prod: namespace`. */
export function droppedFields(
  kubeconfig: Json | null,
  { cluster, context }: KubeconfigEntries,
): readonly string[] {
  const dropped = (list: string, kind: string, entry: Named): readonly string[] => {
    const before = object(entryNamed(kubeconfig, list, entry.name)?.[kind]);
    const after = object(entry[kind]);
    return Object.keys(before)
      .filter((key) => !Object.hasOwn(after, key))
      .map((key) => `${kind} ${entry.name}: ${key}`);
  };
  return [...dropped('clusters', 'cluster', cluster), ...dropped('contexts', 'context', context)];
}

/**
 * The text of a kubeconfig with the entries in it; every other byte is as it was.
 * @param setCurrent whether its current context becomes that of the entries
 * @throws Error with a clause where the text cannot be changed without writing it anew
 */
export function withEntries(text: string, entries: KubeconfigEntries, setCurrent: boolean): string {
  const known = readKubeconfig(text);
  if (known === null) return begun(text, fresh(entries, setCurrent));
  const wanted = merged(known, entries, setCurrent);
  if (isEqual(known, wanted)) return text;
  let result: string;
  try {
    const splicing = new YamlText(text, known);
    splicing.putEntry('clusters', entries.cluster);
    splicing.putEntry('users', entries.user);
    splicing.putEntry('contexts', entries.context);
    if (setCurrent) splicing.setText('current-context', entries.context.name);
    result = splicing.toString();
    if (!isEqual(readYaml(result), wanted)) throw new Error('the result would say something else');
  } catch (error) {
    const why = reasonOf(error);
    throw new Error(`it cannot be added to and kept as it is: ${why}`, { cause: error });
  }
  return result;
}

/** Behind what an empty file holds: comments, a document's marker. */
function begun(text: string, kubeconfig: Json): string {
  const lineBreak = text.includes('\r\n') ? '\r\n' : '\n';
  const gap = text === '' || /(^\ufeff|\n)$/.test(text) ? '' : lineBreak;
  const result = `${text}${gap}${`${yamlText(kubeconfig)}\n`.replaceAll('\n', lineBreak)}`;
  if (!isEqual(readYaml(result), kubeconfig))
    throw new Error('it is empty in a way that cannot be added to');
  return result;
}

/** A kubeconfig of these entries alone, as the aws CLI begins one. */
function fresh({ cluster, user, context }: KubeconfigEntries, setCurrent: boolean): Json {
  return {
    apiVersion: 'v1',
    clusters: [cluster],
    contexts: [context],
    'current-context': setCurrent ? context.name : '',
    kind: 'Config',
    preferences: {},
    users: [user],
  };
}

function merged(known: Json, entries: KubeconfigEntries, setCurrent: boolean): Json {
  const put = (list: string, entry: Named): readonly unknown[] => {
    const before = objects(known[list]);
    const at = before.findIndex(({ name }) => name === entry.name);
    return at < 0 ? [...before, entry] : before.with(at, entry);
  };
  return {
    ...known,
    clusters: put('clusters', entries.cluster),
    users: put('users', entries.user),
    contexts: put('contexts', entries.context),
    ...(setCurrent && { 'current-context': entries.context.name }),
  };
}
