/** A container as describe tells of it: from the pod's row, and from its spec where that is at hand. */
import { formatCpu, formatMemory } from '../../core/quantity.ts';
import type { Cell, Segment } from '../../core/styled.ts';
import { exitText } from '../../domain/pod-cause.ts';
import { percentOf, status, time, toned } from '../cells.ts';
import { containerHealth, containerWord, type ContainerRow } from '../containers.ts';
import type { RowContext, Section } from '../define.ts';
import { inner, many, NONE, type Line } from './common.ts';
import { at, entries, object, objects, text, texts, type Json } from '../../core/json.ts';

/** The lines of one container, its name first. */
export function containerLines(
  row: ContainerRow,
  spec: Json | undefined,
  ctx: RowContext,
): readonly Line[] {
  return [
    [row.name, stateOf(row, ctx)],
    [inner('Image'), row.image],
    ...(row.role === 'main' ? [] : [[inner('Role'), row.role] as const]),
    ...lastExit(row, ctx),
    [inner('Ready'), toned(row.ready ? 'yes' : 'no', row.ready ? 'text' : 'warn')],
    [inner('Restarts'), toned(row.restarts, row.restarts > 0 ? 'warn' : 'text')],
    [inner('Ports'), row.ports.length === 0 ? NONE : row.ports.join(', ')],
    [inner('CPU'), amounts(row.cpu, row.cpuRequest, row.cpuLimit, formatCpu)],
    [inner('Memory'), amounts(row.memory, row.memoryRequest, row.memoryLimit, formatMemory)],
    ...(spec === undefined ? [] : specLines(spec)),
  ];
}

/** The containers of a pod template. */
export function templateSection(template: unknown): Section {
  return {
    title: 'Pod template',
    lines: ['initContainers', 'containers'].flatMap((key) =>
      objects(at(template, 'spec', key)).flatMap(templateContainerLines),
    ),
  };
}

/** Containers of a template, which run nowhere: what is asked for. */
function templateContainerLines(spec: Json): readonly Line[] {
  const ports = objects(spec['ports']).map(
    (port) => `${text(port['containerPort'])}/${text(port['protocol']) || 'TCP'}`,
  );
  return [
    [text(spec['name']), toned(text(spec['image']), 'strong')],
    [inner('Ports'), ports.length === 0 ? NONE : ports.join(', ')],
    [inner('Requests'), quantities(at(spec, 'resources', 'requests'))],
    [inner('Limits'), quantities(at(spec, 'resources', 'limits'))],
    ...specLines(spec),
  ];
}

function quantities(map: unknown): Cell {
  const found = entries(map).map(([name, amount]) => `${name} ${amount}`);
  return found.length === 0 ? NONE : found.join(', ');
}

function stateOf(row: ContainerRow, ctx: RowContext): Cell {
  const cell = status(containerWord(row), containerHealth(row));
  const since: Segment = [row.since > 0 ? `  since ${time(row.since, ctx)}` : '', 'muted'];
  return typeof cell === 'string' ? cell : [...cell, since];
}

function lastExit(row: ContainerRow, ctx: RowContext): readonly Line[] {
  const exit = row.lastExit;
  if (exit === null) return [];
  const when: Segment = [exit.at > 0 ? `  ${time(exit.at, ctx)}` : '', 'muted'];
  const bad = exit.exitCode !== 0;
  return [
    [inner('Last exit'), [[exitText(exit), bad ? 'bad' : 'text'], when]],
    ...(exit.message === '' ? [] : [[inner('Last words'), exit.message.trim()] as const]),
  ];
}

/** `12m used · 250m requested (5%) · 1 limit (1%)`. */
function amounts(
  used: number | null,
  request: number,
  limit: number,
  format: (amount: number) => string,
): Cell {
  const share = (spec: number): string => {
    const percent = percentOf(used, spec);
    return percent === null ? '' : ` (${percent}%)`;
  };
  const of = (spec: number, word: string): string =>
    spec === 0 ? `no ${word}` : `${word} ${format(spec)}${share(spec)}`;
  return `${used === null ? '?' : format(used)} used · ${of(request, 'request')} · ${of(limit, 'limit')}`;
}

