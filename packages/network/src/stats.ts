/**
 * Why packets were dropped, and how many: the stack's answer to "where did my packet go?".
 */

/** Every reason for which a stack discards something it received or was to send. */
export const DROP_REASONS = [
  'malformed-ethernet',
  'malformed-arp',
  'malformed-ipv4',
  'malformed-icmp',
  'malformed-udp',
  'malformed-tcp',
  'malformed-dhcp',
  'malformed-dns',
  'interface-down',
  'ethernet-not-ours',
  'ethernet-unknown-type',
  'arp-queue-full',
  'arp-unresolved',
  'ip-not-ours',
  'ip-martian',
  'ip-unknown-protocol',
  'ip-no-route',
  'ip-loopback-full',
  'fragment-invalid',
  'fragment-no-room',
  'fragment-timeout',
  'icmp-ignored',
  'icmp-rate-limited',
  'udp-no-socket',
  'udp-queue-full',
  'tcp-no-connection',
  'tcp-backlog-full',
  'tcp-table-full',
  'tcp-unacceptable',
  'tcp-out-of-order-full',
  'dns-unexpected',
] as const;

/** One of {@link DROP_REASONS}. */
export type DropReason = (typeof DROP_REASONS)[number];

/** A count for every reason. */
export type DropCounts = Record<DropReason, number>;

/** All counts at zero. */
export function noDrops(): DropCounts {
  const counts: Partial<DropCounts> = {};
  for (const reason of DROP_REASONS) counts[reason] = 0;
  return counts as DropCounts;
}
