/** A node's host name without its domain: `ip-10-0-12-34`. */
export function shortNode(name: string): string {
  return /\.(?:compute\.internal|ec2\.internal)$/.test(name)
    ? name.slice(0, name.indexOf('.'))
    : name;
}
