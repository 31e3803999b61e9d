/**
 * The bytes of a file as text: PowerShell writes UTF-16 and editors a byte order mark; kubectl reads
 * both.
 * @throws TypeError where it is no text
 */
export function decodeText(content: Uint8Array): string {
  const [first, second] = content;
  const encoding =
    first === 0xff && second === 0xfe
      ? 'utf-16le'
      : first === 0xfe && second === 0xff
        ? 'utf-16be'
        : 'utf-8';
  return new TextDecoder(encoding, { fatal: true }).decode(content);
}
