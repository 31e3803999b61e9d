import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { KUBE_TABLES, type KubeTableId } from '../../src/domain/tables/index.ts';
import { readList, unwrapUnknown } from '../../src/sources/kube/envelope.ts';

const FOLDER = join(import.meta.dirname, '../fixtures/apiserver-1.36');

/** An answer recorded from a real API server, as bytes. */
export function recorded(file: string): Buffer {
  return readFileSync(join(FOLDER, file));
}

/** The tables of which the answers of a real API server are recorded, in all encodings. */
export const RECORDED = (Object.keys(KUBE_TABLES) as KubeTableId[]).filter((table) =>
  ['json', 'pb', 'table.json'].every((form) => existsSync(join(FOLDER, `${table}.${form}`))),
);

/** The objects of a list that was answered in JSON. */
export function objectsOf(kind: string): readonly unknown[] {
  return (JSON.parse(recorded(`${kind}.json`).toString()) as { items: unknown[] }).items;
}

/** The messages of a list that was answered in protobuf. */
export function messagesOf(kind: string): readonly Uint8Array[] {
  return readList(unwrapUnknown(recorded(`${kind}.pb`)).raw).items;
}

/** What the server's own table printer says of the same objects: column name → cell, row by row. */
export function tableOf(kind: string): readonly Readonly<Record<string, unknown>>[] {
  const table = JSON.parse(recorded(`${kind}.table.json`).toString()) as {
    columnDefinitions: { name: string }[];
    rows: { cells: unknown[] }[];
  };
  const names = table.columnDefinitions.map(({ name }) => name);
  return table.rows.map(({ cells }) =>
    Object.fromEntries<unknown>(cells.map((cell, i): [string, unknown] => [names[i] ?? '', cell])),
  );
}

/** The columns that `kubectl get KIND -o wide` printed; they are two spaces apart or more. */
export function kubectlOf(kind: string): readonly Readonly<Record<string, string>>[] {
  const text = recorded('kubectl-get-wide.txt').toString();
  const block = text.split(/^\$ /m).find((part) => part.startsWith(`kubectl get ${kind} `)) ?? '';
  const [head = '', ...lines] = block.trimEnd().split('\n').slice(1);
  const names = head.trim().split(/ {2,}/);
  return lines.map((line) =>
    Object.fromEntries(
      line
        .trim()
        .split(/ {2,}/)
        .map((cell, i) => [names[i] ?? '', cell]),
    ),
  );
}
