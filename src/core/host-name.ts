/** True for what may be the name of a host: two labels of DNS or more, in any case. */
export function isHostName(word: string): boolean {
  return /^(?=.{4,253}$)[a-z\d]([a-z\d-]*[a-z\d])?(\.[a-z\d-]+)+\.?$/i.test(word);
}
