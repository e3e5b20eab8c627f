/**
 * Public API of @tsmp/network.
 */
export {
  IP_ANY,
  IP_BROADCAST,
  IP_LOOPBACK,
  MAC_BROADCAST,
  formatIp,
  formatMac,
  getMac,
  isGroupMac,
  isLoopback,
  isMulticast,
  macBytes,
  maskOf,
  multicastMac,
  parseIp,
  parseMac,
  prefixOf,
  putMac,
  sameSubnet,
  tryParseIp,
} from './address.js';
export type { IpAddr, Mac } from './address.js';
export { AIR_CHANNELS } from './air-frame.js';
export type { AirBody, AirFrame, DeauthReason, Radio, RadioOwner, WlanSecurity } from './air-frame.js';
export { Air } from './air.js';
export type { AirCounts, AirFlight, AirOptions, AirState, AirTap, LossHook, RssiHook } from './air.js';
export { ARP_DEFAULTS, ArpCache } from './arp-cache.js';
export type { ArpConfig, ArpEntry, ArpHost } from './arp-cache.js';
export { ARP_LENGTH, ARP_REPLY, ARP_REQUEST, decodeArp, encodeArp } from './arp.js';
export type { ArpPacket } from './arp.js';
export { checksumAdd, checksumEnd, pseudoHeaderSum } from './bytes.js';
export { VirtualClock } from './clock.js';
export type { NetClock, VirtualClockState, VirtualEvent } from './clock.js';
export { DhcpClient } from './dhcp-client.js';
export type { DhcpClientPhase, DhcpClientState, DhcpLayer } from './dhcp-client.js';
export { DhcpServer } from './dhcp-server.js';
export type { DhcpLease, DhcpServerOptions, DhcpServerState } from './dhcp-server.js';
export {
  DHCP_CLIENT_PORT,
  DHCP_SERVER_PORT,
  DhcpOption,
  DhcpType,
  decodeDhcp,
  dhcpOption32,
  dhcpOptionIps,
  dhcpWords,
  encodeDhcp,
} from './dhcp.js';
export type { DhcpMessage } from './dhcp.js';
export { DnsResolver } from './dns-resolver.js';
export type { DnsCacheEntry, DnsLookup, DnsResolverState, ResolverHost } from './dns-resolver.js';
export { DnsServer } from './dns-server.js';
export type { DnsHostAnswer, DnsHostLookup, DnsPending, DnsServerState } from './dns-server.js';
export {
  DNS_CLASS_IN,
  DNS_FORMAT_ERROR,
  DNS_MAX_MESSAGE,
  DNS_NOT_IMPLEMENTED,
  DNS_NO_NAME,
  DNS_OK,
  DNS_PORT,
  DNS_SERVER_FAILURE,
  DNS_TYPE_A,
  DNS_TYPE_AAAA,
  DNS_TYPE_ANY,
  DNS_TYPE_CNAME,
  DNS_TYPE_PTR,
  decodeDns,
  dnsAddress,
  dnsPointer,
  dnsQuery,
  encodeDns,
  isDnsName,
} from './dns.js';
export type { DnsMessage, DnsQuestion, DnsRecord } from './dns.js';
export { DecodeError, Errno, NetError } from './errors.js';
export type { DecodeLayer, NetErrorCode } from './errors.js';
export {
  ETHERNET_HEADER,
  ETHERNET_MAX_FRAME,
  ETHERTYPE_ARP,
  ETHERTYPE_IPV4,
  decodeEthernet,
  encodeEthernet,
} from './ethernet.js';
export type { EthernetFrame } from './ethernet.js';
export {
  ICMP_ECHO_REPLY,
  ICMP_ECHO_REQUEST,
  ICMP_HOST_UNREACHABLE,
  ICMP_NET_UNREACHABLE,
  ICMP_PORT_UNREACHABLE,
  ICMP_PROTOCOL_UNREACHABLE,
  ICMP_REASSEMBLY_TIMEOUT,
  ICMP_TIME_EXCEEDED,
  ICMP_UNREACHABLE,
  decodeIcmp,
  decodeQuote,
  encodeIcmp,
  encodeIcmpError,
} from './icmp.js';
export type { IcmpMessage, QuotedPacket } from './icmp.js';
export { NetInterface } from './interface.js';
export type {
  FrameSink,
  FrameTap,
  InterfaceCounts,
  InterfaceHost,
  InterfaceOptions,
  InterfaceState,
  Ipv4Config,
} from './interface.js';
export { TimerKind } from './ip-layer.js';
export type { IpLayer, ReadyListener, ReadySource } from './ip-layer.js';
export {
  DEFAULT_TTL,
  IPV4_HEADER,
  PROTO_ICMP,
  PROTO_TCP,
  PROTO_UDP,
  decodeIpv4,
  encodeIpv4,
  encodeIpv4Fragments,
} from './ipv4.js';
export type { Ipv4Fields, Ipv4Packet } from './ipv4.js';
export { LINKTYPE_ETHERNET, LINKTYPE_IEEE802_11, LINKTYPE_RAW_IP, PcapWriter } from './pcap.js';
export type { PcapOptions, PcapPacketInfo } from './pcap.js';
export { Pinger } from './ping.js';
export type { Ping, PingerState } from './ping.js';
export { Prng } from './prng.js';
export { REASSEMBLY_DEFAULTS, Reassembler } from './reassembly.js';
export type { PartialDatagram, ReassemblyConfig, ReassemblyResult } from './reassembly.js';
export { ByteRing, ReceiveBuffer } from './ring.js';
export type { ByteRingState, ReceiveBufferState } from './ring.js';
export { NetStack } from './stack.js';
export type { StackOptions, StackState } from './stack.js';
export { DROP_REASONS, noDrops } from './stats.js';
export type { DropCounts, DropReason } from './stats.js';
export { TCP_DEFAULTS, Tcb, TcpConnection } from './tcp-connection.js';
export type { TcpConfig, TcpConnectionState, TcpHost, TcpState } from './tcp-connection.js';
export {
  TCP_ACK,
  TCP_FIN,
  TCP_HEADER,
  TCP_PSH,
  TCP_RST,
  TCP_SYN,
  TCP_URG,
  decodeTcp,
  encodeTcp,
  segmentLength,
  seqAdd,
  seqDiff,
  seqLe,
  seqLt,
  seqMax,
} from './tcp-segment.js';
export type { TcpSegment } from './tcp-segment.js';
export { TcpLayer, TcpListener } from './tcp.js';
export type { TcpBindOptions, TcpLayerState, TcpListenerState } from './tcp.js';
export { TimerQueue } from './timers.js';
export type { Timer, TimerQueueState } from './timers.js';
export { UDP_DEFAULTS, UdpLayer, UdpSocket } from './udp-socket.js';
export type { UdpConfig, UdpReceived, UdpSocketState, UdpState } from './udp-socket.js';
export { UDP_HEADER, UDP_MAX_PAYLOAD, decodeUdp, encodeUdp } from './udp.js';
export type { UdpDatagram } from './udp.js';
export { Wire } from './wire.js';
export type { WireCounts, WireFlight, WireOptions, WireReceiver, WireState } from './wire.js';
export { AccessPoint, isSsid, isWlanKey } from './wlan-ap.js';
export type { AccessPointOptions, AccessPointSink, AccessPointState, WlanMember } from './wlan-ap.js';
export { Station } from './wlan-station.js';
export type { ScanResult, StationPhase, StationReason, StationSink, StationState } from './wlan-station.js';

export {
  BoardNet,
  type BoardLink,
  type BoardNetState,
  type LinkEvent,
  type WlanSettings,
} from './board/board-net.js';
export { attachNetwork, networkOf } from './board/network-of.js';
export { asyncioExtension } from './asyncio/extension.js';
export { vmClockPort, vmClocks } from './board/clock-port.js';
export { hasRadio, networkExtension } from './board/extension.js';
export { Router, type RouterOptions, type RouterState, ssidText } from './board/router.js';
export { type SocketRecord, Sockets, type SocketsState } from './board/sockets.js';
export {
  type AirStimulus,
  type ClockSource,
  Surroundings,
  type SurroundingsOptions,
  type SurroundingsState,
  type TimedStimulus,
  virtualClocks,
} from './board/surroundings.js';
export type { Served } from './board/router.js';
