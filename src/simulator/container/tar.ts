import { posix } from 'node:path';
import { extract, pack, type Pack } from 'tar-stream';
import type { Files } from './files.ts';
import type { Input } from './io.ts';
import { operands, pathOf, type Call, type Program } from './programs.ts';

/** Packs and unpacks archives of plain files and directories, which is how files are copied. */
export const tar: Program = async (call) => {
  const [mode = '', ...rest] = call.args;
  const at = rest.indexOf('-C');
  const directory = at < 0 ? call.directory : pathOf(call, rest[at + 1] ?? '');
  const words = operands(rest.filter((_, i) => at < 0 || (i !== at && i !== at + 1)));
  // The first is the archive's name, `-`: standard input or output.
  const [, ...names] = words;
  if (!call.machine.files.isDirectory(directory)) {
    call.io.stderr(`tar: can't change directory to '${directory}': No such file or directory\n`);
    return 1;
  }
  if (!mode.includes('x')) return create(call, directory, names);
  try {
    await unpack(call.machine.files, directory, call.io.stdin);
    return 0;
  } catch {
    call.io.stderr('tar: short read\n');
    return 1;
  }
};

async function create(
  { machine: { files }, io }: Call,
  directory: string,
  names: readonly string[],
): Promise<number> {
  const packing = pack();
  const code = fill(packing, { files, io }, directory, names);
  for await (const bytes of packing as AsyncIterable<Buffer>) {
    if (io.signal.aborted) return 141;
    io.stdout(bytes);
  }
  return code;
}

function fill(
  packing: Pack,
  { files, io }: Pick<Call['machine'], 'files'> & Pick<Call, 'io'>,
  directory: string,
  names: readonly string[],
): number {
  let code = 0;
  for (const each of names) {
    const top = posix.resolve(directory, each);
    if (files.get(top) === undefined) {
      io.stderr(`tar: ${each}: Cannot stat: No such file or directory\n`);
      code = 2;
    }
    for (const path of files.tree(top)) {
      const content = files.read(path);
      // Names in archives are relative.
      const name = path.slice(1);
      if (content === undefined) packing.entry({ name: `${name}/`, type: 'directory' });
      else packing.entry({ name, mode: 0o644 }, content);
    }
  }
  packing.finalize();
  return code;
}

async function unpack(files: Files, directory: string, input: Input): Promise<void> {
  const extraction = extract();
  const feeding = feed(input, extraction);
  feeding.catch(() => undefined);
  for await (const source of extraction) {
    const { name, type } = source.header;
    const path = posix.join(directory, posix.resolve('/', name));
    const chunks: Buffer[] = [];
    for await (const chunk of source as AsyncIterable<Buffer>) chunks.push(chunk);
    if (type === 'directory') files.makeDirectory(path);
    else if (type === 'file') files.write(path, Buffer.concat(chunks));
  }
  await feeding;
}

async function feed(input: Input, extraction: ReturnType<typeof extract>): Promise<void> {
  for (let bytes = await input.read(); bytes !== null; bytes = await input.read()) {
    if (extraction.destroyed) return;
    if (!extraction.write(bytes)) {
      await new Promise<void>((resolve) => {
        extraction.once('drain', resolve);
        extraction.once('close', resolve);
      });
    }
  }
  extraction.end(null);
}
