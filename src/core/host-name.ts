/** True for what may be the name of a host: two labels of DNS or more, in any case. */
export function isHostName(word: string): boolean {
  return /^(?=.{4,253}$)[a-z\d]([a-z\d-]*[a-z\d])?(\.[a-z\d-]+)+\.?$/i.test(word);
}

/** With a scheme, a user, a port, a path: as logs and error messages have addresses. */
const WHERE =
  /^([a-z][a-z\d+.-]*:\/\/)?(?:[^\s/@]+@)?(?:\[([\da-f:.]+)\]|([^\s/:[\]@]+))(:\d{1,5})?(?:[/?#]\S*)?$/i;

/**
 * The host in what was pasted: of `10.0.3.17:8080`, `[fd00::1]:443` and `https://api.shop.svc/health`
 * the part that somebody has. Empty where it names no port and no scheme: it may be any word.
 */
export function hostIn(text: string): string {
  const [, scheme, ip, name = '', port] = WHERE.exec(text.trim()) ?? [];
  return scheme === undefined && port === undefined && ip === undefined ? '' : (ip ?? name);
}
