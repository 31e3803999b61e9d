export function openContainers(..._args: unknown[]): never {
  throw new Error('not written yet');
}
