export function openYaml(..._args: unknown[]): never {
  throw new Error('not written yet');
}
