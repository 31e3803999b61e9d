import { posix } from 'node:path';
import type { Files } from './files.ts';
import { operands, pathOf, type Call, type Program } from './programs.ts';

const BLOCK = 512;

/** Packs and unpacks archives of plain files and directories (ustar), which is how files are copied. */
export const tar: Program = async (call) => {
  const [mode = '', ...rest] = call.args;
  const at = rest.indexOf('-C');
  const directory = at < 0 ? call.directory : pathOf(call, rest[at + 1] ?? '');
  const words = operands(rest.filter((_, i) => at < 0 || (i !== at && i !== at + 1)));
  // The first is the archive's name, `-`: standard input or output.
  const [, ...names] = words;
  if (mode.includes('x')) {
    unpack(call.machine.files, directory, await call.io.stdin.all());
    return 0;
  }
  return pack(call, directory, names);
};

function pack({ machine, io }: Call, directory: string, names: readonly string[]): number {
  let code = 0;
  for (const name of names) {
    const top = posix.resolve(directory, name);
    if (machine.files.get(top) === undefined) {
      io.stderr(`tar: ${name}: Cannot stat: No such file or directory\n`);
      code = 2;
    }
    for (const path of machine.files.tree(top)) {
      const content = machine.files.read(path);
      // Names in archives are relative.
      io.stdout(header(path.slice(1), content?.length ?? null));
      if (content !== undefined) io.stdout(padded(content));
    }
  }
  io.stdout(Buffer.alloc(2 * BLOCK));
  return code;
}

function padded(content: Buffer): Buffer {
  return Buffer.concat([content, Buffer.alloc((BLOCK - (content.length % BLOCK)) % BLOCK)]);
}

/** @param size null for a directory */
function header(name: string, size: number | null): Buffer {
  const block = Buffer.alloc(BLOCK);
  const octal = (value: number, at: number, length: number): void => {
    block.write(`${value.toString(8).padStart(length - 1, '0')}\0`, at);
  };
  block.write(size === null ? `${name}/` : name, 0, 100);
  octal(size === null ? 0o755 : 0o644, 100, 8);
  octal(0, 108, 8);
  octal(0, 116, 8);
  octal(size ?? 0, 124, 12);
  octal(0, 136, 12);
  block.write('        ', 148);
  block.write(size === null ? '5' : '0', 156);
  block.write('ustar\x0000', 257);
  octal(
    block.reduce((sum, byte) => sum + byte, 0),
    148,
    7,
  );
  return block;
}

function unpack(files: Files, directory: string, archive: Buffer): void {
  for (let at = 0; at + BLOCK <= archive.length;) {
    const block = archive.subarray(at, at + BLOCK);
    const text = (from: number, length: number): string =>
      block.toString('utf8', from, from + length).replace(/\0.*$/s, '');
    const name = [text(345, 155), text(0, 100)].filter(Boolean).join('/');
    if (name === '') return;
    const size = Number.parseInt(text(124, 12).trim() || '0', 8);
    const path = posix.join(directory, posix.resolve('/', name));
    at += BLOCK;
    const type = text(156, 1);
    if (type === '5') files.makeDirectory(path.replace(/\/$/, ''));
    else if (type === '0' || type === '') files.write(path, archive.subarray(at, at + size));
    at += Math.ceil(size / BLOCK) * BLOCK;
  }
}
