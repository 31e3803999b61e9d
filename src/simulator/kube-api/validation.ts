import type { Kind } from '../world/kinds.ts';
import type { KubeObject, LabelSelector, Labels } from '../world/objects.ts';
import { matches } from '../world/selectors.ts';
import { problemsBySchema } from './schema/check.ts';
import { type FieldProblem, invalid, invalidFields } from './status.ts';

type Json = Readonly<Record<string, unknown>>;

const required = (field: string): FieldProblem => ({ field, message: 'Required value' });

/**
 * What must be there, so that defaults and controllers find what they look for.
 * @throws {ApiError} 422 with all that is missing
 */
export function checkBody(kind: Kind, object: KubeObject): void {
  const problems = [...problemsOf(kind, object)];
  if (problems.length > 0) throw invalidFields(kind, object.metadata.name, problems);
}

function* problemsOf({ resource, custom }: Kind, object: KubeObject): Generator<FieldProblem> {
  if (custom !== undefined) yield* problemsBySchema(object, custom.schema);
  const spec = (object.spec ?? {}) as Json;
  const top = object as unknown as Json;
  switch (resource) {
    case 'deployments':
    case 'statefulsets':
    case 'daemonsets':
    case 'replicasets':
      yield* selectorProblems(spec);
      yield* templateProblems('spec.template', spec['template']);
      break;
    case 'jobs':
      yield* templateProblems('spec.template', spec['template']);
      break;
    case 'cronjobs': {
      yield* scheduleProblems(spec['schedule']);
      const job = (spec['jobTemplate'] as Json | undefined)?.['spec'] as Json | undefined;
      yield* templateProblems('spec.jobTemplate.spec.template', job?.['template']);
      break;
    }
    case 'pods':
      yield* containerProblems('spec', spec);
      break;
    case 'services':
      yield* portProblems(spec);
      break;
    case 'ingresses':
      if (spec['defaultBackend'] === undefined && spec['rules'] === undefined)
        yield {
          field: 'spec',
          message: 'Invalid value: {}: either `defaultBackend` or `rules` must be specified',
        };
      break;
    case 'endpointslices':
      if (!top['addressType']) yield required('addressType');
      break;
    case 'events':
      if (top['involvedObject'] === undefined) yield required('involvedObject');
      break;
    case 'rolebindings':
    case 'clusterrolebindings':
      if (!(top['roleRef'] as Json | undefined)?.['name']) yield required('roleRef.name');
      break;
    case 'customresourcedefinitions':
      yield* definitionProblems(object as unknown as Json, spec);
      break;
    case 'horizontalpodautoscalers':
      if (spec['scaleTargetRef'] === undefined) yield required('spec.scaleTargetRef');
      break;
    default:
      break;
  }
}

function* definitionProblems({ metadata }: Json, spec: Json): Generator<FieldProblem> {
  const { plural, kind } = (spec['names'] ?? {}) as Json;
  for (const field of ['group', 'scope'])
    if (typeof spec[field] !== 'string') yield required(`spec.${field}`);
  if (typeof plural !== 'string') yield required('spec.names.plural');
  if (typeof kind !== 'string') yield required('spec.names.kind');
  if (!Array.isArray(spec['versions']) || spec['versions'].length === 0)
    yield required('spec.versions');
  const { name } = metadata as KubeObject['metadata'];
  if (name !== `${String(plural)}.${String(spec['group'])}`)
    yield {
      field: 'metadata.name',
      message: `Invalid value: ${JSON.stringify(name)}: must be spec.names.plural+"."+spec.group`,
    };
}

function* selectorProblems({ selector, template }: Json): Generator<FieldProblem> {
  if (selector === undefined) yield required('spec.selector');
  const { metadata = {} } = (template ?? {}) as {
    readonly metadata?: { readonly labels?: Labels };
  };
  const { labels = {} } = metadata;
  if (selector !== undefined && matches(selector as LabelSelector, labels)) return;
  yield {
    field: 'spec.template.metadata.labels',
    message: `Invalid value: ${JSON.stringify(labels)}: \`selector\` does not match template \`labels\``,
  };
}

function* templateProblems(path: string, template: unknown): Generator<FieldProblem> {
  yield* containerProblems(
    `${path}.spec`,
    ((template as Json | undefined)?.['spec'] ?? {}) as Json,
  );
}

function* containerProblems(path: string, spec: Json): Generator<FieldProblem> {
  const containers = (spec['containers'] ?? []) as readonly Json[];
  if (containers.length === 0) yield required(`${path}.containers`);
  for (const list of ['containers', 'initContainers']) {
    for (const [i, container] of ((spec[list] ?? []) as readonly Json[]).entries())
      for (const field of ['name', 'image'])
        if (!container[field]) yield required(`${path}.${list}[${i}].${field}`);
  }
}

function* portProblems({ type, clusterIP, ports }: Json): Generator<FieldProblem> {
  if (type === 'ExternalName' || clusterIP === 'None') return;
  if (!Array.isArray(ports) || ports.length === 0) yield required('spec.ports');
}

function* scheduleProblems(schedule: unknown): Generator<FieldProblem> {
  const field = 'spec.schedule';
  const text = typeof schedule === 'string' ? schedule.trim() : '';
  const parts = text.split(/\s+/);
  if (text === '') yield required(field);
  else if (!text.startsWith('@') && parts.length !== 5) {
    const found = `expected exactly 5 fields, found ${parts.length}: [${parts.join(' ')}]`;
    yield { field, message: `Invalid value: ${JSON.stringify(text)}: ${found}` };
  }
}

const NAME = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

/** @throws {ApiError} 422 where it cannot be the name of an object */
export function checkName(kind: Kind, name: string | undefined): void {
  if (name === undefined || (name.length < 254 && NAME.test(name))) return;
  throw invalid(
    kind,
    name,
    'metadata.name',
    `Invalid value: ${JSON.stringify(name)}: a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')`,
  );
}

/** @throws {ApiError} 422 where a spec asks for numbers that cannot be */
export function checkSpec(kind: Kind, { metadata, spec }: KubeObject): void {
  const { replicas, minReplicas, maxReplicas } = (spec ?? {}) as Record<string, unknown>;
  const refuse = (field: string, value: unknown, why: string): never => {
    throw invalid(
      kind,
      metadata.name,
      `spec.${field}`,
      `Invalid value: ${JSON.stringify(value)}: ${why}`,
    );
  };
  if (replicas !== undefined && !isCount(replicas, 0)) {
    refuse('replicas', replicas, 'must be greater than or equal to 0');
  }
  if (kind.resource !== 'horizontalpodautoscalers') return;
  if (!isCount(minReplicas, 1)) {
    refuse('minReplicas', minReplicas, 'must be greater than or equal to 1');
  }
  if (!isCount(maxReplicas, 1)) refuse('maxReplicas', maxReplicas, 'must be greater than 0');
  if (Number(maxReplicas) < Number(minReplicas)) {
    refuse('maxReplicas', maxReplicas, 'must be greater than or equal to `minReplicas`');
  }
}

function isCount(value: unknown, least: number): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= least;
}