function specLines(spec: Json): readonly Line[] {
  const words = (key: string): string => texts(spec[key]).join(' ');
  return [
    ...['command', 'args'].flatMap((key): Line[] =>
      words(key) === '' ? [] : [[inner(key === 'args' ? 'Args' : 'Command'), words(key)]],
    ),
    ...['startup', 'liveness', 'readiness'].flatMap((kind): Line[] => {
      const probe = spec[`${kind}Probe`];
      return probe === undefined
        ? []
        : [[inner(`${kind.charAt(0).toUpperCase()}${kind.slice(1)}`), probeText(object(probe))]];
    }),
    ...many(inner('Environment'), [...envFrom(spec), ...environment(spec)]),
    ...many(inner('Mounts'), objects(spec['volumeMounts']).map(mountText)),
  ];
}

/** A probe as kubectl words it: `http-get http://:8080/ready delay=0s timeout=1s period=10s`. */
function probeText(probe: Json): string {
  const [http, tcp, grpc] = [
    object(probe['httpGet']),
    object(probe['tcpSocket']),
    object(probe['grpc']),
  ];
  const exec = texts(at(probe, 'exec', 'command'));
  const how =
    http['port'] !== undefined
      ? `http-get ${(text(http['scheme']) || 'HTTP').toLowerCase()}://${text(http['host'])}:${text(http['port'])}${text(http['path'])}`
      : tcp['port'] !== undefined
        ? `tcp-socket ${text(tcp['host'])}:${text(tcp['port'])}`
        : grpc['port'] !== undefined
          ? `grpc :${text(grpc['port'])} ${text(grpc['service'])}`.trim()
          : exec.length > 0
            ? `exec [${exec.join(' ')}]`
            : 'unknown';
  const number = (key: string, otherwise: number): string => text(probe[key]) || String(otherwise);
  return `${how} delay=${number('initialDelaySeconds', 0)}s timeout=${number('timeoutSeconds', 1)}s period=${number('periodSeconds', 10)}s #success=${number('successThreshold', 1)} #failure=${number('failureThreshold', 3)}`;
}

function envFrom(spec: Json): readonly Cell[] {
  return objects(spec['envFrom']).map((source) => {
    const secret = at(source, 'secretRef', 'name');
    const name = text(secret ?? at(source, 'configMapRef', 'name'));
    return [
      [`all of ${secret === undefined ? 'config map' : 'secret'} `, 'muted'],
      [name, 'text'],
    ];
  });
}

/** Variables with their values, or where those come from. */
function environment(spec: Json): readonly Cell[] {
  return objects(spec['env']).map((variable): Cell => {
    const name = text(variable['name']);
    const from = object(variable['valueFrom']);
    const key = (kind: string, word: string): string =>
      from[kind] === undefined
        ? ''
        : `${word} ${text(at(from, kind, 'name'))}, key ${text(at(from, kind, 'key'))}`;
    const source =
      key('secretKeyRef', 'secret') ||
      key('configMapKeyRef', 'config map') ||
      text(at(from, 'fieldRef', 'fieldPath')) ||
      text(at(from, 'resourceFieldRef', 'resource'));
    if (source !== '')
      return [
        [`${name}: `, 'text'],
        [`from ${source}`, 'muted'],
      ];
    return `${name}: ${text(variable['value'])}`;
  });
}

function mountText(mount: Json): string {
  const part = text(mount['subPath']);
  const mode = mount['readOnly'] === true ? 'ro' : 'rw';
  return `${text(mount['mountPath'])} from ${text(mount['name'])} (${mode}${part === '' ? '' : `, path ${part}`})`;
}
